import { useIntl } from "react-intl";

import { checkSentence } from "@/api/errors";
import type { Session } from "@/api/schema/types.gen";
import type { FieldRow } from "@/domain/field";
import { Ago } from "@/words/Ago";
import { Who } from "@/words/Who";

/** Above this a percentage would only puzzle. */
const CLEARLY = 0.97;

type Props = { row: FieldRow; focused: boolean; session: Session };

/** One line on why a field stands as it does. What is settled speaks only when it is gone to. */
export function Reason({ row, focused, session }: Props) {
  const intl = useIntl();
  const confidence = row.confidence ?? 0;
  const percent = intl.formatNumber(confidence, { style: "percent", maximumFractionDigits: 1 });
  switch (row.state) {
    case "rule_failed":
      return row.failed.map((check) => checkSentence(check, intl)).join(". ");
    case "to_check":
      if (row.disagreement?.undecided) {
        return intl.formatMessage({ id: `disagreement.${row.disagreement.class}` });
      }
      // Read clearly, and doubtful for what it says.
      if (confidence > CLEARLY) return intl.formatMessage({ id: "reason.compare" });
      return row.alternatives.length > 0
        ? intl.formatMessage({ id: "reason.rivals" }, { percent })
        : intl.formatMessage({ id: "reason.unsure" }, { percent });
    case "confirmed_by_rules":
      if (!focused) return null;
      return row.proven
        ? intl.formatMessage({ id: "reason.proven" })
        : intl.formatMessage({ id: "reason.sure" }, { percent });
    case "confirmed_by_person":
      if (!focused || !row.corrected) return null;
      return (
        <>
          {intl.formatMessage(
            { id: `act.${row.corrected.kind}` },
            { who: <Who key="who" user={row.corrected.by} session={session} /> },
          )}{" "}
          <Ago instant={row.corrected.at} />
          {row.readValue !== null && row.readValue !== row.value && (
            <>
              {" · "}
              {intl.formatMessage(
                { id: "reason.was" },
                {
                  value: (
                    <bdi key="value" dir="ltr">
                      {row.readValue}
                    </bdi>
                  ),
                },
              )}
            </>
          )}
        </>
      );
    case "not_read":
      return focused ? intl.formatMessage({ id: "reason.not_read" }) : null;
  }
}
