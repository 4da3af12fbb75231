import { useIntl } from "react-intl";

import { Button } from "@/parts/Button";
import { Tip } from "@/parts/Tip";
import { prefer, usePreferences } from "@/preferences/store";

/** Offers the other language, in its own words. */
export function LanguageButton() {
  const intl = useIntl();
  const { language } = usePreferences();
  const other = language === "en" ? "fr" : "en";
  return (
    <Tip text={intl.formatMessage({ id: "command.language" })}>
      <Button
        look="quiet"
        aria-label={`${other.toUpperCase()} – ${intl.formatMessage({ id: "command.language" })}`}
        onPress={() => prefer({ language: other })}
      >
        {other.toUpperCase()}
      </Button>
    </Tip>
  );
}
