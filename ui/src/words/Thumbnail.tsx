import { useState } from "react";

import { thumbnailUrl } from "@/api/client";
import { Icon } from "@/parts/Icon";
import styles from "@/words/Thumbnail.module.css";

type Props = { /** Null while there is nothing to show yet. */ id: string | null };

/** A small picture of the document; its words stand beside it. */
export function Thumbnail({ id }: Props) {
  const [failed, setFailed] = useState(false);
  return (
    <span className={styles["frame"]}>
      {id === null || failed ? (
        <Icon name="file" />
      ) : (
        <img
          className={styles["image"]}
          src={thumbnailUrl(id)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(true)}
        />
      )}
    </span>
  );
}
