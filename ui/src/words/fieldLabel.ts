import { createContext, useContext } from "react";
import { type IntlShape, useIntl } from "react-intl";

import { inLanguage } from "@/api/errors";
import type { ImportedTypeNames } from "@/api/schema/types.gen";
import { isMessageId } from "@/messages/ids";

/** The type that an admin imported and the document on the page is of; it brings names of its own. */
export const ImportedType = createContext<ImportedTypeNames | null>(null);

/** The name of a field; one that is not in the catalogue is shown as the server calls it. */
export function fieldLabel(name: string, intl: IntlShape): string {
  const id = `field.${name}`;
  return isMessageId(id) ? intl.formatMessage({ id }) : name.replaceAll("_", " ");
}

/** The same, with the names that the type of the document on the page brings. */
export function useFieldLabel(): (name: string) => string {
  const intl = useIntl();
  const fields = useContext(ImportedType)?.fields;
  return (name) => {
    const own = isMessageId(`field.${name}`) ? undefined : fields?.[name];
    return own ? inLanguage(own, intl) : fieldLabel(name, intl);
  };
}
