import assert from "node:assert/strict";
import { runningSuite } from "../support/suite.js";
import { Fuzz } from "./fuzz.js";
import { sendHttp } from "./send.js";
import { signatureOf } from "./signature.js";
import { everythingStored, strayDocuments } from "./stored.js";

/** A sample; `npm run test:fuzz` sends 10,000. */
const PAYLOADS = 100;

describe("random payloads", () => {
  it("get answers within the contract, and store nothing outside it", async () => {
    const fuzz = new Fuzz({ endpoints: await runningSuite(), payloads: PAYLOADS, seed: 1 });
    const scene = await fuzz.setScene();
    await fuzz.sendInvalid(scene);
    await fuzz.sendValid(scene);
    assert.deepEqual(fuzz.faults, []);
    assert.equal(fuzz.sent, PAYLOADS);
    const ids = fuzz.scenes.flatMap(({ ids }) => Object.values(ids).filter((id) => id.length > 30));
    const theirs = [...(await everythingStored())].filter(([path]) =>
      ids.some((id) => path.includes(id)),
    );
    assert.ok(theirs.length > PAYLOADS / 4);
    // Other tests run at the same time, and some store invalid documents on purpose.
    assert.deepEqual(strayDocuments(new Map(theirs)), []);
  });

  for (const [path, refusal] of [
    ["audioWebhook", 401],
    ["stripeWebhook", 400],
  ] as const) {
    it(`carry a signature that ${path} accepts for their body, and for no other`, async () => {
      const endpoints = await runningSuite();
      const body = '{"id":"evt_1","event":"room_started"}';
      const headers = { "content-type": "application/json", ...(await signatureOf(path, body)) };
      const send = (sent: string) =>
        sendHttp(endpoints, path, { method: "POST", headers, body: sent });
      assert.equal((await send(body)).status, 200);
      assert.equal((await send(`${body} `)).status, refusal);
    });
  }
});
