import assert from "node:assert/strict";
import {
  coefficient,
  coefficientsFile,
  readCoefficients,
  valuesOf,
} from "../../../bench/cost/coefficients.js";
import { measurements, withMeasurements } from "../../../bench/cost/measurements.js";

describe("the coefficients", () => {
  it("all have a value, and say where it comes from", async () => {
    const file = await readCoefficients();
    assert.equal(valuesOf(file)["join.livekitCalls"], file["join.livekitCalls"].value);
  });

  it("one that is missing or unknown is an error", async () => {
    const lacking = { ...(await readCoefficients()), "join.writes": undefined };
    assert.throws(() => coefficientsFile.parse(lacking), /join\.writes/);
    const more = { ...(await readCoefficients()), "join.magic": { value: 1 } };
    assert.throws(() => coefficientsFile.parse(more), /join\.magic/);
  });

  it("nothing claims to be measured without the day, or published without a link", () => {
    const described = { value: 1, unit: "reads", what: "reads", basis: "counted" };
    assert.ok(coefficient.safeParse({ ...described, from: "code" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "bench:scale" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "published" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "code", date: "2026-11-29" }).success);
  });
});

describe("withMeasurements", () => {
  it("replaces what was measured, says so, and keeps all else", async () => {
    const file = await readCoefficients();
    const measured = withMeasurements(file, { "join.serverReads": 7 }, "2026-11-29");
    assert.deepEqual(measured, {
      ...file,
      "join.serverReads": {
        value: 7,
        unit: file["join.serverReads"].unit,
        what: file["join.serverReads"].what,
        basis: file["join.serverReads"].basis,
        from: "bench:scale",
        date: "2026-11-29",
      },
    });
  });

  it("refuses names that the model does not know, values that cannot be, and no day", async () => {
    const file = await readCoefficients();
    assert.throws(() => measurements.parse({ "join.magic": 1 }), /join\.magic/);
    assert.throws(() => withMeasurements(file, { "join.writes": -1 }, "2026-11-29"));
    assert.throws(() => withMeasurements(file, { "join.writes": 1 }, "today"));
  });
});
