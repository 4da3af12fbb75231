import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";

import styles from "@/parts/Button.module.css";
import { Icon, type IconName } from "@/parts/Icon";

type Props = Omit<ButtonProps, "children" | "className"> & {
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "small" | "medium";
  icon?: IconName;
  /** Keys that do the same, as in `aria-keyshortcuts`. */
  shortcut?: string | undefined;
  children?: ReactNode;
};

/** A button with a word, an icon, or both; with an icon alone it needs an `aria-label`. */
export function Button({
  look = "plain",
  size = "medium",
  icon,
  shortcut,
  children,
  ...rest
}: Props) {
  const classes = [styles["button"], styles[look], styles[size]];
  if (children === undefined) classes.push(styles["square"]);
  return (
    <AriaButton
      {...rest}
      className={classes.join(" ")}
      {...(shortcut !== undefined && {
        // React Aria passes on only the attributes it knows.
        render: (props) => <button type="button" {...props} aria-keyshortcuts={shortcut} />,
      })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}
