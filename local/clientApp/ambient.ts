import { openAmbient, type Ambient } from "../../client/src/ambient.js";
import { deviceClock, type LocalClock } from "../../client/src/clock/localClock.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import type { Endpoints } from "../suite/endpoints.js";
import { openApp, type App } from "./app.js";
import { authorizeAt } from "./signIn.js";

/** The client package on one phone, connected to the running suite. */
export interface Phone {
  readonly ambient: Ambient;
  /** The Firebase app under the package, for requests that the package would not make. */
  readonly app: App;
  readonly uid: string;
  close(): Promise<void>;
}

/** Opens a persona's phone and signs in through the local Spotify. */
export async function phoneOf(
  endpoints: Endpoints,
  persona: string,
  sdk: FirebaseSdk = firebaseJs,
  local: LocalClock = deviceClock,
): Promise<Phone> {
  const app = openApp(endpoints);
  const ambient = openAmbient({ ...app.firebase, sdk, local });
  const { uid } = await ambient.account.signIn(await authorizeAt(endpoints, persona));
  return {
    ambient,
    app,
    uid,
    async close() {
      ambient.close();
      await app.close();
    },
  };
}
