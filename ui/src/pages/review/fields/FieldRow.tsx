import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";

import { sentenceOf } from "@/api/errors";
import type { Correction, Session } from "@/api/schema/types.gen";
import { pressed } from "@/commands/keys";
import { type CommandId, commandOf } from "@/commands/list";
import { type FieldRow as Row, shapeOf } from "@/domain/field";
import { isDoubtful } from "@/domain/visit";
import { Alternatives } from "@/pages/review/fields/Alternatives";
import { Crop } from "@/pages/review/fields/Crop";
import styles from "@/pages/review/fields/FieldRow.module.css";
import { History } from "@/pages/review/explain/History";
import { Meaning } from "@/pages/review/fields/Meaning";
import { Places } from "@/pages/review/fields/Places";
import { Reason } from "@/pages/review/fields/Reason";
import { fieldInputId, focusField } from "@/pages/review/places";
import type { Review } from "@/pages/review/useReview";
import { objection, shownValue, tidy } from "@/pages/review/work";
import { Button } from "@/parts/Button";
import { Icon } from "@/parts/Icon";
import { FieldMark } from "@/words/FieldMark";
import { useFieldLabel } from "@/words/fieldLabel";

type Props = {
  id: string;
  /** Whether there is a picture to show a piece of. */
  pictured: boolean;
  row: Row;
  review: Review;
  session: Session;
  corrections: readonly Correction[];
};

/** One field: its name, its value to accept or change, and why it stands as it does. */
export function FieldRow({ id, pictured, row, review, session, corrections }: Props) {
  const intl = useIntl();
  const fieldLabel = useFieldLabel();
  const [historyOpen, setHistoryOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const { work, readOnly } = review;
  const focused = work.focused === row.name;
  const value = shownValue(row, work);
  const changed = value !== row.value;
  const saving = row.name in work.pending;
  const failure = work.failures[row.name];
  const tidied = tidy(row.name, value);
  const wrong = changed ? objection(row.name, tidied) : null;
  const label = fieldLabel(row.name);
  const inputId = fieldInputId(row.name);
  const reasonId = `${inputId}-reason`;
  const shape = shapeOf(row.name);

  // The row grows when it is gone to; what it grew by shall be seen too.
  useEffect(() => {
    if (focused) element.current?.scrollIntoView?.({ block: "nearest" });
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const is = (command: CommandId) =>
      commandOf(command).keys.some((keys) => pressed(event.nativeEvent, keys));
    if (is("accept")) review.accept(row.name);
    else if (is("revert")) {
      if (changed || failure) review.revert(row.name);
      // A second press leaves the field, so that single letters are commands again.
      else event.currentTarget.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={element}
      className={styles["row"]}
      data-focused={focused || undefined}
      data-state={row.state}
    >
      <div className={styles["head"]}>
        <label htmlFor={inputId} className={styles["label"]}>
          {label}
        </label>
        {row.source && (
          <span className={styles["source"]}>
            {intl.formatMessage({ id: `source.${row.source}` })}
          </span>
        )}
        <FieldMark state={row.state} saving={saving} />
      </div>
      {focused && row.disagreement && (
        <Places disagreement={row.disagreement} label={label} shape={shape} />
      )}
      {focused && pictured && !row.disagreement && row.evidence.length > 0 && (
        <Crop id={id} field={row.name} label={label} />
      )}
      <div className={styles["entry"]}>
        <bdi dir="ltr" className={styles["bdi"]}>
          <input
            id={inputId}
            className={styles["input"]}
            data-shape={shape}
            value={value}
            readOnly={readOnly}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby={reasonId}
            aria-invalid={wrong !== null || undefined}
            placeholder={intl.formatMessage({ id: `placeholder.${shape}` })}
            onChange={(event) => review.type(row.name, event.target.value)}
            onFocus={() => review.focused(row.name)}
            onKeyDown={onKeyDown}
          />
        </bdi>
        <Meaning shape={shape} value={tidied} />
      </div>
      <div id={reasonId} className={styles["reason"]} data-state={row.state}>
        {wrong !== null ? (
          <span className={styles["failure"]}>{intl.formatMessage({ id: wrong })}</span>
        ) : (
          <Reason row={row} focused={focused} session={session} />
        )}
      </div>
      {failure !== undefined && (
        <p className={styles["failure"]} role="alert">
          <Icon name="alert" size={13} />
          {intl.formatMessage({ id: "fields.not_saved" }, { reason: sentenceOf(failure, intl) })}
        </p>
      )}
      {focused && !readOnly && (
        <div className={styles["actions"]}>
          <Button
            size="small"
            look={changed || isDoubtful(row) ? "primary" : "plain"}
            isDisabled={wrong !== null}
            shortcut="Enter"
            // The field keeps the focus, where Enter does the same.
            excludeFromTabOrder
            preventFocusOnPress
            onPress={() => review.accept(row.name)}
          >
            {intl.formatMessage({
              id: value === "" ? "fields.none" : changed ? "fields.save" : "fields.accept",
            })}
            <span className={styles["enter"]}>↵</span>
          </Button>
          <Alternatives
            row={row}
            label={label}
            shape={shape}
            onChoose={(alternative) => {
              review.type(row.name, alternative);
              focusField(row.name);
            }}
          />
        </div>
      )}
      {focused && corrections.length > 0 && (
        <div className={styles["history"]}>
          <Button
            look="quiet"
            size="small"
            icon="history"
            aria-expanded={historyOpen}
            onPress={() => setHistoryOpen(!historyOpen)}
          >
            {intl.formatMessage({ id: "history.field" }, { acts: corrections.length })}
          </Button>
          {historyOpen && <History corrections={corrections} session={session} named={false} />}
        </div>
      )}
    </div>
  );
}
