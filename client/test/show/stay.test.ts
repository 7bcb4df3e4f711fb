import assert from "node:assert/strict";
import { isStaying, Stay } from "../../src/show/stay.js";
import { InMemoryFirebase } from "../support/inMemoryFirebase.js";
import { addShow, participant } from "../support/fakeShow.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

/** A person whose calls the test lets through, and who has two shows to choose from. */
function phone() {
  const firebase = new InMemoryFirebase("eve");
  for (const showId of ["one", "two"]) addShow(firebase, showId);
  const waiting: { readonly name: string; readonly answer: () => void }[] = [];
  for (const [name, callable] of [...firebase.callables]) {
    firebase.callables.set(name, async (request) => {
      await new Promise<void>((resolve) => {
        waiting.push({ name, answer: resolve });
      });
      return callable(request);
    });
  }
  const time = new SimulatedTime();
  const stay = new Stay(firebase.ambient({ local: new SimulatedDevice(time) }));
  const states: string[] = [];
  stay.state.subscribe(({ kind, showId }) => states.push(`${kind} ${showId ?? ""}`.trim()));
  /** Lets the named call through, and waits until everything has followed from it. */
  const answer = async (name: string) => {
    await settled();
    const [first] = waiting.splice(0, 1);
    assert.equal(first?.name, name);
    first.answer();
    await settled();
  };
  return { firebase, stay, states, answer, time };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a stay", () => {
  it("joins once, however often its view asks", async () => {
    const { firebase, stay, states, answer } = phone();
    stay.enter("one");
    stay.forget("one");
    stay.enter("one");
    await answer("joinShow");
    stay.enter("one");
    await settled();
    assert.deepEqual(states, ["nowhere", "joining one", "in one"]);
    assert.deepEqual(firebase.calls, ["joinShow"]);
    assert.ok(isStaying(stay.state.current));
  });

  it("leaves a show that it was still joining, and only then joins the next one", async () => {
    const { firebase, stay, states, answer } = phone();
    stay.enter("one");
    await settled();
    stay.enter("two");
    await answer("joinShow");
    assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"], "the next join waits");
    await answer("leaveShow");
    await answer("joinShow");
    assert.deepEqual(firebase.calls, ["joinShow", "leaveShow", "joinShow"]);
    assert.equal(states.at(-1), "in two");
  });

  it("joins the next show although the network does not answer the leave", async () => {
    const { firebase, stay, states, answer, time } = phone();
    stay.enter("one");
    await answer("joinShow");
    stay.enter("two");
    await time.passes(4_999);
    assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"]);
    await time.passes(1);
    assert.deepEqual(firebase.calls, ["joinShow", "leaveShow", "joinShow"]);
    assert.equal(states.at(-1), "joining two");
  });

  it("that is left in mid-join is over once the server has answered", async () => {
    const { firebase, stay, answer } = phone();
    stay.enter("one");
    await settled();
    const left = stay.leave();
    assert.equal(stay.state.current.kind, "nowhere");
    await answer("joinShow");
    await answer("leaveShow");
    await left;
    assert.equal(stay.state.current.kind, "nowhere");
    assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"]);
  });

  it("that is left while a show starts does not come into that show", async () => {
    const { firebase, stay, answer } = phone();
    const started = stay.start("one");
    await settled();
    stay.leaveNow();
    await answer("startShow");
    await answer("leaveShow");
    await started;
    assert.equal(stay.state.current.kind, "nowhere");
    assert.deepEqual(firebase.calls, ["startShow", "leaveShow"]);
  });

  it("is in a show that starts, although its view has begun to join it", async () => {
    const { firebase, stay, states, answer } = phone();
    const started = stay.start("one");
    await settled();
    stay.enter("one");
    await answer("startShow");
    await started;
    assert.deepEqual(states, ["nowhere", "joining one", "nowhere", "in one"]);
    assert.deepEqual(firebase.calls, ["startShow"]);
  });

  it("says why joining failed, and tries again when it is asked to", async () => {
    const { firebase, stay, answer } = phone();
    const join = firebase.callables.get("joinShow") ?? assert.fail();
    firebase.callables.set("joinShow", () => {
      throw Object.assign(new Error("banned"), { details: { reason: "BANNED" } });
    });
    stay.enter("one");
    await settled();
    const { current } = stay.state;
    assert.ok(current.kind === "refused");
    assert.equal(current.error.reason, "BANNED");
    firebase.callables.set("joinShow", join);
    stay.enter("one");
    await answer("joinShow");
    assert.equal(stay.state.current.kind, "in");
  });

  it("does not undo a removal by itself, and forgets it when the view closes", async () => {
    const { firebase, stay, states, answer } = phone();
    stay.enter("one");
    await answer("joinShow");
    firebase.set("shows/one/participants/eve", participant("eve", { state: "removed" }));
    await settled();
    stay.enter("one");
    await settled();
    assert.deepEqual(firebase.calls, ["joinShow"]);
    const { current } = stay.state;
    assert.ok(current.kind === "in");
    assert.ok(!isStaying(stay.state.current));
    assert.deepEqual(current.presence, { kind: "gone", reason: "REMOVED" });
    stay.forget("two");
    assert.equal(states.at(-1), "in one", "another show's view has closed");
    stay.forget("one");
    assert.equal(states.at(-1), "nowhere");
  });
});
