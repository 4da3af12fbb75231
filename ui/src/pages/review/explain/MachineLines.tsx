import { useIntl } from "react-intl";

import styles from "@/pages/review/explain/MachineLines.module.css";
import { Fold } from "@/parts/Fold";

type Props = { lines: readonly string[]; format: string | null };

/** The lines of the machine-readable zone, for who can read them. */
export function MachineLines({ lines, format }: Props) {
  const intl = useIntl();
  if (lines.length === 0) return null;
  return (
    <Fold
      title={
        <>
          {intl.formatMessage({ id: "mrz.title" })}
          {format !== null && <span className={styles["format"]}>{format}</span>}
        </>
      }
      startsOpen={false}
    >
      <bdi dir="ltr" className={styles["lines"]}>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </bdi>
    </Fold>
  );
}
