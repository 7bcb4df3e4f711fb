import type { Response } from "./bothProtocols.js";
import type { FcmState } from "./state.js";

/** For a page that stands for a phone: each message of its token as a server-sent event. */
export function streamMessages(
  state: FcmState,
  token: string,
  response: Response,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
  response.write(":\n\n");
  const unfollow = state.follow((message) => {
    if (message.token === token) response.write(`data: ${JSON.stringify(message)}\n\n`);
  });
  response.once("close", unfollow);
}
