import { useState } from "react";
import { useIntl } from "react-intl";

import { Kbd } from "@/parts/Kbd";
import { Sheet } from "@/parts/Sheet";
import { keyLabels } from "@/commands/keys";
import { type CommandId, commandOf } from "@/commands/list";
import styles from "@/commands/Palette.module.css";
import { perform } from "@/commands/registry";
import { useAvailableCommands } from "@/commands/useCommand";
import { matches } from "@/domain/search";
import { useLatch } from "@/parts/useLatch";

type Props = { onClose: () => void };

/** Every command that can be done now, found by typing. */
export function Palette({ onClose }: Props) {
  const intl = useIntl();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<CommandId | null>(null);
  // What can be done is what could be done when the palette opened: the palette itself takes no part.
  const offered = useLatch(useAvailableCommands());
  const found = offered
    .filter((id) => id !== "palette")
    .map((id) => ({ id, title: intl.formatMessage({ id: commandOf(id).title }) }))
    .filter(({ title }) => matches(title, text));
  const at = Math.max(
    0,
    found.findIndex(({ id }) => id === chosen),
  );

  const run = (id: CommandId | undefined) => {
    if (!id) return;
    onClose();
    // After the sheet is gone and the focus is back where it was.
    window.setTimeout(() => perform(id));
  };
  const move = (by: number) => {
    setChosen(found[(at + by + found.length) % found.length]?.id ?? null);
  };

  return (
    <Sheet
      title={intl.formatMessage({ id: "command.palette" })}
      titleShown={false}
      width="wide"
      onClose={onClose}
    >
      <input
        className={styles["input"]}
        // The sheet exists to be typed into.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${found[at].id}` : undefined}
        aria-label={intl.formatMessage({ id: "palette.search" })}
        placeholder={intl.formatMessage({ id: "palette.search" })}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter" && !event.nativeEvent.isComposing) run(found[at]?.id);
          else return;
          event.preventDefault();
        }}
      />
      <div
        id="palette-list"
        role="listbox"
        className={styles["list"]}
        aria-label={intl.formatMessage({ id: "command.palette" })}
      >
        {found.map(({ id, title }, index) => {
          const keys = commandOf(id).keys[0];
          return (
            // The keyboard acts through the input, as a combobox does.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={id}
              id={`palette-${id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles["option"]}
              ref={
                index === at
                  ? (element) => element?.scrollIntoView?.({ block: "nearest" })
                  : undefined
              }
              onMouseMove={() => setChosen(id)}
              onClick={() => run(id)}
            >
              {title}
              {keys && <Kbd labels={keyLabels(keys)} />}
            </div>
          );
        })}
      </div>
      {found.length === 0 && (
        <p className={styles["none"]}>{intl.formatMessage({ id: "palette.none" })}</p>
      )}
    </Sheet>
  );
}
