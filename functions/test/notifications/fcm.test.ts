import assert from "node:assert/strict";
import type { FcmErrorCode } from "../../../local/fcm/control.js";
import type { PushMessage, PushOutcome } from "../../src/ports/pushSender.js";
import { localMessaging, type LocalMessaging } from "../support/messaging.js";

const messageTo = (token: string, changes: Partial<PushMessage> = {}): PushMessage => ({
  token,
  title: "Ada is live",
  body: "Night drive",
  data: { kind: "live", showId: "a-show" },
  collapseKey: "a-show",
  ttlSeconds: 900,
  ...changes,
});

describe("Firebase Cloud Messaging", () => {
  let fcm: LocalMessaging;
  before(async () => {
    fcm = await localMessaging();
  });
  after(() => fcm.close());
  beforeEach(() => fcm.clearFaults());

  it("gets each message once, for its device, and says what has arrived", async () => {
    const tokens = await Promise.all(Array.from({ length: 500 }, () => fcm.installApp()));
    const before = await fcm.requests();
    const { outcomes } = await fcm.push.send(tokens.map((token) => messageTo(token)));
    assert.deepEqual(new Set(outcomes), new Set(["sent"]));
    assert.equal((await fcm.requests()) - before, 500);
    const [first = ""] = tokens;
    assert.deepEqual(await fcm.messages(first), [
      {
        token: first,
        title: "Ada is live",
        body: "Night drive",
        data: { kind: "live", showId: "a-show" },
        collapseKey: "a-show",
      },
    ]);
    assert.deepEqual((await fcm.push.send([])).outcomes, []);
    const late = await fetch(
      `${fcm.url}/__control/messages?token=${encodeURIComponent(first)}&atLeast=2&withinMs=5`,
    );
    assert.equal(late.status, 504);
    assert.match(await late.text(), /not 2 messages.*Ada is live/);
  });

  it("says which tokens are gone, which messages may come later, and which never arrive", async () => {
    // The SDK itself repeats what is UNAVAILABLE, for seven seconds.
    const expected: readonly (readonly [FcmErrorCode, PushOutcome])[] = [
      ["UNREGISTERED", "gone"],
      ["SENDER_ID_MISMATCH", "gone"],
      // The operator took the permission away, or switched the API off: the tokens are good.
      ["PERMISSION_DENIED", "later"],
      ["QUOTA_EXCEEDED", "later"],
      ["INTERNAL", "later"],
      ["THIRD_PARTY_AUTH_ERROR", "later"],
      ["INVALID_ARGUMENT", "refused"],
    ];
    const good = await fcm.installApp();
    const bad = await Promise.all(
      expected.map(async ([errorCode]) => {
        const token = await fcm.installApp();
        await fcm.fail({ errorCode, token, times: 10 });
        return token;
      }),
    );
    const { outcomes } = await fcm.push.send([...bad, good].map((token) => messageTo(token)));
    assert.deepEqual(outcomes, [...expected.map(([, outcome]) => outcome), "sent"]);
  });

  it("is asked again after a short pause that it asks for, and a longer one is reported", async () => {
    const [soon, later] = await Promise.all([fcm.installApp(), fcm.installApp()]);
    await fcm.fail({ errorCode: "UNAVAILABLE", token: soon, times: 1, retryAfterSeconds: 1 });
    await fcm.fail({ errorCode: "QUOTA_EXCEEDED", token: later, times: 1, retryAfterSeconds: 300 });
    const answer = await fcm.push.send([soon, later].map((token) => messageTo(token)));
    assert.deepEqual(answer, { outcomes: ["sent", "later"], retryAfterMs: 300_000 });
  });

  it("gets the messages later when it cannot be reached", async () => {
    const gone = await localMessaging();
    const token = await gone.installApp();
    await gone.stopServer();
    assert.deepEqual((await gone.push.send([messageTo(token)])).outcomes, ["later"]);
    await gone.close();
  });

  it("refuses a message that is too long, and knows neither a malformed token nor one of an app that is gone", async () => {
    const [token, uninstalled] = await Promise.all([fcm.installApp(), fcm.installApp()]);
    await fcm.uninstallApp(uninstalled);
    const { outcomes } = await fcm.push.send([
      messageTo(token, { body: "x".repeat(5_000) }),
      messageTo("malformed"),
      messageTo(uninstalled),
    ]);
    assert.deepEqual(outcomes, ["refused", "gone", "gone"]);
    assert.deepEqual(await fcm.messages(token), []);
  });

  it("refuses a request without an access token, or with a field that HTTP v1 does not know", async () => {
    const token = await fcm.installApp();
    const send = async (body: object, headers: Record<string, string>) => {
      const url = `${fcm.url}/v1/projects/demo-ambient/messages:send`;
      return (await fetch(url, { method: "POST", body: JSON.stringify(body), headers })).status;
    };
    const signed = { authorization: "Bearer local" };
    assert.equal(await send({ message: { token } }, {}), 401);
    assert.equal(await send({ message: { token, colour: "red" } }, signed), 400);
    assert.equal(await send({ message: { token, data: { a: "x".repeat(70_000) } } }, signed), 413);
    assert.equal(await send({ message: { token } }, signed), 200);
  });
});
