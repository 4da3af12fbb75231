import { useIntl } from "react-intl";

import type { RowState } from "@/domain/field";
import type { IconName } from "@/parts/Icon";
import { Mark, type Tone } from "@/parts/Mark";

const LOOKS: { readonly [state in RowState]: { tone: Tone; icon: IconName } } = {
  rule_failed: { tone: "failed", icon: "flag" },
  to_check: { tone: "check", icon: "dot" },
  confirmed_by_rules: { tone: "rules", icon: "bolt" },
  confirmed_by_person: { tone: "person", icon: "check" },
  not_read: { tone: "neutral", icon: "empty" },
};

type Props = { state: RowState; saving: boolean };

/** Why a field stands as it does: icon, word and colour. */
export function FieldMark({ state, saving }: Props) {
  const intl = useIntl();
  if (saving) {
    return (
      <Mark tone="person" icon="spinner">
        {intl.formatMessage({ id: "state.saving" })}
      </Mark>
    );
  }
  return <Mark {...LOOKS[state]}>{intl.formatMessage({ id: `state.${state}` })}</Mark>;
}
