import assert from "node:assert/strict";
import { abortable } from "../../src/errors/abortable.js";
import { AmbientError } from "../../src/errors/ambientError.js";
import { InMemoryFirebase } from "../support/inMemoryFirebase.js";

const isAborted = (error: unknown): true => {
  assert.ok(error instanceof AmbientError);
  assert.equal(error.reason, "ABORTED");
  return true;
};

describe("a call that can be aborted", () => {
  it("rejects at once, although the work continues", async () => {
    const controller = new AbortController();
    const endless = Promise.withResolvers<never>();
    const call = abortable({ signal: controller.signal }, () => endless.promise);
    controller.abort();
    await assert.rejects(call, isAborted);
  });

  it("does not begin if it was aborted before", async () => {
    let hasBegun = false;
    const work = () => {
      hasBegun = true;
      return Promise.resolve();
    };
    await assert.rejects(abortable({ signal: AbortSignal.abort() }, work), isAborted);
    assert.equal(hasBegun, false);
  });

  it("returns what the work returns, or its own error", async () => {
    const { signal } = new AbortController();
    assert.equal(await abortable({ signal }, () => Promise.resolve(1)), 1);
    assert.equal(await abortable({}, () => Promise.resolve(2)), 2);
    const refused = new AmbientError("OFFLINE");
    await assert.rejects(
      abortable({ signal }, () => Promise.reject(refused)),
      refused,
    );
  });
});

describe("the long calls of an app", () => {
  it("end at once when a search is aborted", async () => {
    const { discover } = new InMemoryFirebase("eve").ambient();
    const typing = new AbortController();
    const { signal } = typing;
    const found = [
      discover.searchShows("night", { signal }),
      discover.searchCreators("night", { signal }),
    ];
    typing.abort();
    for (const each of found) await assert.rejects(each, isAborted);
  });

  it("fetch no further page of an export that is aborted", async () => {
    const firebase = new InMemoryFirebase("eve");
    const controller = new AbortController();
    firebase.callables.set("exportAccount", () => {
      if (firebase.calls.length === 2) controller.abort();
      return { lines: "{}\n", cursor: "next" };
    });
    const { account } = firebase.ambient();
    await assert.rejects(account.export({ signal: controller.signal }), isAborted);
    assert.deepEqual(firebase.calls, ["exportAccount", "exportAccount"]);
  });
});
