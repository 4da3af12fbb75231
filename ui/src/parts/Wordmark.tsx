import styles from "@/parts/Wordmark.module.css";

/** The name of the product with its sign: a document on a reading desk. */
export function Wordmark() {
  return (
    <span className={styles["wordmark"]}>
      <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="22" height="22" />
      Lectern
    </span>
  );
}
