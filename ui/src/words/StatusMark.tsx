import { useIntl } from "react-intl";

import type { DocumentStatus } from "@/api/schema/types.gen";
import type { IconName } from "@/parts/Icon";
import { Mark, type Tone } from "@/parts/Mark";

const LOOKS: {
  readonly [status in DocumentStatus]: { tone: Tone; icon: IconName | "spinner" };
} = {
  queued: { tone: "neutral", icon: "clock" },
  processing: { tone: "person", icon: "spinner" },
  extracted: { tone: "rules", icon: "bolt" },
  needs_review: { tone: "check", icon: "dot" },
  reviewed: { tone: "person", icon: "check" },
  failed: { tone: "failed", icon: "flag" },
  cancelled: { tone: "neutral", icon: "ban" },
};

type Props = { status: DocumentStatus; doubtful: number };

/** Where a document stands: icon, word and colour. */
export function StatusMark({ status, doubtful }: Props) {
  const intl = useIntl();
  return (
    <Mark {...LOOKS[status]} look="pill">
      {status === "needs_review" && doubtful > 0
        ? intl.formatMessage({ id: "status.needs_review_count" }, { doubtful })
        : intl.formatMessage({ id: `status.${status}` })}
    </Mark>
  );
}
