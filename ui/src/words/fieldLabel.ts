import { createContext, useContext } from "react";
import { useIntl } from "react-intl";

import { inLanguage } from "@/api/errors";
import type { ImportedTypeNames } from "@/api/schema/types.gen";
import { isMessageId } from "@/messages/ids";

/** The type that an admin imported and the document on the page is of; it brings names of its own. */
export const ImportedType = createContext<ImportedTypeNames | null>(null);

/**
 * The names of fields: of the catalogue, else of the document's type, else as the server calls them.
 */
export function useFieldLabel(): (name: string) => string {
  const intl = useIntl();
  const fields = useContext(ImportedType)?.fields;
  return (name) => {
    const id = `field.${name}`;
    if (isMessageId(id)) return intl.formatMessage({ id });
    const own = fields?.[name];
    return own ? inLanguage(own, intl) : name.replaceAll("_", " ");
  };
}
