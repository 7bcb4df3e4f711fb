import assert from "node:assert/strict";
import { answerBytes, useProxy, webhookBody } from "./support.js";

const UPDATE = "/twirp/livekit.RoomService/UpdateParticipant";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.c2VjcmV0LXNpZ25hdHVyZQ";

describe("the proxy around LiveKit", () => {
  const proxy = useProxy();
  const call = (room = "show-1", identity = "eve", method = UPDATE) =>
    fetch(proxy().url + method, {
      method: "POST",
      headers: { "authorization": `Bearer ${TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({ room, identity }),
    });
  const hook = (event: string, identity = "eve") =>
    fetch(`${proxy().url}/webhook`, {
      method: "POST",
      headers: { "authorization": TOKEN, "content-type": "application/webhook+json" },
      body: webhookBody(event, identity),
    });
  const heard = () =>
    proxy()
      .webhook.bodies()
      .map((body) => /"event":"(\w+)"/.exec(body)?.[1]);

  it("forwards the functions' calls to LiveKit and the answer back without changing a byte", async () => {
    const body = Buffer.from([10, 255, 0, 34, 200, 13]);
    const response = await fetch(proxy().url + UPDATE, {
      method: "POST",
      headers: { "authorization": `Bearer ${TOKEN}`, "content-type": "application/protobuf" },
      body,
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("x-from"), "stand-in");
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), answerBytes);
    const [arrival] = proxy().livekit.arrivals;
    assert(arrival !== undefined);
    assert.equal(arrival.url, UPDATE);
    assert.deepEqual(arrival.body, body);
    const at = arrival.rawHeaders.indexOf("authorization");
    assert.equal(arrival.rawHeaders[at + 1], `Bearer ${TOKEN}`);
    assert.deepEqual(proxy().webhook.arrivals, []);
  });

  it("forwards LiveKit's webhooks to the function with the same bytes and headers", async () => {
    // A parser would normalise this body.
    const body = '{ "event":"participant_joined",\n"room":{"name":"\\u0061"} , "n":1.0}';
    await fetch(`${proxy().url}/webhook`, {
      method: "POST",
      headers: { "Authorization": TOKEN, "Content-Type": "application/webhook+json" },
      body,
    });
    const [arrival] = proxy().webhook.arrivals;
    assert.equal(arrival?.url, "/demo/region/audioWebhook");
    assert.equal(arrival.body.toString(), body);
    assert(arrival.rawHeaders.includes(TOKEN));
    assert(arrival.rawHeaders.includes("application/webhook+json"));
  });

  it("answers 404 to all other paths", async () => {
    for (const path of ["/", "/rtc", "/webhook/more", "/twirp", "/__control/nothing", "//"]) {
      assert.equal((await fetch(proxy().url + path, { method: "POST" })).status, 404, path);
    }
    assert.deepEqual(await proxy().control.requests(), []);
  });

  it("fails by path, room, participant and event, and then forwards again", async () => {
    await proxy().control.faults.set({
      match: `POST ${UPDATE} room=show-2 identity=eve`,
      times: 1,
      status: 503,
      body: { code: "unavailable", msg: "" },
    });
    await proxy().control.faults.set({ match: "participant_left", times: 1, status: 500 });
    assert.equal((await call("show-1")).status, 200);
    assert.equal((await call("show-2", "dan")).status, 200);
    assert.equal((await call("show-2")).status, 503);
    assert.equal((await call("show-2")).status, 200);
    assert.equal((await hook("participant_joined")).status, 200);
    assert.equal((await hook("participant_left")).status, 500);
    assert.deepEqual(heard(), ["participant_joined"]);
    assert.equal(proxy().livekit.arrivals.length, 3);
  });

  it("cuts connections before or after the effect, and delays answers", async () => {
    await proxy().control.faults.set({ match: "/twirp/", times: 1, drop: true });
    await assert.rejects(call(), TypeError);
    assert.equal(proxy().livekit.arrivals.length, 0);
    await proxy().control.faults.set({ match: "/twirp/", times: 1, drop: true, after: true });
    await assert.rejects(call(), TypeError);
    assert.equal(proxy().livekit.arrivals.length, 1);
    await proxy().control.faults.set({ match: "/twirp/", times: 1, delayMs: 40 });
    const start = performance.now();
    assert.equal((await call()).status, 200);
    assert(performance.now() - start >= 39);
  });

  it("sends identical duplicates", async () => {
    await proxy().control.faults.set({ match: "participant_joined", times: 1, duplicate: 3 });
    await hook("participant_joined");
    const log = await proxy().control.until((all) =>
      all.length === 4 && all.every(({ status }) => status !== null) ? all : undefined,
    );
    assert.deepEqual(
      log.map(({ copy }) => copy),
      [undefined, true, true, true],
    );
    const bodies = proxy().webhook.bodies();
    assert.equal(bodies.length, 4);
    assert.equal(new Set(bodies).size, 1);
    await hook("participant_joined");
    assert.equal(proxy().webhook.arrivals.length, 5);
  });

  it("acknowledges held webhooks, and delivers them when they are released", async () => {
    await proxy().control.faults.set({ match: "/webhook", times: 2, hold: true });
    assert.equal((await hook("participant_joined")).status, 200);
    assert.equal((await hook("track_published")).status, 200);
    assert.equal((await hook("participant_left")).status, 200);
    assert.deepEqual(heard(), ["participant_left"]);
    assert.deepEqual(
      (await proxy().control.requests()).map(({ status }) => status),
      [null, null, 200],
    );
    assert.equal(await proxy().control.release(), 2);
    assert.deepEqual(heard(), ["participant_left", "participant_joined", "track_published"]);
    assert.equal(await proxy().control.release(), 0);
  });

  it("releases in reverse order, one request after the other", async () => {
    await proxy().control.faults.set({ match: "/webhook", times: 3, hold: true });
    for (const event of ["first", "second", "third"]) await hook(event);
    let open = 0;
    proxy().webhook.before = async () => {
      open += 1;
      assert.equal(open, 1);
      await new Promise(setImmediate);
      open -= 1;
    };
    assert.equal(await proxy().control.release("reversed"), 3);
    assert.deepEqual(heard(), ["third", "second", "first"]);
  });

  it("holds calls while their callers wait", async () => {
    await proxy().control.faults.set({ match: "/twirp/", times: 1, hold: true, duplicate: 1 });
    const held = call();
    await proxy().control.until((log) => log.find(({ path }) => path === UPDATE));
    assert.equal(proxy().livekit.arrivals.length, 0);
    assert.equal(await proxy().control.release(), 1);
    assert.equal((await held).status, 200);
    assert.equal(proxy().livekit.arrivals.length, 2);
  });

  it("skips a held call whose caller hung up", async () => {
    await proxy().control.faults.set({ match: "/twirp/", times: 1, hold: true });
    const hangUp = new AbortController();
    const request = fetch(proxy().url + UPDATE, { method: "POST", signal: hangUp.signal });
    await proxy().control.until((log) => log.find(({ path }) => path === UPDATE));
    hangUp.abort();
    await assert.rejects(request);
    // This answer proves that the proxy has noticed the earlier hang-up.
    await hook("participant_left");
    await proxy().control.release();
    assert.equal(proxy().livekit.arrivals.length, 0);
  });

  it("drops a held webhook if its target is gone, and continues", async () => {
    await proxy().control.faults.set({ match: "/webhook", times: 1, hold: true, duplicate: 2 });
    await hook("participant_joined");
    await proxy().webhook.close();
    assert.equal(await proxy().control.release(), 1);
    assert.deepEqual(
      (await proxy().control.requests()).map(({ status }) => status),
      [null, null, null],
    );
  });

  it("cuts the connection if its target does not answer", async () => {
    await proxy().livekit.close();
    await assert.rejects(call(), TypeError);
    assert.equal((await proxy().control.requests()).at(-1)?.status, null);
    assert.equal((await hook("participant_joined")).status, 200);
  });

  it("kills and restarts LiveKit", async () => {
    await proxy().control.takeDown();
    await proxy().control.bringBack();
    assert.deepEqual(proxy().serverCalls, ["kill", "start"]);
  });

  it("logs the requests without secrets", async () => {
    await call();
    await call("show-3", "", "/twirp/livekit.RoomService/CreateRoom?secret=1");
    await hook("participant_joined", "dan");
    await fetch(`${proxy().url}/webhook`, { method: "POST", body: "no JSON" });
    const log = await proxy().control.requests();
    assert.deepEqual(
      log.map((entry) => ({ ...entry, at: 0 })),
      [
        { at: 0, method: "POST", path: UPDATE, room: "show-1", identity: "eve", status: 200 },
        {
          at: 0,
          method: "POST",
          path: "/twirp/livekit.RoomService/CreateRoom",
          room: "show-3",
          status: 200,
        },
        {
          at: 0,
          method: "POST",
          path: "/webhook",
          event: "participant_joined",
          room: "show-1",
          identity: "dan",
          status: 200,
        },
        { at: 0, method: "POST", path: "/webhook", status: 200 },
      ],
    );
    assert.doesNotMatch(JSON.stringify(log), new RegExp(`${TOKEN}|secret`));
    await proxy().control.clearRequests();
    assert.deepEqual(await proxy().control.requests(), []);
  });

  it("reports what it waited for", async () => {
    await call();
    const never = proxy().control.until((log) => log.find(({ event }) => event === "x"), 0);
    await assert.rejects(never, /not in .*UpdateParticipant/);
  });

  it("answers control requests while everything fails", async () => {
    await proxy().control.faults.set({ match: "/", times: 1000, drop: true });
    await assert.rejects(call(), TypeError);
    await proxy().control.faults.clear();
    assert.equal((await call()).status, 200);
  });

  it("refuses invalid control requests with the field", async () => {
    const valid = { match: "/webhook", times: 1 };
    const wrong: [operation: string, field: string, body: unknown][] = [
      ["faults", "status", valid],
      ["faults", "duplicate", { ...valid, duplicate: 0 }],
      ["faults", "duplicate", { ...valid, duplicate: 1000 }],
      ["faults", "hold", { ...valid, hold: "yes" }],
      ["faults", "hold", { ...valid, hold: true, status: 500 }],
      ["faults", "hold", { ...valid, hold: true, delayMs: 5 }],
      ["faults", "hold", { ...valid, hold: true, after: true }],
      ["faults", "drop", { ...valid, drop: true, status: 500 }],
      ["faults", "keep", { ...valid, keep: true }],
      ["release", "order", { order: "random" }],
      ["server", "state", {}],
      ["server", "state", { state: "sideways" }],
    ];
    for (const [operation, field, body] of wrong) {
      const response = await fetch(`${proxy().url}/__control/${operation}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      const answer = await response.text();
      assert.equal(response.status, 400, `${operation} ${JSON.stringify(body)}: ${answer}`);
      assert.match(answer, new RegExp(`"field":"${field}"`));
    }
    await assert.rejects(proxy().control.faults.set(valid), /400.*"status"/);
    assert.equal((await hook("participant_joined")).status, 200);
  });
});
