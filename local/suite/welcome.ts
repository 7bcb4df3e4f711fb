import { type Endpoints, functionUrl, startEndpointsFile } from "./endpoints.js";
import { createHash, randomBytes } from "node:crypto";
import { relative } from "node:path";
import { root } from "../files/paths.js";

/** The text that a developer sees once everything is running. */
export function renderWelcome(
  endpoints: Endpoints,
  { logFile, soundless }: { readonly logFile: string; readonly soundless: string | undefined },
): string {
  const { auth, firestore, livekit, hosting, spotify, stripe } = endpoints;
  const codeVerifier = randomBytes(32).toString("base64url");
  const rows: readonly (readonly [string, string])[] = [
    ...(hosting === undefined
      ? []
      : ([
          ["Open", `http://${hosting}`],
          ["Read", `http://${hosting}/docs/`],
          ["", ""],
        ] as const)),
    ["Auth", auth],
    ["Firestore", firestore],
    ["Functions", functionUrl(endpoints, "<name>")],
    ["Spotify", `http://${spotify}`],
    ["Stripe", `http://${stripe}`],
    ["LiveKit", livekit === undefined ? `none: ${soundless ?? ""}` : `ws://${livekit}`],
    ["Addresses", relative(root, startEndpointsFile)],
    ["Log", relative(root, logFile)],
    ["", ""],
    ["Sign in as", endpoints.personas.map(({ id }) => id).join(", ")],
    ["", "1. open (a code comes back in the redirect's address)"],
    ["", `   ${authorizeUrl(endpoints, codeVerifier)}`],
    [
      "",
      "2. call signInWithSpotify with {code, redirectUri, codeVerifier}: it answers with a customToken",
    ],
    ["", `   ${JSON.stringify({ redirectUri: endpoints.redirectUri, codeVerifier })}`],
    ["", "3. signInWithCustomToken against the Auth emulator"],
    ["", ""],
    ["Try next", `AMBIENT_ENDPOINTS=${relative(root, startEndpointsFile)} npm run test:flows`],
    ["", `curl http://${spotify}/__control/requests`],
    ["", "edit functions/src: changes are compiled and loaded automatically"],
    ["Stop", "Ctrl-C"],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`.trimEnd());
  return ["", "Ambient is up.", "", ...lines, ""].join("\n");
}

function authorizeUrl(
  { personas, redirectUri, spotify, spotifyClientId }: Endpoints,
  codeVerifier: string,
): string {
  const url = new URL(`http://${spotify}/authorize`);
  url.searchParams.set("response_type", "code");
  url.searchParams.set("client_id", spotifyClientId);
  url.searchParams.set("redirect_uri", redirectUri);
  url.searchParams.set("code_challenge_method", "S256");
  const challenge = createHash("sha256").update(codeVerifier).digest("base64url");
  url.searchParams.set("code_challenge", challenge);
  url.searchParams.set("persona", personas[0]?.id ?? "");
  return url.href;
}
