import { z } from "zod";

/** What of the running suite a page needs: the dev server tells it. */
const suite = z.object({
  projectId: z.string(),
  region: z.string(),
  auth: z.string(),
  firestore: z.string(),
  functions: z.string(),
  spotify: z.string(),
  spotifyClientId: z.string(),
  personas: z.array(
    z.object({ id: z.string(), displayName: z.string().nullable(), product: z.string() }),
  ),
});
export type Suite = z.infer<typeof suite>;
export type Persona = Suite["personas"][number];

export async function readSuite(): Promise<Suite> {
  const answer = await fetch("/endpoints.json");
  return suite.parse(await answer.json());
}
