import { useIntl } from "react-intl";

import type { Correction, Session } from "@/api/schema/types.gen";
import styles from "@/pages/review/explain/History.module.css";
import { Ago } from "@/words/Ago";
import { Who } from "@/words/Who";
import { useFieldLabel } from "@/words/fieldLabel";

type Props = {
  corrections: readonly Correction[];
  session: Session;
  /** Whether each entry names its field. */
  named: boolean;
};

/** What people did, latest first. Nothing of it is ever changed. */
export function History({ corrections, session, named }: Props) {
  const intl = useIntl();
  const fieldLabel = useFieldLabel();
  return (
    <ol className={styles["list"]}>
      {corrections.toReversed().map((correction) => (
        <li key={correction.id} className={styles["act"]}>
          <span>
            {named && <strong>{fieldLabel(correction.field)} </strong>}
            {correction.kind !== "cleared" && (
              <bdi dir="ltr" className={styles["value"]}>
                {correction.value}
              </bdi>
            )}
          </span>
          <span className={styles["who"]}>
            {intl.formatMessage(
              { id: `act.${correction.kind}` },
              { who: <Who key="who" user={correction.by} session={session} /> },
            )}{" "}
            <Ago instant={correction.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
