import { useIntl } from "react-intl";

import { problemSentence, sentenceOf } from "@/api/errors";
import { useRetryDocument } from "@/api/mutations";
import type { Document, ProblemNote } from "@/api/schema/types.gen";
import { canRetry } from "@/domain/status";
import styles from "@/pages/review/explain/Problems.module.css";
import { Unlock } from "@/pages/review/explain/Unlock";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { toast } from "@/parts/toasts";

/** Problems that the password of the file may help. */
const LOCKED = new Set(["pdf_locked", "pdf_password_wrong"]);

type Props = { document: Document; problems: readonly ProblemNote[] };

/** What went wrong with the document as a whole. */
export function Problems({ document, problems }: Props) {
  const intl = useIntl();
  const { mutate: retry } = useRetryDocument();
  const all = [...(document.problem ? [document.problem] : []), ...problems];
  const distinct = all.filter(
    ({ code }, index) => all.findIndex((other) => other.code === code) === index,
  );
  if (distinct.length === 0 && !canRetry(document)) return null;
  return (
    <div className={styles["problems"]} data-failed={document.status === "failed" || undefined}>
      <Icon name="alert" />
      <div className={styles["sentences"]}>
        {distinct.map((problem) => (
          <p key={problem.code}>{problemSentence(problem, intl)}</p>
        ))}
        {document.status === "cancelled" && <p>{intl.formatMessage({ id: "second.cancelled" })}</p>}
        {document.status === "failed" && LOCKED.has(document.problem?.code ?? "") && (
          <Unlock id={document.id} />
        )}
      </div>
      {canRetry(document) && (
        <Button
          size="small"
          icon="retry"
          onPress={() =>
            retry(document.id, {
              onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
            })
          }
        >
          {intl.formatMessage({ id: "command.inbox_retry" })}
        </Button>
      )}
    </div>
  );
}
