import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { json } from "node:stream/consumers";
import { mock } from "node:test";
import { z } from "zod";
import { defineCallable } from "../src/contract/callable.js";
import { captureLog } from "./support/captureLog.js";

const contract = defineCallable({
  name: "echo",
  summary: "Answers.",
  who: "anyone",
  request: z.strictObject({ names: z.array(z.string()).optional() }),
  response: z.strictObject({ ok: z.literal(true) }),
  reasons: [],
});
const params = { APP_CHECK: "off", SPOTIFY_REDIRECT_URIS: "[]", GCLOUD_PROJECT: "demo-ambient" };
const refusalBody = z.object({ error: z.object({ status: z.string(), details: z.unknown() }) });

/** The callable wrapper over HTTP, called like Google's runtime does. */
describe("the callable wrapper", () => {
  let server: Server;
  let url: string;
  const environment = { ...process.env };

  before(async () => {
    Object.assign(process.env, params);
    // Import it as the wrapper imports its own code: otherwise tsx loads a second copy of the SDK.
    const { callable, openCallable } = await import("../src/callable.js");
    const { onHttp } = await import("../src/trigger.js");
    const load = () =>
      Promise.resolve({ contract, run: () => Promise.resolve({ ok: true as const }) });
    const functions: Record<string, object> = {
      "/open": openCallable("signInWithSpotify", load),
      "/mine": callable("report", load),
      "/webhook": onHttp("stripeWebhook", () =>
        Promise.resolve((_, request, response) => {
          response.statusCode = Number(request.headers["x-answer"]);
          response.end();
          return Promise.resolve();
        }),
      ),
    };
    server = createServer((request, response) => {
      void (async () => {
        const body: unknown = await json(request).catch(() => undefined);
        const header = (name: string) => request.headers[name.toLowerCase()];
        const express = Object.assign(response, {
          status(code: number) {
            response.statusCode = code;
            return express;
          },
          send(answered: unknown) {
            response.setHeader("content-type", "application/json").end(JSON.stringify(answered));
            return express;
          },
        });
        const run = functions[request.url ?? ""];
        assert.ok(typeof run === "function");
        await Reflect.apply(run, undefined, [Object.assign(request, { body, header }), express]);
      })();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(typeof address === "object" && address);
    url = `http://127.0.0.1:${address.port}`;
  });
  after(() => {
    server.close();
    for (const name of Object.keys(params)) {
      if (environment[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = environment[name];
    }
  });
  afterEach(() => {
    process.env.APP_CHECK = "off";
  });

  const call = async (path: string, headers: Record<string, string> = {}, body = '{"data":{}}') => {
    const answer = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: answer.status, body: await answer.json() };
  };
  const refused = async (answer: ReturnType<typeof call>, status: string, details: unknown) => {
    const { error } = refusalBody.parse((await answer).body);
    assert.deepEqual(error, { status, details });
  };

  for (const policy of ["off", "monitor"]) {
    it(`accepts a missing or invalid App Check token while the policy is ${policy}`, async () => {
      process.env.APP_CHECK = policy;
      for (const headers of [{}, { "x-firebase-appcheck": "forged" }]) {
        assert.deepEqual(await call("/open", headers), {
          status: 200,
          body: { result: { ok: true } },
        });
      }
    });
  }

  it("refuses both when App Check is enforced, before it checks the caller", async () => {
    process.env.APP_CHECK = "enforce";
    for (const path of ["/open", "/mine"]) {
      for (const headers of [{}, { "x-firebase-appcheck": "forged" }]) {
        await refused(call(path, headers), "UNAUTHENTICATED", { reason: "APP_CHECK_REQUIRED" });
      }
    }
  });

  it("gives a reason for a missing, forged or wrong kind of ID token", async () => {
    for (const authorization of ["", "Bearer forged", "Bearer a.b.c", "Basic YTpi"]) {
      await refused(
        call("/mine", authorization === "" ? {} : { authorization }),
        "UNAUTHENTICATED",
        {
          reason: "UNAUTHENTICATED",
        },
      );
    }
  });

  it("gives a reason and the issue for a malformed body", async () => {
    const issues = [{ path: "", message: "the body must be JSON with the one field data" }];
    const typed = (type: string, value: string) =>
      `{"data":{"list":[{"@type":"type.googleapis.com/google.protobuf.${type}","value":"${value}"}]}}`;
    const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    for (const body of [
      "",
      "{}",
      "[]",
      '{"data":{},"more":1}',
      "not json",
      '{"data":{"@type":"x"}}',
      typed("Int64Value", "x"),
      typed("StringValue", "1"),
      `{"data":${nested}}`,
    ]) {
      await refused(call("/open", {}, body), "INVALID_ARGUMENT", {
        reason: "INVALID_ARGUMENT",
        issues,
      });
    }
  });

  it("decodes the large integers of the SDKs for iOS and Android", async () => {
    const integer = { "@type": "type.googleapis.com/google.protobuf.Int64Value", "value": "12" };
    await refused(
      call("/open", {}, JSON.stringify({ data: { amount: integer } })),
      "INVALID_ARGUMENT",
      {
        reason: "INVALID_ARGUMENT",
        issues: [{ path: "amount", message: "is not a field of this request" }],
      },
    );
  });

  it("names a field with half of a surrogate pair, which Firestore cannot store", async () => {
    assert.equal(
      (await call("/open", {}, '{"data":{"names":["Ada","\\ud83c\\udfa7"]}}')).status,
      200,
    );
    await refused(call("/open", {}, '{"data":{"names":["Ada","\\ud83c"]}}'), "INVALID_ARGUMENT", {
      reason: "INVALID_ARGUMENT",
      issues: [{ path: "names.1", message: "contains half of a surrogate pair" }],
    });
  });

  it("logs each call with its outcome, and an HTTP function's by the status that it answered", async () => {
    const lines = await captureLog(async () => {
      await call("/open");
      await call("/open", {}, '{"data":{"wrong":1}}');
      for (const status of ["200", "401", "503"]) {
        await fetch(`${url}/webhook`, { method: "POST", headers: { "x-answer": status } });
      }
    });
    const operations = lines.filter(({ operation }) => operation !== undefined);
    assert.deepEqual(
      operations.map(({ operation, outcome, reason, severity }) => [
        operation,
        outcome,
        reason,
        severity,
      ]),
      [
        ["echo", "ok", undefined, "INFO"],
        ["echo", "refused", "INVALID_ARGUMENT", "INFO"],
        ["stripeWebhook", "ok", undefined, "INFO"],
        ["stripeWebhook", "refused", undefined, "INFO"],
        ["stripeWebhook", "failed", undefined, "ERROR"],
      ],
    );
  });

  it("logs nothing of a body that it cannot decode", async () => {
    const write = mock.method(process.stderr, "write", () => true);
    try {
      await call("/open", {}, '{"data":{"@type":"x","code":"secret"}}');
      await call("/open", {}, '{"code":"secret"}');
      const logged = write.mock.calls.map(({ arguments: [text] }) => String(text));
      assert.equal(logged.filter((line) => line.includes("Invalid request")).length, 2);
      assert.ok(!logged.join("").includes("secret"));
    } finally {
      write.mock.restore();
    }
  });
});
