import { messageFor } from "@ambient/client";
import { english, type Words } from "./english.js";

/** The texts in the chosen language. Read them while rendering, because the choice comes after the modules load. */
export let words: Words = english;

/** The chosen language with the person's region, such as "en-GB", for dates, numbers and prices. */
export let locale = "en";

/** Chooses the first of the browser's languages that has a catalogue; otherwise English. */
export async function chooseWords(languages: readonly string[]): Promise<void> {
  const languageOf = (tag: string) => tag.toLowerCase().split("-", 1)[0];
  locale = languages.find((tag) => ["en", "de"].includes(languageOf(tag) ?? "")) ?? "en";
  // English pages do not load the German texts.
  words = languageOf(locale) === "de" ? (await import("./german.js")).german : english;
}

/** The message for a reason, in the chosen language. */
export function messageOf(reason: Parameters<typeof messageFor>[0]): string {
  return messageFor(reason, words.errors);
}
