import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { defineCallable } from "../src/contract/callable.js";

const contract = defineCallable({
  name: "echo",
  summary: "Answers.",
  who: "anyone",
  request: z.strictObject({}),
  response: z.strictObject({ ok: z.literal(true) }),
  reasons: [],
});
const params = { APP_CHECK: "off", SPOTIFY_REDIRECT_URIS: "[]", GCLOUD_PROJECT: "demo-ambient" };
const refusalBody = z.object({ error: z.object({ status: z.string(), details: z.unknown() }) });

/** The door itself, over HTTP, as Google's runtime calls it. */
describe("the door", () => {
  let server: Server;
  let url: string;
  const environment = { ...process.env };

  before(async () => {
    Object.assign(process.env, params);
    // As the door loads its own code: tsx gives what is imported otherwise another copy of the SDK.
    const { callable, openCallable } = await import("../src/callable.js");
    const load = () =>
      Promise.resolve({ contract, run: () => Promise.resolve({ ok: true as const }) });
    const functions: Record<string, object> = {
      "/open": openCallable("signInWithSpotify", load),
      "/mine": callable("report", load),
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
    it(`lets a call without App Check, or with a bad token, through while the policy is ${policy}`, async () => {
      process.env.APP_CHECK = policy;
      for (const headers of [{}, { "x-firebase-appcheck": "forged" }]) {
        assert.deepEqual(await call("/open", headers), {
          status: 200,
          body: { result: { ok: true } },
        });
      }
    });
  }

  it("refuses them when App Check is enforced, before it asks who calls", async () => {
    process.env.APP_CHECK = "enforce";
    for (const path of ["/open", "/mine"]) {
      for (const headers of [{}, { "x-firebase-appcheck": "forged" }]) {
        await refused(call(path, headers), "UNAUTHENTICATED", { reason: "APP_CHECK_REQUIRED" });
      }
    }
  });

  it("has a reason for an ID token that is none, forged or no bearer's", async () => {
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

  it("has a reason and the issue for a body that is no call", async () => {
    const issues = [{ path: "", message: "the body must be JSON with the one field data" }];
    for (const body of ["", "{}", '{"data":{},"more":1}', "not json"]) {
      await refused(call("/open", {}, body), "INVALID_ARGUMENT", {
        reason: "INVALID_ARGUMENT",
        issues,
      });
    }
  });
});
