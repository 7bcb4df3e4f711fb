import { AsyncLocalStorage } from "node:async_hooks";
import httpManager from "spotify-web-api-node/src/http-manager.js";

/** The settings of one exchange with Spotify that spotify-web-api-node has no options for. */
export interface Exchange {
  accountsUrl: string;
  apiUrl: string;
  /** Milliseconds after which the exchange counts as unanswered. */
  timeoutMs: number;
  /** Form fields in addition to the library's own, which do not cover PKCE. */
  form?: Record<string, string>;
  /** Below `/v1`, in place of the library's own: Spotify has renamed what it calls. */
  path?: string;
}

/** Spotify's answer, whatever its status. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

const ACCOUNTS_ORIGIN = "https://accounts.spotify.com";
const API_ORIGIN = "https://api.spotify.com/v1";
const MAX_RESPONSE_BYTES = 5_000_000;

// The library's calls share one module-wide HTTP function and take no options, so the settings of one exchange are
// passed beside the call. Simultaneous exchanges share nothing.
const current = new AsyncLocalStorage<Exchange>();

httpManager._makeRequest = (method, options, uri, done) => {
  const exchange = current.getStore();
  if (!exchange) {
    done(new Error("Spotify is called through the gateway only"));
    return;
  }
  const request = method(rebase(uri, exchange))
    // Every status is an answer, for the gateway to judge: the library's errors quote the body.
    .ok(() => true)
    .timeout({ deadline: exchange.timeoutMs })
    .redirects(0)
    .maxResponseSize(MAX_RESPONSE_BYTES)
    .buffer(true)
    .parse(readLeniently);
  if (options.query) request.query(options.query);
  if (options.headers) request.set(options.headers);
  if (options.data !== undefined) {
    request.send(
      typeof options.data === "string" ? options.data : { ...options.data, ...exchange.form },
    );
  }
  request.end((error, response) => {
    if (error) done(error);
    else
      done(null, {
        body: response.body,
        headers: response.headers,
        statusCode: response.statusCode,
      });
  });
};

/**
 * Runs one call of spotify-web-api-node as this exchange. Resolves to the answer, or to undefined if there was none:
 * the connection was refused or cut, the answer was too slow, or it was not valid HTTP and JSON.
 */
export async function exchangeWithSpotify(
  exchange: Exchange,
  call: () => Promise<{ body: unknown; headers?: Record<string, string>; statusCode: number }>,
): Promise<Answer | undefined> {
  try {
    const { body, headers, statusCode } = await current.run(exchange, call);
    const isReadable = body !== UNREADABLE;
    if (statusCode < 300 && !isReadable) return undefined;
    return { status: statusCode, headers: headers ?? {}, body: isReadable ? body : undefined };
  } catch {
    // The error may contain the request, and so a token: it is not passed on.
    return undefined;
  }
}

/** An error's body is often not JSON; its status still counts. */
const UNREADABLE = Symbol("unreadable");

function readLeniently(
  response: NodeJS.ReadableStream,
  done: (error: Error | null, body: unknown) => void,
): void {
  let text = "";
  response.setEncoding("utf8");
  response.on("data", (chunk) => {
    text += String(chunk);
  });
  response.on("end", () => {
    try {
      done(null, JSON.parse(text));
    } catch {
      done(null, UNREADABLE);
    }
  });
}

function rebase(uri: string, exchange: Exchange): string {
  if (uri.startsWith(ACCOUNTS_ORIGIN)) {
    return exchange.accountsUrl + uri.slice(ACCOUNTS_ORIGIN.length);
  }
  if (uri.startsWith(API_ORIGIN)) {
    return exchange.apiUrl + (exchange.path ?? uri.slice(API_ORIGIN.length));
  }
  throw new Error("spotify-web-api-node calls a host that the gateway does not know");
}
