import { IconButton } from "../ui/Button.js";
import type { IconName } from "../ui/Icon.js";
import { useTheme, type Theme } from "./theme.js";
import { words } from "../words/words.js";

const nextOf: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };
const icons: Readonly<Record<Theme, IconName>> = { auto: "half", light: "sun", dark: "moon" };

export function ThemeButton() {
  const [theme, choose] = useTheme();
  return (
    <IconButton
      icon={icons[theme]}
      label={words.app.theme[theme]}
      onClick={() => {
        choose(nextOf[theme]);
      }}
    />
  );
}
