import { useEffect } from "react";
import { useIntl } from "react-intl";

import type { Intake } from "@/intake/intake";

/** Takes pictures and files pasted anywhere in the window. */
export function usePaste(intake: Intake): void {
  const intl = useIntl();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      intake.add(files.map((file) => named(file, intl.formatMessage({ id: "intake.pasted" }))));
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [intake, intl]);
}

/** Browsers call every pasted picture `image.png`; say what it is and when it came instead. */
function named(file: File, word: string): File {
  if (file.name !== "image.png") return file;
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join("-");
  return new File([file], `${word} ${time}.png`, { type: file.type });
}
