import type { ReactNode } from "react";

import { Icon, type IconName } from "@/parts/Icon";
import styles from "@/parts/Mark.module.css";

export type Tone = "failed" | "check" | "rules" | "person" | "neutral";

type Props = {
  tone: Tone;
  icon: IconName | "spinner";
  look?: "bare" | "pill";
  children: ReactNode;
};

/** A state: always an icon and a word, the colour only underlines them. */
export function Mark({ tone, icon, look = "bare", children }: Props) {
  return (
    <span className={`${styles["mark"]} ${styles[tone]} ${styles[look]}`}>
      <span className={styles["icon"]}>
        {icon === "spinner" ? (
          <span className={styles["spinner"]} />
        ) : (
          <Icon name={icon} size={13} />
        )}
      </span>
      {children}
    </span>
  );
}
