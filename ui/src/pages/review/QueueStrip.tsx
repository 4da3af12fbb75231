import { Link } from "@tanstack/react-router";
import { useIntl } from "react-intl";

import type { Document } from "@/api/schema/types.gen";
import styles from "@/pages/review/QueueStrip.module.css";
import { Mark } from "@/parts/Mark";
import { Thumbnail } from "@/words/Thumbnail";

type Props = { documents: readonly Document[]; current: string };

/** The documents that wait to be reviewed. */
export function QueueStrip({ documents, current }: Props) {
  const intl = useIntl();
  return (
    <nav className={styles["strip"]} aria-label={intl.formatMessage({ id: "queue.title" })}>
      <h2 className={styles["title"]}>{intl.formatMessage({ id: "queue.title" })}</h2>
      {documents.length === 0 && (
        <p className={styles["none"]}>{intl.formatMessage({ id: "queue.none" })}</p>
      )}
      <ul>
        {documents.map((document) => (
          <li key={document.id}>
            <Link
              to="/review/$id"
              params={{ id: document.id }}
              className={styles["entry"] ?? ""}
              aria-current={document.id === current ? "page" : undefined}
            >
              <Thumbnail id={document.id} />
              <span className={styles["name"]}>
                <span className={styles["primary"]}>{document.title ?? document.name}</span>
                <Mark tone="check" icon="dot">
                  {document.doubtful > 0
                    ? intl.formatMessage(
                        { id: "status.needs_review_count" },
                        { doubtful: document.doubtful },
                      )
                    : intl.formatMessage({ id: "status.needs_review" })}
                </Mark>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
