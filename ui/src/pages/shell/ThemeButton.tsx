import { CommandButton } from "@/commands/CommandButton";
import type { IconName } from "@/parts/Icon";
import { type Theme, usePreferences } from "@/preferences/store";

const ICONS: { readonly [theme in Theme]: IconName } = {
  system: "monitor",
  light: "sun",
  dark: "moon",
};

/** Shows the theme that is on; pressing goes to the next. */
export function ThemeButton() {
  return <CommandButton command="theme" look="quiet" icon={ICONS[usePreferences().theme]} />;
}
