import type { NotificationDocument } from "../contract/notifications.js";

type Announced = Pick<NotificationDocument, "kind" | "title" | "creator" | "scheduledFor">;
interface Words {
  readonly title: string;
  readonly body: string;
}
type Writer = (creator: string, title: string, when: string) => Words;

/** By language, then by kind. A language without words gets English. */
const catalogue: Readonly<Record<string, Readonly<Record<Announced["kind"], Writer>>>> = {
  en: {
    live: (creator, title) => ({ title: `${creator} is live`, body: title }),
    moved: (creator, title, when) => ({
      title: `${creator} moved a show`,
      body: `${title} now starts ${when}.`,
    }),
    cancelled: (creator, title) => ({
      title: `${creator} cancelled a show`,
      body: `${title} will not take place.`,
    }),
    invited: (creator, title) => ({
      title: "You are invited to the stage",
      body: `${creator}: ${title}`,
    }),
  },
  de: {
    live: (creator, title) => ({ title: `${creator} ist live`, body: title }),
    moved: (creator, title, when) => ({
      title: `${creator} hat eine Show verschoben`,
      body: `${title} beginnt jetzt ${when}.`,
    }),
    cancelled: (creator, title) => ({
      title: `${creator} hat eine Show abgesagt`,
      body: `${title} findet nicht statt.`,
    }),
    invited: (creator, title) => ({
      title: "Du bist auf die Bühne eingeladen",
      body: `${creator}: ${title}`,
    }),
  },
};

/** A notification's words in a device's language, with times in its owner's time zone. */
export function wordsFor(announced: Announced, language: string, timeZone: string): Words {
  const spoken = language.toLowerCase().split("-")[0] ?? "";
  const known = Object.hasOwn(catalogue, spoken) ? spoken : "en";
  const writer = catalogue[known]?.[announced.kind];
  if (!writer) throw new Error(`no words for ${announced.kind}`);
  const { creator, title, scheduledFor } = announced;
  const when = scheduledFor === null ? "" : moment(scheduledFor.toMillis(), known, timeZone);
  return writer(creator.displayName, title, when);
}

function moment(millis: number, language: string, timeZone: string): string {
  const options = { dateStyle: "medium", timeStyle: "short", timeZone } as const;
  const text = new Intl.DateTimeFormat(language, options).format(millis);
  // Where nobody knows the person's time zone, the text says which one it means.
  return timeZone === "UTC" ? `${text} UTC` : text;
}
