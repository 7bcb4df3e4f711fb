import assert from "node:assert/strict";
import { serverTimeAt } from "../../src/clock/serverTime.js";
import type { Fetch } from "../../src/http.js";

const answering =
  (status: number, body: string): Fetch =>
  () =>
    Promise.resolve({ status, headers: new Headers(), text: () => Promise.resolve(body) });

describe("serverTimeAt", () => {
  it("returns the function's time", async () => {
    assert.equal(
      await serverTimeAt("http://server", answering(200, '{"now":1764014400000}'))(),
      1764014400000,
    );
  });

  it("rejects any other answer", async () => {
    for (const [status, body] of [
      [500, '{"now":1764014400000}'],
      [200, "{}"],
      [200, '{"now":"1764014400000"}'],
      [200, "<html>Welcome to the hotel's network</html>"],
    ] as const) {
      await assert.rejects(
        serverTimeAt("http://server", answering(status, body))(),
        /without a time/,
      );
    }
  });
});
