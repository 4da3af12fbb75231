import { ProgressBar } from "react-aria-components";

import styles from "@/parts/Progress.module.css";

type Props = { label: string; /** 0 to 100; null while unknown. */ percent: number | null };

/** A thin bar. Its words stand beside it, so the label is only spoken. */
export function Progress({ label, percent }: Props) {
  return (
    <ProgressBar
      aria-label={label}
      {...(percent === null ? { isIndeterminate: true } : { value: percent })}
      className={styles["track"] ?? ""}
    >
      <div
        className={percent === null ? styles["unknown"] : styles["fill"]}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </ProgressBar>
  );
}
