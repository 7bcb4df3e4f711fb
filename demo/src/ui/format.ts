import { moneyText, type Payment } from "@ambient/client";
import { locale, words } from "../words/words.js";

/** Formats 75,000 ms as 1:15. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${seconds % 60}`.padStart(2, "0");
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** The same for screen readers: "1 minute 15 seconds". */
export function spokenTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const { count } = words;
  const minutes = Math.floor(seconds / 60);
  const rest = count.seconds(seconds % 60);
  return minutes === 0 ? rest : `${count.minutes(minutes)} ${rest}`;
}

/** Formats 300 as "5 minutes", and 90 as "90 seconds". */
export function durationText(seconds: number): string {
  return seconds % 60 === 0 ? words.count.minutes(seconds / 60) : words.count.seconds(seconds);
}

export function momentText(ms: number): string {
  return dateText(ms, { weekday: "short", day: "numeric", month: "short", ...time });
}

export function timeOfDay(ms: number): string {
  return dateText(ms, time);
}

export function dayText(ms: number): string {
  return dateText(ms, { day: "numeric", month: "short", year: "numeric" });
}

const time = { hour: "numeric", minute: "2-digit" } as const;

function dateText(ms: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(ms);
}

/** Formats 1,234 as 1.2K. */
export function shortCount(count: number): string {
  return new Intl.NumberFormat(locale, { notation: "compact" }).format(count);
}

/** Formats 0.4 as 40%. */
export function percentText(share: number): string {
  return new Intl.NumberFormat(locale, { style: "percent" }).format(share);
}

export function amountText(money: Pick<Payment, "amount" | "currency">): string {
  return moneyText(money, locale);
}
