import type { ReactElement, ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";

import styles from "@/parts/Tip.module.css";

type Props = { text: ReactNode; children: ReactElement };

/** A word about a control, on hover and on focus. */
export function Tip({ text, children }: Props) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={styles["tip"] ?? ""} offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
