import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { preload } from "react-dom";
import { useIntl } from "react-intl";

import { pageImageUrl } from "@/api/client";
import { sentenceOf } from "@/api/errors";
import { documentQuery, firstDocumentsQuery, sessionQuery } from "@/api/queries";
import type { Session } from "@/api/schema/types.gen";
import { useCommand } from "@/commands/useCommand";
import { nextInQueue, previousInQueue } from "@/domain/queue";
import { hasPicture, isInWork } from "@/domain/status";
import { firstToVisit } from "@/domain/visit";
import { FieldPanel } from "@/pages/review/fields/FieldPanel";
import { InWork } from "@/pages/review/InWork";
import { MAX_SIDE, PageCanvas } from "@/pages/review/canvas/PageCanvas";
import { QueueStrip } from "@/pages/review/QueueStrip";
import styles from "@/pages/review/Review.module.css";
import { ReviewBar } from "@/pages/review/ReviewBar";
import { focusField } from "@/pages/review/places";
import { useReview } from "@/pages/review/useReview";
import { Button } from "@/parts/Button";
import { usePageTitle } from "@/parts/usePageTitle";
import { useWide } from "@/parts/useWide";
import { prefer, usePreferences } from "@/preferences/store";
import { ImportedType } from "@/words/fieldLabel";

type Props = { id: string };

/** One document beside what was read from it, and the queue it stands in. */
export function Review({ id }: Props) {
  const session = useQuery(sessionQuery);
  return session.data ? <ReviewFor id={id} session={session.data} /> : null;
}

type ForProps = Props & { session: Session };

function ReviewFor({ id, session }: ForProps) {
  const intl = useIntl();
  const navigate = useNavigate();
  usePageTitle(intl.formatMessage({ id: "review.title" }));
  const finished = useRef<HTMLDivElement>(null);
  const listed = useQuery(firstDocumentsQuery("to_review")).data?.documents ?? [];
  // A document leaves the queue the moment it is done, before the list is asked for again.
  const queue = listed.filter((document) => document.status === "needs_review");
  const review = useReview(id, session, () => {
    finished.current?.focus();
  });
  const { detail, rows, work } = review;

  const wide = useWide("(width >= 1280px)");
  const queueOpen = usePreferences().queueOpen ?? wide;

  const client = useQueryClient();
  const ids = queue.map((document) => document.id);
  const next = nextInQueue(ids, id);
  const previous = previousInQueue(ids, id);
  const go = (to: string | null) => {
    if (to) void navigate({ to: "/review/$id", params: { id: to } });
  };

  // The next document is ready when the person is.
  useEffect(() => {
    if (next === null) return;
    void client.prefetchQuery(documentQuery(next));
    preload(pageImageUrl(next, 0, MAX_SIDE), { as: "image", fetchPriority: "low" });
  }, [client, next]);

  useCommand("next_document", () => go(next), next !== null);
  useCommand("previous_document", () => go(previous), previous !== null);
  useCommand("toggle_queue", () => prefer({ queueOpen: !queueOpen }));
  useCommand("next_doubtful", review.toNextDoubtful, review.doubtful.length > 0);
  useCommand("previous_doubtful", review.toPreviousDoubtful, review.doubtful.length > 0);

  const alternatives = rows.find((row) => row.name === work.focused)?.alternatives ?? [];
  const choose = (index: number) => {
    const value = alternatives[index];
    if (value === undefined || work.focused === null) return;
    review.type(work.focused, value);
    focusField(work.focused);
  };
  const choosing = !review.readOnly;
  useCommand("alternative_1", () => choose(0), choosing && alternatives.length > 0);
  useCommand("alternative_2", () => choose(1), choosing && alternatives.length > 1);
  useCommand("alternative_3", () => choose(2), choosing && alternatives.length > 2);

  // Once the fields are there, the work begins at the first one that needs it.
  const ready = detail !== undefined && !isInWork(detail.document.status);
  const started = useRef(false);
  useEffect(() => {
    if (!ready || started.current) return;
    started.current = true;
    if (review.doubtful.length > 0 || review.doubtfulWhole) focusField(firstToVisit(rows));
    else finished.current?.focus();
  }, [ready, review.doubtful.length, review.doubtfulWhole, rows]);

  if (review.error) {
    return (
      <div className={styles["failure"]} role="alert">
        <p>{sentenceOf(review.error, intl)}</p>
        <Button onPress={review.tryAgain}>{intl.formatMessage({ id: "action.try_again" })}</Button>
      </div>
    );
  }
  return (
    <ImportedType value={detail?.imported_type ?? null}>
      <div className={styles["page"]} data-queue={queueOpen || undefined}>
        <ReviewBar
          detail={detail}
          doubtful={review.doubtful.length}
          doubtfulWhole={review.doubtfulWhole}
          waiting={queue.length}
        />
        {queueOpen && <QueueStrip documents={queue} current={id} />}
        {detail && (
          <PageCanvas
            // A document that has been read has boxes, and its picture may stand another way.
            key={String(ready)}
            id={id}
            showable={hasPicture(detail.document)}
            erasedAt={detail.document.pictures_erased_at}
            pages={detail.reading?.pages ?? []}
            rows={rows}
            focused={work.focused}
            onPick={focusField}
          />
        )}
        {detail && !ready && <InWork document={detail.document} />}
        {detail && ready && (
          <FieldPanel
            detail={detail}
            review={review}
            session={session}
            nextDocument={next}
            finishedRef={finished}
          />
        )}
      </div>
    </ImportedType>
  );
}
