import assert from "node:assert/strict";
import { z } from "zod";
import { functionUrl } from "../../../local/suite/endpoints.js";
import { runningSuite } from "../../../test/support/suite.js";

const answer = z.strictObject({ now: z.int() });

describe("serverTime", () => {
  let url: string;

  before(async () => {
    url = functionUrl(await runningSuite(), "serverTime");
  });

  it("returns the server's time in milliseconds", async () => {
    const before = Date.now();
    const response = await fetch(url);
    const { now } = answer.parse(await response.json());
    assert.equal(response.status, 200);
    // Both clocks are on the same machine here.
    assert.ok(before <= now && now <= Date.now());
    assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
  });

  it("is never cached: each answer is new", async () => {
    const responses = [await fetch(url), await fetch(url)];
    const times = await Promise.all(
      responses.map(async (response) => answer.parse(await response.json()).now),
    );
    for (const response of responses) {
      assert.equal(response.headers.get("cache-control"), "no-store");
    }
    assert.ok((times[0] ?? Infinity) <= (times[1] ?? 0));
  });

  it("answers pages of every origin", async () => {
    const origin = "https://somebody.example";
    const response = await fetch(url, { headers: { origin } });
    assert.match(
      response.headers.get("access-control-allow-origin") ?? "",
      /^(\*|https:\/\/somebody\.example)$/,
    );
    await response.text();
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-trace",
      },
    });
    assert.equal(preflight.status, 204);
    assert.match(
      preflight.headers.get("access-control-allow-origin") ?? "",
      /^(\*|https:\/\/somebody\.example)$/,
    );
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /GET/);
    assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /x-trace/);
  });

  for (const method of ["POST", "PUT", "DELETE"]) {
    it(`does not answer ${method}`, async () => {
      const response = await fetch(url, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "GET");
      assert.ok(!(await response.text()).includes("now"));
    });
  }
});
