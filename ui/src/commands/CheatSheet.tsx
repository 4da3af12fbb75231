import { useIntl } from "react-intl";
import { Switch } from "react-aria-components";

import styles from "@/commands/CheatSheet.module.css";
import { keyLabels } from "@/commands/keys";
import { COMMAND_IDS, GROUPS, commandOf } from "@/commands/list";
import { Kbd } from "@/parts/Kbd";
import { Sheet } from "@/parts/Sheet";
import { prefer, usePreferences } from "@/preferences/store";

type Props = { onClose: () => void };

/** All keys on one page. */
export function CheatSheet({ onClose }: Props) {
  const intl = useIntl();
  const { singleKeys } = usePreferences();
  return (
    <Sheet title={intl.formatMessage({ id: "help.title" })} width="wide" onClose={onClose}>
      <div className={styles["groups"]}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className={styles["group"]}>{intl.formatMessage({ id: `help.group.${group}` })}</h3>
            <dl>
              {COMMAND_IDS.filter((id) => commandOf(id).group === group)
                .map((id) => ({ id, ...commandOf(id) }))
                .filter(({ keys }) => keys.length > 0)
                .map(({ id, title, keys }) => (
                  <div key={id} className={styles["row"]}>
                    <dt>{intl.formatMessage({ id: title })}</dt>
                    <dd>
                      {distinct(keys.map(keyLabels)).map((labels) => (
                        <Kbd key={labels.join()} labels={labels} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className={styles["switch"] ?? ""}
        isSelected={singleKeys}
        onChange={(selected) => prefer({ singleKeys: selected })}
      >
        <span className={styles["track"]} />
        <span>
          {intl.formatMessage({ id: "help.single_keys" })}
          <small className={styles["hint"]}>{intl.formatMessage({ id: "help.alt" })}</small>
        </span>
      </Switch>
    </Sheet>
  );
}

/** A key that is known by place and by what it types is one key to a reader. */
function distinct(combinations: string[][]): string[][] {
  return combinations.filter(
    (labels, index) => combinations.findIndex((other) => other.join() === labels.join()) === index,
  );
}
