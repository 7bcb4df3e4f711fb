import { z } from "zod";

const installed = z.object({ token: z.string() });
const message = z.object({
  title: z.string(),
  body: z.string(),
  data: z.object({ showId: z.string() }).loose(),
});
export type PushedMessage = z.infer<typeof message>;

/*
 * Stands for `firebase/messaging`, which needs Google's servers: this page registers at the local FCM, and receives
 * its messages as server-sent events.
 */

/** This tab's registration token, kept over a reload. */
export async function registrationToken(fcm: string, uid: string): Promise<string> {
  const key = `ambient-device-${uid}`;
  const kept = sessionStorage.getItem(key);
  if (kept !== null) return kept;
  const answer = await fetch(`http://${fcm}/__control/apps`, { method: "POST" });
  const { token } = installed.parse(await answer.json());
  sessionStorage.setItem(key, token);
  return token;
}

/** Calls `receive` for each message to this page, until the returned function is called. */
export function receiveMessages(
  fcm: string,
  token: string,
  receive: (message: PushedMessage) => void,
): () => void {
  const source = new EventSource(
    `http://${fcm}/__control/stream?token=${encodeURIComponent(token)}`,
  );
  source.addEventListener("message", ({ data }) => {
    const read = message.safeParse(JSON.parse(String(data)));
    if (read.success) receive(read.data);
  });
  return () => {
    source.close();
  };
}
