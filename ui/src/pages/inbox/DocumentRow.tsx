import { useIntl } from "react-intl";

import { problemSentence } from "@/api/errors";
import type { Document } from "@/api/schema/types.gen";
import { canCancel, canRetry, hasPicture } from "@/domain/status";
import styles from "@/pages/inbox/DocumentRow.module.css";
import type { RowActions } from "@/pages/inbox/useRowActions";
import { Button } from "@/parts/Button";
import { Progress } from "@/parts/Progress";
import { Ago } from "@/words/Ago";
import { DuplicateMark } from "@/words/DuplicateMark";
import { StatusMark } from "@/words/StatusMark";
import { Thumbnail } from "@/words/Thumbnail";
import { useWords } from "@/words/useWords";

type Props = { document: Document; actions: RowActions };

/** One document: what it is, where it stands, what can be done. */
export function DocumentRow({ document, actions }: Props) {
  const words = useWords();
  const type = words.type(document.document_type);
  const country = words.country(document.issuing_country);
  return (
    <div className={styles["row"]}>
      <Thumbnail
        // A picture that could not be made before the document was read can be made after.
        key={document.status}
        id={hasPicture(document) ? document.id : null}
      />
      <div className={styles["name"]}>
        <span className={styles["primary"]}>{document.title ?? document.name}</span>
        <SecondLine document={document} />
      </div>
      <div className={styles["type"]}>
        {type && (
          <>
            <span>{type}</span>
            {country && <span className={styles["secondary"]}>{country}</span>}
          </>
        )}
      </div>
      <div className={styles["state"]}>
        <StatusMark status={document.status} doubtful={document.doubtful} />
        <DuplicateMark document={document} />
      </div>
      <div className={styles["time"]}>
        <Ago instant={document.submitted_at} />
      </div>
      <RowButtons document={document} actions={actions} />
    </div>
  );
}

type LineProps = { document: Document };

function SecondLine({ document }: LineProps) {
  const intl = useIntl();
  if (document.status === "failed" && document.problem) {
    return <span className={styles["failure"]}>{problemSentence(document.problem, intl)}</span>;
  }
  if (document.status === "processing") {
    const step = document.progress?.step;
    return (
      <span className={styles["progress"]}>
        <span className={styles["bar"]}>
          <Progress
            label={intl.formatMessage({ id: "inbox.progress" }, { name: document.name })}
            percent={document.progress?.percent ?? null}
          />
        </span>
        {step && intl.formatMessage({ id: `step.${step}` })}
      </span>
    );
  }
  if (document.title !== null) return <span className={styles["secondary"]}>{document.name}</span>;
  return (
    <span className={styles["secondary"]}>
      {intl.formatMessage({ id: `second.${document.status}` })}
    </span>
  );
}

function RowButtons({ document, actions }: Props) {
  const intl = useIntl();
  const name = document.title ?? document.name;
  const { retry, cancel, remove } = actions;
  return (
    <div
      className={styles["actions"]}
      data-shown={canCancel(document) || canRetry(document) || undefined}
    >
      {canRetry(document) && (
        <Button
          look="quiet"
          size="small"
          icon="retry"
          aria-label={intl.formatMessage({ id: "action.retry_name" }, { name })}
          onPress={() => retry(document)}
        />
      )}
      {canCancel(document) && (
        <Button
          look="quiet"
          size="small"
          icon="cross"
          aria-label={intl.formatMessage({ id: "action.cancel_name" }, { name })}
          onPress={() => cancel(document)}
        />
      )}
      {!canCancel(document) && remove && (
        <span className={styles["on_hover"]}>
          <Button
            look="quiet"
            size="small"
            icon="trash"
            aria-label={intl.formatMessage({ id: "action.delete_name" }, { name })}
            onPress={() => remove(document)}
          />
        </span>
      )}
    </div>
  );
}
