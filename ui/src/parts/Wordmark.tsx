import styles from "@/parts/Wordmark.module.css";

/** The name of the product with its sign: a page on a reading desk. */
export function Wordmark() {
  return (
    <span className={styles["wordmark"]}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <path className={styles["desk"]} d="M3 12.5 17 8.5v3L3 15.5v-3Z" />
        <path className={styles["page"]} d="M5.2 10.3 4.2 4.4l9.6-2.7 1.3 5.8-9.9 2.8Z" />
        <path className={styles["foot"]} d="M10 14v3.7M6.5 17.7h7" />
      </svg>
      Lectern
    </span>
  );
}
