import { z } from "zod";
import { timestamp, userId } from "../contract.js";

/** What one may do in a show, from most to least. A *host* is the creator or a cohost. */
export const role = z.enum(["creator", "cohost", "speaker", "listener"]);
export type Role = z.infer<typeof role>;

/** `shows/{showId}/speakRequests/{uid}`: one person's wish to speak, and what became of it. */
export const speakRequestDocument = z.object({
  uid: userId,
  status: z.enum(["pending", "cancelled", "accepted", "rejected"]),
  message: z.string().max(140).default(""),
  createdAt: timestamp,
  decidedAt: timestamp.nullable().default(null),
  decidedBy: userId.nullable().default(null),
});
export type SpeakRequestDocument = z.infer<typeof speakRequestDocument>;

/** `shows/{showId}/bans/{uid}`: who may not come back. */
export const banDocument = z.object({
  uid: userId,
  by: userId,
  at: timestamp,
  reason: z.string().nullable(),
});
export type BanDocument = z.infer<typeof banDocument>;
