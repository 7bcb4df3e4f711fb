import type { NotificationSettings, QuietHours } from "../contract/notifications.js";

/** The person's time zone; UTC if it is not known to this version of Node. */
export function knownTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}

/** What a person's settings say about a push at `now`, in ms since the epoch. */
export function mayPush(
  { push, quietHours, timeZone, sent }: NotificationSettings,
  now: number,
  dailyCap: number,
): boolean {
  if (!push) return false;
  if (quietHours && isQuiet(quietHours, minuteOfDay(now, timeZone))) return false;
  return sentOn(dayOf(now), sent) < dailyCap;
}

/** One more push on the day of `now`. */
export function oneMoreSent(
  sent: NotificationSettings["sent"],
  now: number,
): NonNullable<NotificationSettings["sent"]> {
  const day = dayOf(now);
  return { day, count: sentOn(day, sent) + 1 };
}

function sentOn(day: string, sent: NotificationSettings["sent"]): number {
  return sent?.day === day ? sent.count : 0;
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** From 22:00 until 07:00 lasts over midnight. Equal ends mean no quiet hours. */
function isQuiet({ from, until }: QuietHours, minute: number): boolean {
  return from <= until ? from <= minute && minute < until : from <= minute || minute < until;
}

function minuteOfDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
    timeZone: knownTimeZone(timeZone),
  }).formatToParts(now);
  const part = (type: "hour" | "minute") =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  return part("hour") * 60 + part("minute");
}
