import { Platform, useColorScheme } from "react-native";

const light = {
  page: Platform.select({ ios: "#f2f2f7", default: "#f6f5f9" }),
  card: "#ffffff",
  text: "#17151f",
  muted: "#5d5970",
  line: "#dedce6",
  accent: "#5b3fd6",
  onAccent: "#ffffff",
  accentSoft: "#ece8fd",
  danger: "#b3261e",
  dangerSoft: "#fbe9e7",
  live: "#c2185b",
};

export type Theme = typeof light;

const dark: Theme = {
  page: Platform.select({ ios: "#000000", default: "#121018" }),
  card: "#1d1a26",
  text: "#f4f2fa",
  muted: "#b0abc4",
  line: "#35303f",
  accent: "#b3a1ff",
  onAccent: "#1b1236",
  accentSoft: "#2d2549",
  danger: "#ffb4ab",
  dangerSoft: "#3d1f1d",
  live: "#ff7aa8",
};

export function useTheme(): Theme {
  return useColorScheme() === "dark" ? dark : light;
}

/** The smallest height of what a finger touches. */
export const TOUCH = Platform.select({ android: 48, default: 44 });
