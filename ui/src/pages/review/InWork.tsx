import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import { useCancelDocument } from "@/api/mutations";
import type { Document } from "@/api/schema/types.gen";
import styles from "@/pages/review/InWork.module.css";
import { Button } from "@/parts/Button";
import { Progress } from "@/parts/Progress";
import { toast } from "@/parts/toasts";
import { StatusMark } from "@/words/StatusMark";

type Props = { document: Document };

/** Stands in for the fields while the document is being read. */
export function InWork({ document }: Props) {
  const intl = useIntl();
  const { mutate: cancel } = useCancelDocument();
  return (
    <section className={styles["panel"]} aria-label={intl.formatMessage({ id: "fields.title" })}>
      <StatusMark status={document.status} doubtful={0} />
      <p className={styles["text"]}>
        {document.progress
          ? intl.formatMessage({ id: `step.${document.progress.step}` })
          : intl.formatMessage({ id: "second.queued" })}
      </p>
      {document.status === "processing" && (
        <div className={styles["bar"]}>
          <Progress
            label={intl.formatMessage({ id: "inbox.progress" }, { name: document.name })}
            percent={document.progress?.percent ?? null}
          />
        </div>
      )}
      <Button
        size="small"
        onPress={() =>
          cancel(document.id, {
            onError: (error) => toast({ tone: "failed", text: sentenceOf(error, intl) }),
          })
        }
      >
        {intl.formatMessage({ id: "command.inbox_cancel" })}
      </Button>
    </section>
  );
}
