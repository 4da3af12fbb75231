import { useState } from "react";
import { useIntl } from "react-intl";

import { cropUrl } from "@/api/client";
import styles from "@/pages/review/fields/Crop.module.css";

type Props = { id: string; field: string; label: string };

/** The piece of the document that a value rests on, right above it, so that the eye need not travel. */
export function Crop({ id, field, label }: Props) {
  const intl = useIntl();
  const [failed, setFailed] = useState(false);
  if (failed) return null;
  return (
    <img
      className={styles["crop"]}
      src={cropUrl(id, field)}
      alt={intl.formatMessage({ id: "fields.crop" }, { field: label })}
      onError={() => setFailed(true)}
    />
  );
}
