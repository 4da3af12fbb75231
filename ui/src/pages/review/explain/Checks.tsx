import { useIntl } from "react-intl";

import { checkSentence } from "@/api/errors";
import type { Check, Outcome } from "@/api/schema/types.gen";
import { countOutcomes, inOrderOfConcern } from "@/domain/checks";
import styles from "@/pages/review/explain/Checks.module.css";
import { focusField } from "@/pages/review/places";
import { Fold } from "@/parts/Fold";
import { Icon, type IconName } from "@/parts/Icon";

const ICONS: { readonly [outcome in Outcome]: IconName } = {
  passed: "check",
  failed: "flag",
  could_not_run: "minus",
};

type Props = { checks: readonly Check[] };

/** The rules that were applied, the broken ones first. */
export function Checks({ checks }: Props) {
  const intl = useIntl();
  if (checks.length === 0) return null;
  const counts = countOutcomes(checks);
  return (
    <Fold title={intl.formatMessage({ id: "checks.title" }, counts)} startsOpen={counts.failed > 0}>
      <ul className={styles["list"]}>
        {inOrderOfConcern(checks).map((check) => {
          const field = check.fields[0];
          const sentence = checkSentence(check, intl);
          return (
            <li key={check.code} className={`${styles["check"]} ${styles[check.outcome]}`}>
              <span className={styles["icon"]}>
                <Icon name={ICONS[check.outcome]} size={13} />
              </span>
              <span className="spoken">
                {intl.formatMessage({ id: `outcome.${check.outcome}` })}
              </span>
              {check.outcome === "failed" && field !== undefined ? (
                <button type="button" className={styles["go"]} onClick={() => focusField(field)}>
                  {sentence}
                </button>
              ) : (
                <span>{sentence}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Fold>
  );
}
