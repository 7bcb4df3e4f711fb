import { deleteApp, type FirebaseApp, initializeApp } from "firebase/app";
import { CustomProvider, initializeAppCheck } from "firebase/app-check";
import { inMemoryPersistence, initializeAuth, signInWithCustomToken } from "firebase/auth";
import { getFirestore } from "firebase/firestore";
import { getFunctions } from "firebase/functions";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { openAmbient } from "../../client/src/ambient.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import { REGION } from "../../functions/src/contract/region.js";
import type { Edges } from "../edges.js";
import { firebaseApps, project, signedJwt, webAppConfig } from "../google/answers.js";
import { functionUrl } from "../google/functions.js";
import { Google } from "../google/google.js";
import type { Target } from "../target.js";
import type { SmokePhone, SmokeSite } from "./smoke.js";

/** Two accounts that signed in to the app once and accepted its terms: their uids, separated by a comma. */
export const ACCOUNTS_VARIABLE = "AMBIENT_SMOKE_ACCOUNTS";

/** A debug token of the project's web app: https://firebase.google.com/docs/app-check/web/debug-provider#ci */
export const DEBUG_TOKEN_VARIABLE = "AMBIENT_SMOKE_APP_CHECK_TOKEN";

/** A deployed project, with two test accounts. */
export async function deployedSite(edges: Edges, target: Target): Promise<SmokeSite> {
  const { projectId, settings } = target;
  return {
    functionUrl: (name) => functionUrl(projectId, name),
    shareUrl: (showId) => `${settings.appUrl}/s/${showId}`,
    people: await peopleOf(edges, target),
  };
}

async function peopleOf(edges: Edges, target: Target): Promise<SmokeSite["people"]> {
  const debugToken = edges.environment[DEBUG_TOKEN_VARIABLE] ?? "";
  if (target.settings.appCheck === "enforce" && debugToken === "") {
    return { skipped: `APP_CHECK=enforce needs a debug token in ${DEBUG_TOKEN_VARIABLE}` };
  }
  const named = edges.environment[ACCOUNTS_VARIABLE] ?? "";
  const [host, guest] = named.split(",").map((uid) => uid.trim());
  if (!host || !guest) {
    return {
      skipped: `${ACCOUNTS_VARIABLE} does not name two accounts, such as spotify_a,spotify_b`,
    };
  }
  const google = new Google(edges, target.projectId);
  const config = await configOf(google);
  if (!config) return { skipped: "the project has no web app: npx firebase apps:create WEB" };
  const open = async (uid: string) =>
    openPhone(config, uid, await customToken(edges, google, uid), debugToken);
  return { openHost: () => open(host), openGuest: () => open(guest) };
}

type Config = z.infer<typeof webAppConfig>;

async function configOf(google: Google): Promise<Config | undefined> {
  const path = `/v1beta1/projects/${google.projectId}`;
  const pages = await google.list(firebaseApps, "firebase", `${path}:searchApps`);
  const app = pages.flatMap(({ apps }) => apps).find(({ platform }) => platform === "WEB");
  return app && google.get(webAppConfig, "firebase", `${path}/webApps/${app.appId}/config`);
}

/** Signed by the functions' own service account. https://firebase.google.com/docs/auth/admin/create-custom-tokens */
async function customToken(edges: Edges, google: Google, uid: string): Promise<string> {
  const { name } = await google.get(
    project,
    "cloudresourcemanager",
    `/v3/projects/${google.projectId}`,
  );
  const account = `${name.replace("projects/", "")}-compute@developer.gserviceaccount.com`;
  const seconds = Math.floor(edges.now() / 1_000);
  const payload = JSON.stringify({
    iss: account,
    sub: account,
    aud: "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit",
    iat: seconds,
    exp: seconds + 300,
    uid,
  });
  const path = `/v1/projects/-/serviceAccounts/${account}:signJwt`;
  return (await google.send(signedJwt, "POST", "iamcredentials", path, { payload })).signedJwt;
}

/** Lets an app send App Check tokens, which Firebase's SDK gets for the debug token. */
export function useDebugToken(app: FirebaseApp, debugToken: string): void {
  Object.assign(globalThis, { FIREBASE_APPCHECK_DEBUG_TOKEN: debugToken });
  const neverAsked = () => Promise.reject(new Error("the debug token was not used"));
  initializeAppCheck(app, { provider: new CustomProvider({ getToken: neverAsked }) });
}

async function openPhone(
  config: Config,
  uid: string,
  token: string,
  debugToken: string,
): Promise<SmokePhone> {
  const app = initializeApp(config, randomUUID());
  if (debugToken !== "") useDebugToken(app, debugToken);
  const auth = initializeAuth(app, { persistence: inMemoryPersistence });
  await signInWithCustomToken(auth, token);
  const ambient = openAmbient({
    sdk: firebaseJs,
    auth,
    functions: getFunctions(app, REGION),
    openFirestore: () => getFirestore(app),
    serverTimeUrl: functionUrl(config.projectId, "serverTime"),
  });
  return {
    ambient,
    uid,
    async close() {
      ambient.close();
      await deleteApp(app);
    },
  };
}
