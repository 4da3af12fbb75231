import { useIntl } from "react-intl";

import { inLanguage } from "@/api/errors";
import type { DocumentDetail } from "@/api/schema/types.gen";
import { CommandButton } from "@/commands/CommandButton";
import { isRead } from "@/domain/status";
import styles from "@/pages/review/ReviewBar.module.css";
import { Mark } from "@/parts/Mark";
import { InTopBar } from "@/parts/TopBar";
import { DuplicateMark } from "@/words/DuplicateMark";
import { StatusMark } from "@/words/StatusMark";
import { useWords } from "@/words/useWords";

type Props = {
  detail: DocumentDetail | undefined;
  doubtful: number;
  doubtfulWhole: boolean;
  /** How many documents wait to be reviewed, this one included. */
  waiting: number;
};

/** What is being reviewed and how much is left, in the bar at the top. */
export function ReviewBar({ detail, doubtful, doubtfulWhole, waiting }: Props) {
  const intl = useIntl();
  const words = useWords();
  const document = detail?.document;
  const imported = detail?.imported_type;
  const kind = [
    imported ? inLanguage(imported.names, intl) : words.type(detail?.record.document_type ?? null),
    words.country(detail?.record.issuing_country ?? null),
  ].filter((word) => word !== null);
  const total = detail ? Object.keys(detail.record.fields).length : 0;
  return (
    <InTopBar>
      <div className={styles["steps"]}>
        <CommandButton command="go_inbox" look="quiet" size="small" icon="arrow_left" />
        <CommandButton command="toggle_queue" look="quiet" size="small" icon="sidebar" />
      </div>
      <div className={styles["what"]}>
        <h1 className={styles["title"]}>{document?.title ?? document?.name ?? ""}</h1>
        <span className={styles["kind"]}>{kind.join(" · ")}</span>
      </div>
      {document &&
        (!isRead(document.status) || total === 0 || doubtfulWhole ? (
          <StatusMark status={document.status} doubtful={doubtful} />
        ) : doubtful > 0 ? (
          <Mark tone="check" icon="dot" look="pill">
            {intl.formatMessage({ id: "review.left" }, { doubtful, total })}
          </Mark>
        ) : (
          <Mark tone="person" icon="check" look="pill">
            {intl.formatMessage({ id: "review.all_checked" })}
          </Mark>
        ))}
      {document && <DuplicateMark document={document} look="pill" />}
      <div className={styles["steps"]}>
        <span className={styles["waiting"]}>
          {intl.formatMessage({ id: "review.waiting" }, { waiting })}
        </span>
        <CommandButton
          command="previous_document"
          look="quiet"
          size="small"
          icon="chevron_up"
          isDisabled={waiting === 0}
        />
        <CommandButton
          command="next_document"
          look="quiet"
          size="small"
          icon="chevron_down"
          isDisabled={waiting === 0}
        />
      </div>
    </InTopBar>
  );
}
