import type { RefObject } from "react";
import { useIntl } from "react-intl";

import type { DocumentDetail, Session } from "@/api/schema/types.gen";
import { hasPicture } from "@/domain/status";
import { Checks } from "@/pages/review/explain/Checks";
import styles from "@/pages/review/fields/FieldPanel.module.css";
import { FieldRow } from "@/pages/review/fields/FieldRow";
import { Finished } from "@/pages/review/fields/Finished";
import { Disagreements } from "@/pages/review/explain/Disagreements";
import { History } from "@/pages/review/explain/History";
import { MachineLines } from "@/pages/review/explain/MachineLines";
import { Problems } from "@/pages/review/explain/Problems";
import { Related } from "@/pages/review/explain/Related";
import type { Review } from "@/pages/review/useReview";
import { Fold } from "@/parts/Fold";

type Props = {
  detail: DocumentDetail;
  review: Review;
  session: Session;
  nextDocument: string | null;
  finishedRef: RefObject<HTMLDivElement | null>;
};

/** The fields, and below them all that explains them. */
export function FieldPanel({ detail, review, session, nextDocument, finishedRef }: Props) {
  const intl = useIntl();
  const { rows, missing, doubtful } = review;
  const corrections = detail.corrections;
  const row = (each: (typeof rows)[number]) => (
    <FieldRow
      key={each.name}
      id={detail.document.id}
      pictured={hasPicture(detail.document)}
      row={each}
      review={review}
      session={session}
      corrections={corrections.filter((correction) => correction.field === each.name)}
    />
  );
  return (
    <section className={styles["panel"]} aria-label={intl.formatMessage({ id: "fields.title" })}>
      <div className={styles["scroll"]}>
        <Problems document={detail.document} problems={detail.reading?.problems ?? []} />
        <Related document={detail.document} readOnly={review.readOnly} />
        {review.doubtfulWhole && !review.looking && (
          <p className={styles["note"]}>{intl.formatMessage({ id: "fields.look_over" })}</p>
        )}
        {review.looking && (
          <p className={styles["note"]}>{intl.formatMessage({ id: "fields.read_only" })}</p>
        )}
        <div className={styles["rows"]}>{rows.map(row)}</div>
        {missing.length > 0 && !review.readOnly && (
          <Fold
            title={intl.formatMessage({ id: "fields.missing" }, { missing: missing.length })}
            startsOpen={rows.length === 0}
          >
            <div className={styles["rows"]}>{missing.map(row)}</div>
          </Fold>
        )}
        <Disagreements disagreements={detail.reading?.disagreements ?? []} />
        <Checks checks={detail.reading?.checks ?? []} />
        <MachineLines
          lines={detail.reading?.mrz ?? []}
          format={detail.reading?.mrz_format ?? null}
        />
        {corrections.length > 0 && (
          <Fold
            title={intl.formatMessage({ id: "history.title" }, { acts: corrections.length })}
            startsOpen={false}
          >
            <History corrections={corrections} session={session} named />
          </Fold>
        )}
      </div>
      <Finished
        ref={finishedRef}
        shown={
          !review.readOnly && rows.length > 0 && doubtful.length === 0 && !review.doubtfulWhole
        }
        saving={Object.keys(review.work.pending).length > 0}
        nextDocument={nextDocument}
      />
    </section>
  );
}
