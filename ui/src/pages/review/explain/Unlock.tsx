import { useId, useState } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useUnlockDocument } from "@/api/mutations";
import styles from "@/pages/review/explain/Problems.module.css";
import { Button } from "@/parts/Button";
import { toast } from "@/parts/toasts";

/** Asks for the password of a locked file and has it read. */
export function Unlock({ id }: { id: string }) {
  const intl = useIntl();
  const { mutate: unlock } = useUnlockDocument();
  const [password, setPassword] = useState("");
  const field = useId();
  return (
    <form
      className={styles["unlock"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === "") return;
        unlock(
          { id, password },
          {
            onSuccess: () => setPassword(""),
            onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
          },
        );
      }}
    >
      <label htmlFor={field}>{intl.formatMessage({ id: "unlock.password" })}</label>
      <input
        id={field}
        type="password"
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button size="small" type="submit">
        {intl.formatMessage({ id: "unlock.action" })}
      </Button>
    </form>
  );
}
