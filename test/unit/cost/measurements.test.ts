import assert from "node:assert/strict";
import {
  coefficient,
  coefficientsFile,
  readCoefficients,
  unexplained,
  valuesOf,
} from "../../../bench/cost/coefficients.js";
import { measurements, withMeasurements } from "../../../bench/cost/measurements.js";

describe("the coefficients", () => {
  it("all have a value and a source", async () => {
    const file = await readCoefficients();
    assert.equal(valuesOf(file)["join.livekitCalls"], file["join.livekitCalls"].value);
  });

  it("are what their bases add up to", async () => {
    const file = await readCoefficients();
    assert.deepEqual(unexplained(file), []);
    const measured = withMeasurements(file, { "join.serverReads": 15 }, "2026-11-29");
    assert.deepEqual(unexplained(measured), ["join.serverReads"]);
  });

  it("are rejected when one is missing or unknown", async () => {
    const lacking = { ...(await readCoefficients()), "join.writes": undefined };
    assert.throws(() => coefficientsFile.parse(lacking), /join\.writes/);
    const more = { ...(await readCoefficients()), "join.magic": { value: 1 } };
    assert.throws(() => coefficientsFile.parse(more), /join\.magic/);
  });

  it("name a day when they are measured and a link when they are published", () => {
    const described = { value: 1, unit: "reads", what: "reads", basis: "counted" };
    assert.ok(coefficient.safeParse({ ...described, from: "code" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "bench:scale" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "published" }).success);
    assert.ok(!coefficient.safeParse({ ...described, from: "code", date: "2026-11-29" }).success);
  });
});

describe("withMeasurements", () => {
  it("replaces measured values, says so, and keeps everything else", async () => {
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

  it("rejects unknown names, impossible values and a missing day", async () => {
    const file = await readCoefficients();
    assert.throws(() => measurements.parse({ "join.magic": 1 }), /join\.magic/);
    assert.throws(() => withMeasurements(file, { "join.writes": -1 }, "2026-11-29"));
    assert.throws(() => withMeasurements(file, { "join.writes": 1 }, "today"));
  });
});
