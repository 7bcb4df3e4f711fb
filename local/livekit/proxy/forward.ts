import { type IncomingMessage, request } from "node:http";
import type { Answer } from "../../http/answer.js";
import type { PassingRequest } from "./passingRequest.js";

/** Headers that belong to one connection rather than to the message. */
const hopByHop = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Forwards a request with its bytes unchanged and returns the answer. Rejects if there is none. */
export function forward(target: URL, { method, rawHeaders, body }: PassingRequest) {
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request(
      {
        host: target.hostname,
        port: target.port,
        path: target.pathname,
        method,
        headers: [
          "Host",
          target.host,
          ...endToEnd(rawHeaders),
          "Content-Length",
          `${body.length}`,
          "Connection",
          "close",
        ],
        // A kept-alive connection could belong to the server that was killed.
        agent: false,
      },
      (incoming) => {
        answerOf(incoming).then(resolve, reject);
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function endToEnd(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)];
    return name !== undefined && !hopByHop.has(name.toLowerCase());
  });
}

async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    value === undefined || hopByHop.has(name) ? [] : [[name, [value].flat().join(", ")] as const],
  );
  return {
    status: incoming.statusCode ?? 502,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
