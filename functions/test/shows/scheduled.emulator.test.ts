import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { runSchedules } from "../../../local/scheduler/scheduler.js";
import { hostAndPort, type Endpoints } from "../../../local/suite/endpoints.js";
import { functionsParams, provideSecrets } from "../../../local/suite/functionsEnvironment.js";
import { runningSuite } from "../../../test/support/suite.js";
import { participantRef } from "../../src/collections.js";
import { firestore, participantIn, showIn, somebody } from "../support/backstage.js";

describe("the scheduled functions, run here", () => {
  const environmentFor = async ({ spotify, livekit, livekitControl }: Endpoints) => {
    const portOf = (address: string) => hostAndPort(address)[1];
    const sound = livekit !== undefined && livekitControl !== undefined;
    const ports = {
      spotify: portOf(spotify),
      livekit: sound ? portOf(livekit) : 0,
      livekitProxy: sound ? portOf(livekitControl) : 0,
      // Nobody signs in here.
      hosting: 0,
    };
    const { livekitApiSecret } = await provideSecrets();
    return {
      ...functionsParams(ports, { audienceIntervalSeconds: 1, sound }),
      LIVEKIT_API_SECRET: livekitApiSecret,
    };
  };

  it("find out who is gone without anybody having told, with sound and without", async () => {
    const endpoints = await runningSuite();
    const environment = await environmentFor(endpoints);
    const longAgo = Timestamp.fromMillis(Date.now() - 600_000);
    for (const silent of [{ AUDIO_PROVIDER: "none" }, {}]) {
      const [ada, dan, eve] = [await somebody("Ada"), await somebody("Dan"), await somebody("Eve")];
      const showId = await showIn("live", ada);
      await participantIn(showId, dan, { joinedAt: longAgo });
      await participantIn(showId, eve, { joinedAt: longAgo });
      await firestore.doc(`shows/${showId}/activity/${eve.uid}`).set({ seenAt: Timestamp.now() });
      const stateOf = async (uid: string) =>
        (await participantRef(firestore, showId, uid).get()).data()?.state;
      // The first look makes a room that is gone; only one that stands speaks against anybody.
      // Other tests leave shows that no server can read: it says so, having gone over the rest.
      await runSchedules(endpoints, { ...environment, ...silent }).catch((error: unknown) => {
        assert.match(String(error), /some shows were not gone over/);
      });
      const expected = "AUDIO_PROVIDER" in silent ? "left" : "present";
      assert.deepEqual([await stateOf(dan.uid), await stateOf(eve.uid)], [expected, "present"]);
    }
    // Each look starts a process of its own: on a busy machine two of them take long.
  }).timeout(90_000);
});
