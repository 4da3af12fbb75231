import { useIntl } from "react-intl";

import { CommandButton } from "@/commands/CommandButton";
import type { Filter } from "@/domain/status";
import type { MessageId } from "@/messages/ids";
import styles from "@/pages/inbox/EmptyInbox.module.css";

type Props = { filter: Filter; searching: boolean };

/** Nothing here yet: what to do about it. */
export function EmptyInbox({ filter, searching }: Props) {
  const intl = useIntl();
  if (searching || filter !== "all") {
    const id: MessageId =
      searching || filter === "all" ? "inbox.empty.search" : `inbox.empty.${filter}`;
    return (
      <div className={styles["empty"]}>
        <p className={styles["text"]}>{intl.formatMessage({ id })}</p>
      </div>
    );
  }
  return (
    <div className={styles["empty"]}>
      <svg className={styles["drawing"]} viewBox="0 0 132 96" aria-hidden="true" focusable="false">
        <g transform="rotate(-7 50 50)">
          <rect className={styles["back"]} x="14" y="18" width="78" height="54" rx="6" />
        </g>
        <g transform="rotate(5 80 52)">
          <rect className={styles["card"]} x="36" y="22" width="82" height="56" rx="6" />
          <rect className={styles["face"]} x="44" y="31" width="19" height="24" rx="3" />
          <path className={styles["line"]} d="M71 34h36M71 41h26M71 48h31" />
          <path className={styles["zone"]} d="M44 64h66M44 70h66" />
        </g>
      </svg>
      <h2 className={styles["title"]}>{intl.formatMessage({ id: "inbox.empty.title" })}</h2>
      <p className={styles["text"]}>{intl.formatMessage({ id: "inbox.empty.text" })}</p>
      <div className={styles["actions"]}>
        <CommandButton command="add_files" look="primary" icon="plus">
          {intl.formatMessage({ id: "inbox.choose" })}
        </CommandButton>
        <CommandButton command="samples">
          {intl.formatMessage({ id: "inbox.samples" })}
        </CommandButton>
      </div>
    </div>
  );
}
