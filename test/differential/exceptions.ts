import { Timestamp, type DocumentData } from "firebase/firestore";
import { isArray } from "../../local/files/json.js";
import { anHourAgo, newDraft, now } from "../support/rules/builders.js";
import type { Exception } from "./subject.js";
import { offeredTags } from "./subjects.js";

const hasUnknownTag = ({ tags }: DocumentData): boolean =>
  isArray(tags) && tags.some((tag) => !offeredTags.some((offered) => offered === tag));

/** Intended differences between rules and contract. An exception that no write uses fails the test. */
export const exceptions: readonly Exception[] = [
  {
    subject: "draft",
    accepts: "contract",
    reason: "The service's tags are in a document that a schema cannot read.",
    covers: hasUnknownTag,
    example: newDraft({ tags: ["polka"] }),
  },
  {
    subject: "announced show",
    accepts: "contract",
    reason: "As for a draft.",
    covers: hasUnknownTag,
    example: { tags: ["polka"], updatedAt: now() },
  },
  {
    subject: "announced show",
    accepts: "contract",
    reason: "A schema does not know the time. A show cannot be announced for the past.",
    covers: ({ status, scheduledFor }) =>
      status !== "draft" &&
      (scheduledFor === null ||
        (scheduledFor instanceof Timestamp && scheduledFor.toMillis() < Date.now())),
    example: { scheduledFor: anHourAgo(), updatedAt: now() },
  },
];
