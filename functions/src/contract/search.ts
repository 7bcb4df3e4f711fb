import { z } from "zod";
import { personCard, timestamp, userId } from "./fields.js";

const prefixes = z.array(z.string());

const searchedStatus = z.enum(["live", "scheduled", "ended"]);
export type SearchedStatus = z.infer<typeof searchedStatus>;

/** The order of search results: live, upcoming, ended. */
export const searchRank = { live: 0, scheduled: 1, ended: 2 } as const satisfies Record<
  SearchedStatus,
  number
>;

/**
 * `showSearch/{showId}`: a public show as a search finds and shows it. It is a separate document, so that lists of shows do not
 * download the beginnings of words, and a result costs one read.
 */
export const showSearchDocument = z.object({
  creatorUid: userId.meta({ data: "searched" }),
  creator: personCard.meta({ data: "searched" }),
  title: z.string().meta({ data: "searched" }),
  status: searchedStatus.meta({ data: "searched" }),
  /** As `searchRank` has it. */
  rank: z.int().nonnegative().meta({ data: "searched" }),
  /** When it started, or is to start. */
  at: timestamp.meta({ data: "searched" }),
  /** The beginnings of the words of the title and of the creator's name, as `searchPrefixesOf` makes them. */
  prefixes: prefixes.meta({ data: "searched" }),
});
export type ShowSearchDocument = z.infer<typeof showSearchDocument>;

/** `creatorSearch/{uid}`: a person with a public show, as a search by name finds them. */
export const creatorSearchDocument = personCard.extend({
  followerCount: z.int().nonnegative().meta({ data: "profile" }),
  prefixes: prefixes.meta({ data: "card" }),
});
export type CreatorSearchDocument = z.infer<typeof creatorSearchDocument>;
