import assert from "node:assert/strict";
import { auditProblems, licenceProblems } from "../../dependencies/policy.js";

const none = { licences: [], advisories: [] };

describe("the policy for dependencies", () => {
  const lock = {
    packages: {
      "": { license: "Proprietary" },
      "client": { license: "Proprietary" },
      "node_modules/free": { license: "MIT" },
      "node_modules/both": { license: "(Apache-2.0 AND BSD-3-Clause)" },
      "node_modules/either": { license: "(GPL-3.0 OR MIT)" },
      "node_modules/tool": { license: "GPL-3.0", dev: true },
    },
  };

  it("accepts allowed licences, and any licence of a tool", () => {
    assert.deepEqual(licenceProblems([lock], none), []);
  });

  it("names each package with another licence or without one, unless it is an exception", () => {
    const packages = {
      "node_modules/a/node_modules/@scope/copyleft": { license: "(GPL-3.0 AND MIT)" },
      "node_modules/silent": {},
      "node_modules/draw-linux-x64": { license: "MPL-2.0" },
    };
    assert.deepEqual(licenceProblems([lock, { packages }], none), [
      "@scope/copyleft: (GPL-3.0 AND MIT)",
      "silent: no licence",
      "draw-linux-x64: MPL-2.0",
    ]);
    const reason = "used as it is";
    const licences = [
      { package: "@scope/copyleft", licence: "(GPL-3.0 AND MIT)", reason },
      { package: "silent", licence: null, reason },
      { package: "draw", licence: "MPL-2.0", reason },
    ];
    assert.deepEqual(licenceProblems([lock, { packages }], { ...none, licences }), []);
  });

  it("names an exception that nothing needs", () => {
    const licences = [{ package: "free", licence: "GPL-3.0", reason: "used as it is" }];
    assert.deepEqual(licenceProblems([lock], { ...none, licences }), [
      "free: the exception is not needed",
    ]);
  });

  const advisory = (severity: string) => ({
    url: "https://github.com/advisories/GHSA-1",
    title: "Bad",
    severity,
  });
  const report = (severity: string) => ({
    vulnerabilities: { parser: { via: [advisory(severity)] }, app: { via: ["parser"] } },
  });

  it("blocks only on high and critical advisories", () => {
    assert.deepEqual(auditProblems(report("moderate"), none, "2026-12-01"), []);
    for (const severity of ["high", "critical"]) {
      assert.deepEqual(auditProblems(report(severity), none, "2026-12-01"), [
        `parser: ${severity}: Bad (GHSA-1)`,
      ]);
    }
  });

  it("ends an exception after its last day", () => {
    const advisories = [{ id: "GHSA-1", reason: "not reachable", until: "2026-12-01" }];
    const allowed = { ...none, advisories };
    assert.deepEqual(auditProblems(report("high"), allowed, "2026-12-01"), []);
    assert.deepEqual(auditProblems(report("high"), allowed, "2026-12-02"), [
      "parser: high: Bad (GHSA-1)",
      "GHSA-1: the exception ended on 2026-12-01",
    ]);
  });
});
