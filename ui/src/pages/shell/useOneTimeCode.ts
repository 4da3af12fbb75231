import { useEffect, useState } from "react";

import { useSignInWithCode } from "@/api/mutations";

/** The code in the address that the server printed, such as `…/app/#code=XXXX`. */
function codeInAddress(): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get("code");
}

/**
 * Trades a one-time code for a session.
 *
 * The code leaves the address before anything else happens, so that it stays neither in the history
 * nor in a screenshot.
 */
export function useOneTimeCode(): { trading: boolean; error: unknown } {
  const [code] = useState(codeInAddress);
  const { mutate, status, error } = useSignInWithCode();
  useEffect(() => {
    if (code === null || codeInAddress() === null) return;
    window.history.replaceState(
      window.history.state,
      "",
      window.location.pathname + window.location.search,
    );
    mutate(code);
  }, [code, mutate]);
  return { trading: code !== null && (status === "idle" || status === "pending"), error };
}
