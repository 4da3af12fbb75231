import { useIntl } from "react-intl";

import { type OfferedFile, summarise } from "@/domain/offers";
import styles from "@/intake/DropOverlay.module.css";
import { Icon } from "@/parts/Icon";

type Props = { files: readonly OfferedFile[] };

/** More names than this would not be read while holding a mouse button. */
const NAMED = 4;

/** Says, while files hang over the window, which of them will be taken. */
export function DropOverlay({ files }: Props) {
  const intl = useIntl();
  const { total, accepted, refused } = summarise(files);
  return (
    <div className={styles["overlay"]} role="status">
      <div className={styles["card"]}>
        <div className={styles["icon"]}>
          <Icon name={accepted > 0 || total === 0 ? "upload" : "ban"} size={28} />
        </div>
        <p className={styles["title"]}>
          {total > 0 && accepted === 0
            ? intl.formatMessage({ id: "drop.none" }, { total })
            : intl.formatMessage({ id: "drop.title" }, { total })}
        </p>
        {total > 0 && (
          <p className={styles["summary"]}>
            {intl.formatMessage({ id: "drop.summary" }, { accepted, refused: refused.length })}
          </p>
        )}
        {refused.length > 0 && (
          <ul className={styles["refused"]}>
            {refused.slice(0, NAMED).map((file, index) => (
              // Two files may bear the same name; the list stands still while it is shown.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <Icon name="ban" size={13} />
                <span>
                  {file.name ?? file.mediaType ?? intl.formatMessage({ id: "drop.unnamed" })}
                  {": "}
                  {file.reason ?? intl.formatMessage({ id: "drop.unsupported" })}
                </span>
              </li>
            ))}
            {refused.length > NAMED && (
              <li>{intl.formatMessage({ id: "drop.more" }, { more: refused.length - NAMED })}</li>
            )}
          </ul>
        )}
      </div>
    </div>
  );
}
