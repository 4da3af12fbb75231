import { useIntl } from "react-intl";

import type { Disagreement } from "@/api/schema/types.gen";
import styles from "@/pages/review/explain/Disagreements.module.css";
import { focusField } from "@/pages/review/places";
import { Fold } from "@/parts/Fold";
import { useFieldLabel } from "@/words/fieldLabel";

type Props = { disagreements: readonly Disagreement[] };

/** The fields of which the places of the document do not say the very same, each a press away. */
export function Disagreements({ disagreements }: Props) {
  const intl = useIntl();
  const fieldLabel = useFieldLabel();
  if (disagreements.length === 0) return null;
  const undecided = disagreements.filter((one) => one.undecided).length;
  return (
    <Fold
      title={intl.formatMessage(
        { id: "disagreements.title" },
        { fields: disagreements.length, undecided },
      )}
      startsOpen={undecided > 0}
    >
      <ul className={styles["list"]}>
        {disagreements.map(({ field, class: difference, undecided: open }) => (
          <li key={field} className={open ? styles["undecided"] : undefined}>
            <button type="button" className={styles["go"]} onClick={() => focusField(field)}>
              {fieldLabel(field)}
            </button>{" "}
            {intl.formatMessage({ id: `disagreement.${difference}` })}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
