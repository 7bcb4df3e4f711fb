import { z } from "zod";

/** The part of the running suite that a page needs, from the dev server. */
const suite = z.object({
  projectId: z.string(),
  region: z.string(),
  auth: z.string(),
  firestore: z.string(),
  functions: z.string(),
  spotify: z.string(),
  fcm: z.string(),
  spotifyClientId: z.string(),
  personas: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullable(),
      product: z.string(),
      /** Whether Spotify answers the app for this user. */
      allowed: z.boolean(),
    }),
  ),
});
export type Suite = z.infer<typeof suite>;
export type Persona = Suite["personas"][number];

export async function readSuite(): Promise<Suite> {
  const answer = await fetch("/endpoints.json");
  return suite.parse(await answer.json());
}
