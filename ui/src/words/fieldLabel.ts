import type { IntlShape } from "react-intl";

import { isMessageId } from "@/messages/ids";

/** The name of a field; one that is not in the catalogue is shown as the server calls it. */
export function fieldLabel(name: string, intl: IntlShape): string {
  const id = `field.${name}`;
  return isMessageId(id) ? intl.formatMessage({ id }) : name.replaceAll("_", " ");
}
