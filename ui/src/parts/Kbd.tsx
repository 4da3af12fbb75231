import styles from "@/parts/Kbd.module.css";

type Props = { labels: readonly string[] };

/** Keys as they stand on the keyboard. */
export function Kbd({ labels }: Props) {
  return (
    <span className={styles["keys"]}>
      {labels.map((label) => (
        <kbd key={label} className={styles["key"]}>
          {label}
        </kbd>
      ))}
    </span>
  );
}
