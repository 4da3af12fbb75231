import type { ReactNode } from "react";

import styles from "@/pages/shell/Notice.module.css";
import { Wordmark } from "@/parts/Wordmark";

type Props = { title: string; text: string; children?: ReactNode };

/** A page with one thing to say. */
export function Notice({ title, text, children }: Props) {
  return (
    <main className={styles["page"]}>
      <Wordmark />
      {title !== "" && <h1 className={styles["title"]}>{title}</h1>}
      <p className={styles["text"]} role="status">
        {text}
      </p>
      {children}
    </main>
  );
}
