import { useDeferredValue } from "react";
import { useIntl } from "react-intl";

import type { Counts } from "@/pages/inbox/useInbox";

type Props = { counts: Counts };

/** Tells those who hear the page how the work stands. Deferred, so that a burst is told once. */
export function Announcement({ counts }: Props) {
  const intl = useIntl();
  const { in_work, to_review, failed } = useDeferredValue(counts);
  return (
    <p role="status" className="spoken">
      {in_work &&
        to_review &&
        failed &&
        intl.formatMessage(
          { id: "inbox.spoken" },
          { inWork: in_work.number, toReview: to_review.number, failed: failed.number },
        )}
    </p>
  );
}
