import assert from "node:assert/strict";
import { acceptTerms, ageOf, hasAccepted } from "../../src/contract/terms.js";

describe("the terms", () => {
  it("are accepted in the version in force or a later one", () => {
    assert.equal(hasAccepted({ termsVersion: 2 }, { version: 1 }), false);
    assert.equal(hasAccepted({ termsVersion: 2 }, { version: 2 }), true);
    assert.equal(hasAccepted({ termsVersion: 2 }, { version: 3 }), true);
    assert.equal(hasAccepted({ termsVersion: 1 }, undefined), false);
  });

  it("count as accepted where none are in force", () => {
    assert.equal(hasAccepted(undefined, undefined), true);
    assert.equal(hasAccepted({}, undefined), true);
  });

  it("take a year of birth, and the age that is certain on any day of the year", () => {
    for (const day of ["2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"]) {
      assert.equal(ageOf(2008, new Date(day)), 17);
      assert.equal(ageOf(2007, new Date(day)), 18);
    }
    const isYear = (birthYear: number) =>
      acceptTerms.request.safeParse({ version: 1, birthYear }).success;
    assert.deepEqual([1899, 1900, 2100, 2101].map(isYear), [false, true, true, false]);
  });
});
