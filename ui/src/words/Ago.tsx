import { useIntl } from "react-intl";

import { ago } from "@/domain/ago";
import { useMinute } from "@/words/useMinute";

type Props = { instant: string };

/** How long ago something was; the whole date and time on hover. */
export function Ago({ instant }: Props) {
  const intl = useIntl();
  const now = useMinute();
  const { value, unit } = ago(Date.parse(instant), now);
  const text =
    unit === "now"
      ? intl.formatMessage({ id: "ago.now" })
      : unit === "day" && value <= -7
        ? intl.formatDate(instant, { dateStyle: "medium" })
        : intl.formatRelativeTime(value, unit, { style: "short" });
  return (
    <time
      dateTime={instant}
      title={intl.formatDate(instant, { dateStyle: "full", timeStyle: "medium" })}
    >
      {text}
    </time>
  );
}
