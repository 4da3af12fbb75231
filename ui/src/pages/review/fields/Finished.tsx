import type { Ref } from "react";
import { useIntl } from "react-intl";

import { CommandButton } from "@/commands/CommandButton";
import styles from "@/pages/review/fields/Finished.module.css";
import { Icon } from "@/parts/Icon";

type Props = {
  ref: Ref<HTMLDivElement>;
  shown: boolean;
  /** Whether the last words are still on their way. */
  saving: boolean;
  nextDocument: string | null;
};

/** Nothing is left to check: says so, takes the focus, and offers the next document. */
export function Finished({ ref, shown, saving, nextDocument }: Props) {
  const intl = useIntl();
  return (
    <div
      ref={ref}
      tabIndex={-1}
      className={styles["finished"]}
      data-shown={shown || undefined}
      role="status"
    >
      {shown && (
        <>
          <span className={styles["icon"]}>
            <Icon name="check" />
          </span>
          <p className={styles["text"]}>
            <strong>{intl.formatMessage({ id: "finished.title" })}</strong>
            <span>
              {intl.formatMessage({
                id: saving
                  ? "finished.saving"
                  : nextDocument === null
                    ? "finished.last"
                    : "finished.next",
              })}
            </span>
          </p>
          {nextDocument === null ? (
            <CommandButton command="go_inbox" size="small">
              {intl.formatMessage({ id: "inbox.title" })}
            </CommandButton>
          ) : (
            <CommandButton command="next_document" look="primary" size="small">
              {intl.formatMessage({ id: "finished.go" })}
            </CommandButton>
          )}
        </>
      )}
    </div>
  );
}
