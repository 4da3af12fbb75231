import { Link } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import { problemSentence, sentenceOf } from "@/api/errors";
import { useIntake } from "@/intake/IntakeContext";
import { type Upload, isMoving } from "@/intake/uploads";
import row from "@/pages/inbox/DocumentRow.module.css";
import styles from "@/pages/inbox/Uploads.module.css";
import { Button } from "@/parts/Button";
import { Mark } from "@/parts/Mark";
import { Progress } from "@/parts/Progress";
import { Thumbnail } from "@/words/Thumbnail";

type Props = { uploads: readonly Upload[] };

/** Files on their way in, and what became of those that made no new document. */
export function Uploads({ uploads }: Props) {
  const intl = useIntl();
  const intake = useIntake();
  if (uploads.length === 0) return null;
  return (
    <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "uploads.title" })}>
      {uploads.map((upload) => (
        <li key={upload.key} className={row["row"]}>
          <Thumbnail id={upload.document?.id ?? null} />
          <div className={row["name"]}>
            <span className={row["primary"]}>{upload.name}</span>
            <Outcome upload={upload} />
          </div>
          <div className={row["state"]}>
            <UploadMark upload={upload} />
          </div>
          <div className={row["actions"]} data-shown>
            {upload.state === "failed" && intake.canRetry(upload.key) && (
              <Button
                look="quiet"
                size="small"
                icon="retry"
                aria-label={intl.formatMessage({ id: "action.retry_name" }, { name: upload.name })}
                onPress={() => intake.retry(upload.key)}
              />
            )}
            <Button
              look="quiet"
              size="small"
              icon="cross"
              aria-label={intl.formatMessage(
                { id: isMoving(upload) ? "action.cancel_name" : "action.dismiss_name" },
                { name: upload.name },
              )}
              onPress={() => intake.dismiss(upload.key)}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}

type OneProps = { upload: Upload };

/** The second line: a bar while it moves, a sentence once it has stopped. */
function Outcome({ upload }: OneProps) {
  const intl = useIntl();
  switch (upload.state) {
    case "waiting":
    case "sending":
      return (
        <span className={styles["bar"]}>
          <Progress label={upload.name} percent={upload.state === "sending" ? null : 0} />
        </span>
      );
    case "already_here":
      return (
        <span className={row["secondary"]}>
          {intl.formatMessage({ id: "uploads.already_here" })}
          {upload.document && (
            <Link
              to="/review/$id"
              params={{ id: upload.document.id }}
              className={styles["open"] ?? ""}
            >
              {intl.formatMessage({ id: "action.open" })}
            </Link>
          )}
        </span>
      );
    case "refused":
      return (
        <span className={row["failure"]} role="alert">
          {upload.problem && problemSentence(upload.problem, intl)}
        </span>
      );
    case "failed":
      return (
        <span className={row["failure"]} role="alert">
          {sentenceOf(upload.error, intl)}
        </span>
      );
  }
}

function UploadMark({ upload }: OneProps) {
  const intl = useIntl();
  const word = intl.formatMessage({ id: `upload.${upload.state}` });
  switch (upload.state) {
    case "waiting":
      return (
        <Mark tone="neutral" icon="clock" look="pill">
          {word}
        </Mark>
      );
    case "sending":
      return (
        <Mark tone="person" icon="spinner" look="pill">
          {word}
        </Mark>
      );
    case "already_here":
      return (
        <Mark tone="rules" icon="copy" look="pill">
          {word}
        </Mark>
      );
    case "refused":
    case "failed":
      return (
        <Mark tone="failed" icon="flag" look="pill">
          {word}
        </Mark>
      );
  }
}
