import { IconButton } from "../ui/Button.js";
import type { IconName } from "../ui/Icon.js";
import { useTheme, type Theme } from "./theme.js";

const nextOf: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };
const looks: Readonly<Record<Theme, { icon: IconName; label: string }>> = {
  auto: { icon: "half", label: "Colours: as the device. Change to light" },
  light: { icon: "sun", label: "Colours: light. Change to dark" },
  dark: { icon: "moon", label: "Colours: dark. Change to the device's" },
};

export function ThemeButton() {
  const [theme, choose] = useTheme();
  return (
    <IconButton
      {...looks[theme]}
      onClick={() => {
        choose(nextOf[theme]);
      }}
    />
  );
}
