import type { ComponentProps } from "react";
import { useIntl } from "react-intl";

import { ariaKeys, keyLabels } from "@/commands/keys";
import { type CommandId, commandOf } from "@/commands/list";
import { perform } from "@/commands/registry";
import { Button } from "@/parts/Button";
import { Kbd } from "@/parts/Kbd";
import { Tip } from "@/parts/Tip";

type Props = Omit<ComponentProps<typeof Button>, "onPress" | "aria-label"> & {
  command: CommandId;
};

/** A button for a command: its name, keys and tip come from the list. */
export function CommandButton({ command: id, children, ...rest }: Props) {
  const intl = useIntl();
  const command = commandOf(id);
  const title = intl.formatMessage({ id: command.title });
  const keys = command.keys[0];
  return (
    <Tip
      text={
        <>
          {title}
          {keys && <Kbd labels={keyLabels(keys)} />}
        </>
      }
    >
      <Button
        {...rest}
        {...(children === undefined && { "aria-label": title })}
        shortcut={keys && ariaKeys(keys)}
        onPress={() => perform(id)}
      >
        {children}
      </Button>
    </Tip>
  );
}
