import assert from "node:assert/strict";
import { Refusal } from "../src/errors.js";
import { log, pseudonymOf } from "../src/log.js";
import { OperationFailed, runOperation, traceHeaders } from "../src/operation.js";
import { captureLog } from "./support/captureLog.js";

const TRACE = "0123456789abcdef0123456789abcdef";

describe("an operation's log line", () => {
  const project = process.env.GCLOUD_PROJECT;
  before(() => {
    process.env.GCLOUD_PROJECT = "demo-ambient";
  });
  after(() => {
    if (project === undefined) Reflect.deleteProperty(process.env, "GCLOUD_PROJECT");
    else process.env.GCLOUD_PROJECT = project;
  });

  it("names the operation, the show, the outcome, the use and the trace", async () => {
    const [line, ...more] = await captureLog(() =>
      runOperation("joinShow", { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` }, (operation) => {
        operation.showId = "show";
        operation.caller = pseudonymOf("spotify_ada");
        operation.reads += 3;
        operation.writes += 2;
        return Promise.resolve();
      }),
    );
    assert.deepEqual(more, []);
    assert.ok(line);
    const { ms, ...rest } = line;
    assert.ok(Number.isInteger(ms));
    assert.deepEqual(rest, {
      "severity": "INFO",
      "message": "joinShow: ok",
      "operation": "joinShow",
      "correlationId": TRACE,
      "logging.googleapis.com/trace": `projects/demo-ambient/traces/${TRACE}`,
      "outcome": "ok",
      "showId": "show",
      "caller": pseudonymOf("spotify_ada"),
      "reads": 3,
      "writes": 2,
    });
  });

  it("is an error with every stack if the operation fails, and its rejection says no more than the id", async () => {
    const lost = new Error("No document to update: users/spotify_ada");
    const [line] = await captureLog(async () => {
      const work = () =>
        Promise.reject(new AggregateError([lost, new Refusal("AUDIO_UNAVAILABLE")]));
      await assert.rejects(
        runOperation("sweepShow", { "x-cloud-trace-context": `${TRACE}/1;o=1` }, work),
        (error) => {
          assert.ok(error instanceof OperationFailed);
          assert.equal(error.correlationId, TRACE);
          assert.ok(!error.message.includes("spotify_ada"));
          return true;
        },
      );
    });
    assert.equal(line?.severity, "ERROR");
    assert.equal(line.outcome, "failed");
    assert.equal(line.reason, "AUDIO_UNAVAILABLE");
    const stack = String(line.stack_trace);
    assert.match(stack, /^Error: No document to update: users\/[0-9a-f]{16}\n {4}at /);
    assert.ok(stack.includes("Refusal: "));
  });

  it("passes its correlation id to the tasks that it asks for", async () => {
    let headers: Record<string, string> | undefined;
    const lines = await captureLog(async () => {
      await runOperation("refreshAudio", {}, () => {
        headers = traceHeaders();
        return Promise.resolve();
      });
      await runOperation("sweepShow", headers, () => Promise.resolve());
    });
    const [call, task] = lines;
    assert.match(String(call?.correlationId), /^[0-9a-f]{32}$/);
    assert.equal(task?.correlationId, call?.correlationId);
    assert.equal(traceHeaders(), undefined, "outside an operation there is none");
  });

  it("keeps simultaneous operations apart", async () => {
    const lines = await captureLog(() =>
      Promise.all(
        ["a", "b"].map((showId) =>
          runOperation("joinShow", {}, async (operation) => {
            operation.showId = showId;
            await Promise.resolve();
            operation.reads += showId === "a" ? 1 : 5;
          }),
        ),
      ),
    );
    assert.deepEqual(
      lines.map(({ showId, reads }) => [showId, reads]),
      [
        ["a", 1],
        ["b", 5],
      ],
    );
  });

  it("ignores a malformed trace", async () => {
    const [line] = await captureLog(() =>
      runOperation("joinShow", { traceparent: "00-spotify_ada-1-1" }, () => Promise.resolve()),
    );
    assert.match(String(line?.correlationId), /^[0-9a-f]{32}$/);
  });
});

describe("the log", () => {
  it("names nobody: each uid has one pseudonym per project", async () => {
    const [line] = await captureLog(() => {
      log("WARNING", "spotify_ada is left", {
        uid: "spotify_ada",
        error: String(new Error("users/spotify_ada/x")),
        nested: { devices: ["spotify_ada", 7, null] },
      });
      return Promise.resolve();
    });
    const text = JSON.stringify(line);
    assert.ok(!text.includes("spotify_"));
    assert.equal(line?.uid, pseudonymOf("spotify_ada"));
    assert.equal(text.split(pseudonymOf("spotify_ada")).length - 1, 4);
    assert.notEqual(pseudonymOf("spotify_ada", "one"), pseudonymOf("spotify_ada", "two"));
    assert.match(pseudonymOf("spotify_ada"), /^[0-9a-f]{16}$/);
  });
});
