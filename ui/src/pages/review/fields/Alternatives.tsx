import { useIntl } from "react-intl";

import { ariaKeys, keyLabels } from "@/commands/keys";
import { commandOf } from "@/commands/list";
import type { FieldRow, FieldShape } from "@/domain/field";
import styles from "@/pages/review/fields/Alternatives.module.css";
import { Button } from "@/parts/Button";
import { Kbd } from "@/parts/Kbd";

const COMMANDS = ["alternative_1", "alternative_2", "alternative_3"] as const;

type Props = {
  row: FieldRow;
  label: string;
  shape: FieldShape;
  onChoose: (alternative: string) => void;
};

/** Other readings of a field, each a key away. */
export function Alternatives({ row, label, shape, onChoose }: Props) {
  const intl = useIntl();
  if (row.alternatives.length === 0) return null;
  return (
    <div
      className={styles["group"]}
      role="group"
      aria-label={intl.formatMessage({ id: "fields.alternatives" }, { field: label })}
    >
      {row.alternatives.map((alternative, index) => {
        const command = COMMANDS[index];
        const keys = command && commandOf(command).keys[0];
        return (
          <Button
            key={alternative}
            size="small"
            preventFocusOnPress
            shortcut={keys && `Alt+${ariaKeys(keys)}`}
            onPress={() => onChoose(alternative)}
          >
            <bdi dir="ltr" className={styles["value"]} data-shape={shape}>
              {alternative}
            </bdi>
            {keys && <Kbd labels={["Alt", ...keyLabels(keys)]} />}
          </Button>
        );
      })}
    </div>
  );
}
