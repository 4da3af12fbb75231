import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";

import styles from "@/parts/Button.module.css";
import { Icon, type IconName } from "@/parts/Icon";

type Props = Omit<ButtonProps, "children" | "className"> & {
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "small" | "medium";
  icon?: IconName;
  children?: ReactNode;
};

/** A button with a word, an icon, or both; with an icon alone it needs an `aria-label`. */
export function Button({ look = "plain", size = "medium", icon, children, ...rest }: Props) {
  const classes = [styles["button"], styles[look], styles[size]];
  if (children === undefined) classes.push(styles["square"]);
  return (
    <AriaButton {...rest} className={classes.join(" ")}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}
