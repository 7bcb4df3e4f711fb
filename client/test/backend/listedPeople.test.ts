import assert from "node:assert/strict";
import { listedPeople, orNobody } from "../../src/backend/listedPeople.js";
import { AmbientError } from "../../src/errors/ambientError.js";
import { createSource, type Source } from "../../src/observe/source.js";
import { SimulatedTime } from "../support/simulatedTime.js";

/** A document's list that the test emits. */
function listOf() {
  let emit: (uids: readonly string[]) => void = () => undefined;
  let fail: (error: AmbientError) => void = () => undefined;
  const source = createSource<readonly string[]>((next, end) => {
    emit = next;
    fail = end;
    return () => undefined;
  });
  return {
    source,
    emits: (...uids: readonly string[]) => {
      emit(uids);
    },
    fails: () => {
      fail(new AmbientError("PERMISSION_DENIED"));
    },
  };
}

function seen(people: Source<ReadonlySet<string>>) {
  const sets: string[][] = [];
  const reasons: string[] = [];
  people.subscribe(
    (set) => sets.push([...set]),
    ({ reason }) => reasons.push(reason),
  );
  return { sets, reasons };
}

describe("the people whom a document lists", () => {
  it("are not emitted again while they stay the same", () => {
    const list = listOf();
    const { sets } = seen(listedPeople(list.source));
    list.emits();
    list.emits();
    list.emits("ada", "ben");
    list.emits("ada", "ben");
    list.emits("ada");
    assert.deepEqual(sets, [[], ["ada", "ben"], ["ada"]]);
  });

  it("are nobody after two seconds without a value, and known afterwards", async () => {
    const time = new SimulatedTime();
    const list = listOf();
    const { sets, reasons } = seen(orNobody(listedPeople(list.source), time));
    await time.passes(1_999);
    assert.deepEqual(sets, []);
    await time.passes(1);
    assert.deepEqual(sets, [[]]);
    list.emits("ada");
    list.fails();
    assert.deepEqual([sets, reasons], [[[], ["ada"]], ["PERMISSION_DENIED"]]);
  });

  it("are not forgotten when the two seconds are over", async () => {
    const time = new SimulatedTime();
    const list = listOf();
    const { sets } = seen(orNobody(listedPeople(list.source), time));
    list.emits("ada");
    await time.passes(2_000);
    assert.deepEqual(sets, [["ada"]]);
  });
});
