import { useState } from "react";
import { useIntl } from "react-intl";

import { inLanguage } from "@/api/errors";
import type { Disagreement, Source } from "@/api/schema/types.gen";
import type { FieldShape } from "@/domain/field";
import styles from "@/pages/review/fields/Places.module.css";

type Props = { disagreement: Disagreement; label: string; shape: FieldShape };

/** What each place of the document says of a field, with its picture, and why one of them is proposed. */
export function Places({ disagreement, label, shape }: Props) {
  const intl = useIntl();
  const { sources, undecided } = disagreement;
  return (
    <div
      className={styles["places"]}
      role="group"
      aria-label={intl.formatMessage({ id: "places.title" }, { field: label })}
    >
      <ul className={styles["list"]}>
        {sources.map((source, index) => (
          <li key={source.crop ?? index} className={styles["place"]}>
            <span className={styles["name"]}>
              {intl.formatMessage(
                { id: "places.says" },
                { place: intl.formatMessage({ id: `place.${source.zone}` }) },
              )}
              {index === 0 && (
                <span className={styles["proposed"]}>
                  {intl.formatMessage({ id: "places.proposed" })}
                </span>
              )}
            </span>
            <Picture source={source} label={label} />
            <bdi dir="ltr" className={styles["value"]} data-shape={shape}>
              {source.value}
            </bdi>
          </li>
        ))}
      </ul>
      <p className={styles["verdict"]} data-undecided={undecided || undefined}>
        {intl.formatMessage({ id: `disagreement.${disagreement.class}` })}{" "}
        {inLanguage(disagreement.sentence, intl)}.
      </p>
    </div>
  );
}

function Picture({ source, label }: { source: Source; label: string }) {
  const intl = useIntl();
  const [failed, setFailed] = useState(false);
  if (source.crop === null || failed) return null;
  const place = intl.formatMessage({ id: `place.${source.zone}` });
  return (
    <img
      className={styles["crop"]}
      src={source.crop}
      alt={intl.formatMessage({ id: "places.crop" }, { field: label, place })}
      onError={() => setFailed(true)}
    />
  );
}
