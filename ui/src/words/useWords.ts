import { type IntlShape, useIntl } from "react-intl";

import { countryName, isSpecialCode } from "@/domain/countries";
import { parseDocumentType } from "@/domain/documentType";

/** The document's type in words, with its side where known. */
function typeInWords(name: string | null, intl: IntlShape): string | null {
  if (name === null) return null;
  const type = parseDocumentType(name);
  if (!type) return name.replaceAll("_", " ");
  const family = intl.formatMessage({ id: `type.${type.family}` });
  return type.side === null
    ? family
    : intl.formatMessage({ id: `type.side.${type.side}` }, { type: family });
}

/** The country's name, or the code itself where it has none. */
function countryInWords(code: string | null, intl: IntlShape): string | null {
  if (code === null || code === "") return null;
  if (isSpecialCode(code)) return intl.formatMessage({ id: `country.${code}` });
  return countryName(code, intl.locale) ?? code;
}

/** Words for what a document is. */
export function useWords() {
  const intl = useIntl();
  return {
    type: (name: string | null) => typeInWords(name, intl),
    country: (code: string | null) => countryInWords(code, intl),
  };
}
