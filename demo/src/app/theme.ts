import { useEffect, useState } from "preact/hooks";
import { z } from "zod";

const themes = z.enum(["auto", "light", "dark"]);
export type Theme = z.infer<typeof themes>;

const KEY = "theme";

function storedTheme(): Theme {
  try {
    return themes.parse(localStorage.getItem(KEY));
  } catch {
    // Nothing is stored, or the browser forbids storage.
    return "auto";
  }
}

/** Runs before the first paint, so that a dark page does not flash white. */
export function applyTheme(theme = storedTheme()): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function useTheme(): [theme: Theme, choose: (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    applyTheme(theme);
    localStorage.setItem(KEY, theme);
  }, [theme]);
  useEffect(() => {
    // The theme may change in another tab, or in the page around this frame.
    const stored = () => {
      setTheme(storedTheme());
    };
    addEventListener("storage", stored);
    return () => {
      removeEventListener("storage", stored);
    };
  }, []);
  return [theme, setTheme];
}
