import { type ReactNode, useEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";

import en from "@/messages/en.json";
import fr from "@/messages/fr.json";
import { type Language, usePreferences } from "@/preferences/store";

const MESSAGES: { readonly [language in Language]: typeof en } = { en, fr };

/** The locale for dates and numbers: English means day before month here. */
const LOCALES = { en: "en-GB", fr: "fr-FR" } as const;

type Props = { children: ReactNode };

/** Speaks the preferred language and wears the preferred theme. */
export function Preferred({ children }: Props) {
  const { language, theme } = usePreferences();
  useEffect(() => {
    document.documentElement.lang = language;
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [language, theme]);
  return (
    <IntlProvider locale={LOCALES[language]} messages={MESSAGES[language]}>
      <I18nProvider locale={LOCALES[language]}>{children}</I18nProvider>
    </IntlProvider>
  );
}
