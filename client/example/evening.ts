/**
 * An evening on Ambient, from sign-in to the end of a show, against the local suite (`npm start`). `npm run
 * test:pack` runs it as an app would: in an empty project, with the packed package installed.
 */
import {
  AmbientError,
  authorizeSpotify,
  createAmbient,
  messageFor,
  readRedirect,
  type Ambient,
  type Observable,
} from "@ambient/client";
import { initializeApp } from "firebase/app";
import { connectAuthEmulator, getAuth } from "firebase/auth";
import { connectFirestoreEmulator, getFirestore } from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions } from "firebase/functions";
import { readFile } from "node:fs/promises";

/** The part of `.local/endpoints.json` that an app needs. */
interface Suite {
  projectId: string;
  region: string;
  auth: string;
  firestore: string;
  functions: string;
  spotify: string;
  spotifyClientId: string;
  redirectUri: string;
}

const text = await readFile(process.env.AMBIENT_ENDPOINTS ?? ".local/endpoints.json", "utf8");
// oxlint-disable-next-line typescript/no-unsafe-assignment -- the suite wrote it
const suite: Suite = JSON.parse(text);

/** An app on one phone. A production app omits the four lines for the emulators. */
function openPhone(name: string): Ambient {
  const app = initializeApp({ projectId: suite.projectId, apiKey: "local", appId: "local" }, name);
  const functions = getFunctions(app, suite.region);
  connectAuthEmulator(getAuth(app), `http://${suite.auth}`, { disableWarnings: true });
  connectFunctionsEmulator(functions, ...hostAndPort(suite.functions));
  return createAmbient({
    app,
    functions,
    openFirestore() {
      const firestore = getFirestore(app);
      connectFirestoreEmulator(firestore, ...hostAndPort(suite.firestore));
      return firestore;
    },
    serverTimeUrl: `http://${suite.functions}/${suite.projectId}/${suite.region}/serverTime`,
    callTimeoutMs: 120_000,
  });
}

/** What a person does in the browser. The local Spotify redirects at once, without a page. */
async function signIn(ambient: Ambient, persona: string): Promise<string> {
  const authorization = await authorizeSpotify({
    clientId: suite.spotifyClientId,
    redirectUri: suite.redirectUri,
    authorizeUrl: `http://${suite.spotify}/authorize`,
  });
  const page = await fetch(`${authorization.url}&persona=${persona}`, { redirect: "manual" });
  const redirect = page.headers.get("location") ?? "";
  const { uid } = await ambient.account.signIn(readRedirect(redirect, authorization));
  return uid;
}

/** The first value that matches. */
function first<Value>(source: Observable<Value>, matches: (value: Value) => boolean) {
  return new Promise<Value>((resolve, reject) => {
    source.subscribe((value) => {
      if (matches(value)) resolve(value);
    }, reject);
  });
}

function hostAndPort(address: string): [host: string, port: number] {
  const { hostname, port } = new URL(`http://${address}`);
  return [hostname, Number(port)];
}

const [creator, listener] = [openPhone("creator"), openPhone("listener")];
await signIn(creator, "creator-ben");
const listenerUid = await signIn(listener, "listener-dan");

const showId = await creator.shows.create({ title: "Night drive" });
await listener.join(showId).catch((error: unknown) => {
  if (!(error instanceof AmbientError)) throw error;
  console.log(`${error.reason}: ${messageFor(error.reason)}`);
});

const stage = await creator.start(showId);
const show = await listener.join(showId);
console.log(`joined ${show.details.current.title} as ${show.me.current.role}`);

await show.stage.ask("Hello from the audience");
const [request] = await first(stage.stage.requests(), (requests) => requests.length > 0);
await stage.stage.decide(request?.uid ?? listenerUid, "accept");
await first(show.me, ({ role }) => role === "speaker");
console.log("on stage");

await show.comments.send("What a song!");
const [comment] = await first(stage.comments.latest, (comments) => comments.length > 0);
console.log(`${comment?.author.displayName ?? ""}: ${comment?.text ?? ""}`);

const { comments } = await stage.end();
await first(show.presence, ({ kind }) => kind === "over");
console.log(`over, with ${comments} comment`);

await Promise.all([creator.account.signOut(), listener.account.signOut()]);
process.exit();
