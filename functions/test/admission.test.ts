import assert from "node:assert/strict";
import { admit, appCheckOf } from "../src/admission.js";
import { livekitApiSecret } from "../src/config.js";
import { contracts } from "../src/contract/callables.js";
import { hideComments } from "../src/contract/moderation.js";
import { searchTracks } from "../src/contract/music.js";
import type { RefusalReason } from "../src/contract/reasons.js";
import { Refusal } from "../src/errors.js";
import { functionTable, type FunctionRow } from "../src/functionOptions.js";
import { fakeAccounts } from "./support/fakeAccounts.js";

const from = (headers: Record<string, string>) => ({
  rawRequest: { header: (name: string) => headers[name] },
});

const caller = (uid: string) => ({ uid, isAdmin: false });

describe("admission", () => {
  let counted: [string, string][];
  let disabled: string[];
  let suspended: string[];
  beforeEach(() => {
    counted = [];
    disabled = [];
    suspended = [];
  });
  const deps = () => ({
    limiter: (limit: string, subject: string) => {
      counted.push([limit, subject]);
      return subject === "flood"
        ? Promise.reject(new Refusal("RATE_LIMITED", { retryAfterSeconds: 7 }))
        : Promise.resolve();
    },
    accounts: {
      ...fakeAccounts(),
      isDisabled: (uid: string) => Promise.resolve(disabled.includes(uid)),
    },
    refuseSuspended: (uid: string) =>
      suspended.includes(uid)
        ? Promise.reject(new Refusal("ACCOUNT_SUSPENDED", { until: 9 }))
        : Promise.resolve(),
    networkKey: (network: string) => `key of ${network}`,
    trustedProxies: 1,
  });

  it("counts by account or by network, as the contract's limit says", async () => {
    await admit(deps(), { limit: "searchTracks" }, caller("dan"), from({}));
    const headers = { "x-forwarded-for": "9.9.9.9, 203.0.113.7" };
    await admit(deps(), { limit: "signInFromNetwork" }, null, from(headers));
    assert.deepEqual(counted, [
      ["searchTracks", "dan"],
      ["signInFromNetwork", "key of 203.0.113.7"],
    ]);
  });

  it("counts nothing without a limit or for an unknown network", async () => {
    await admit(deps(), {}, caller("dan"), from({}));
    await admit(deps(), { limit: "signInFromNetwork" }, null, from({}));
    assert.deepEqual(counted, []);
  });

  it("refuses a call above the limit", async () => {
    for (const contract of [hideComments, searchTracks, { limit: "report" } as const]) {
      await assert.rejects(admit(deps(), contract, caller("flood"), from({})), {
        reason: "RATE_LIMITED",
        details: { retryAfterSeconds: 7 },
      });
    }
  });

  it("checks that the account is enabled if the contract requires it", async () => {
    disabled = ["eve"];
    await admit(deps(), {}, caller("eve"), from({}));
    await admit(deps(), { enabledAccountOnly: true }, caller("dan"), from({}));
    await assert.rejects(admit(deps(), { enabledAccountOnly: true }, caller("eve"), from({})), {
      reason: "ACCOUNT_DISABLED",
    });
  });

  it("tells a suspended person why their account is disabled, even if the operation would tell them", async () => {
    disabled = ["eve", "fay"];
    suspended = ["eve"];
    const contract = { enabledAccountOnly: true, suspension: "read" } as const;
    await assert.rejects(admit(deps(), contract, caller("eve"), from({})), {
      reason: "ACCOUNT_SUSPENDED",
    });
    await assert.rejects(admit(deps(), contract, caller("fay"), from({})), {
      reason: "ACCOUNT_DISABLED",
    });
  });

  it("refuses a suspended person, unless the contract leaves it to the operation or lets them call", async () => {
    suspended = ["eve"];
    await admit(deps(), {}, caller("dan"), from({}));
    await admit(deps(), {}, null, from({}));
    await admit(deps(), { suspension: "read" }, caller("eve"), from({}));
    await admit(deps(), { suspension: "ignored" }, caller("eve"), from({}));
    await assert.rejects(admit(deps(), {}, caller("eve"), from({})), {
      reason: "ACCOUNT_SUSPENDED",
      details: { until: 9 },
    });
  });

  it("requires an ID token that says admin, and an account that does not deny it", async () => {
    const { accounts, ...others } = deps();
    const admitAs = (uid: string, isAdmin: boolean) =>
      admit({ ...others, accounts }, { adminOnly: true }, { uid, isAdmin }, from({}));
    accounts.admins.add("spotify_mo").add("spotify_dan");
    await admitAs("spotify_mo", true);
    // A guest, an admin without a fresh token, one who was dismissed, and one whose account is deleted.
    await accounts.delete("spotify_gone");
    await accounts.setAdmin("spotify_max", false);
    for (const [uid, isAdmin] of [
      ["spotify_eve", false],
      ["spotify_dan", false],
      ["spotify_max", true],
      ["spotify_gone", true],
    ] as const) {
      await assert.rejects(admitAs(uid, isAdmin), { reason: "NOT_ADMIN" }, uid);
    }
  });

  it("asks for the claim before every operation that only admins may call", () => {
    const guarded = contracts.flatMap(({ name, adminOnly }) => (adminOnly ? [name] : [])).sort();
    const forAdmins = contracts.flatMap(({ name, who }) => (who === "admin" ? [name] : [])).sort();
    assert.ok(guarded.length > 0);
    assert.deepEqual(guarded, forAdmins);
  });

  it("leaves the check to the operations that read the suspension themselves, and lets only a few through", () => {
    const named = (how: "read" | "ignored") =>
      contracts.flatMap(({ name, suspension }) => (suspension === how ? [name] : [])).sort();
    assert.deepEqual(named("read"), ["joinShow", "signInWithSpotify", "startShow"]);
    assert.deepEqual(named("ignored"), [
      "appealDecision",
      "cancelDeletion",
      "deleteAccount",
      "disconnectSpotify",
      "exportAccount",
      "leaveShow",
      "openSupportDashboard",
      "refundSupport",
      "unregisterDevice",
    ]);
  });

  it("distinguishes a missing App Check token from an invalid one", () => {
    assert.equal(appCheckOf(from({})), "missing");
    assert.equal(appCheckOf(from({ "x-firebase-appcheck": "forged" })), "invalid");
  });

  for (const { name, limit, enabledAccountOnly, reasons } of contracts) {
    it(`is announced in ${name}'s contract, if it can refuse`, () => {
      const announces = (reason: RefusalReason) => reasons.includes(reason);
      assert.deepEqual(
        [announces("ACCOUNT_DISABLED"), limit === undefined || announces("RATE_LIMITED")],
        [enabledAccountOnly === true || name === "signInWithSpotify", true],
      );
    });
  }

  it("limits every call that may reach LiveKit, except joining, which only signs a token", () => {
    const rows = new Map<string, FunctionRow>(Object.entries(functionTable));
    const callLivekit = contracts.filter(({ name }) =>
      rows.get(name)?.secrets?.includes(livekitApiSecret),
    );
    assert.ok(callLivekit.length > 1);
    const limitless = callLivekit.flatMap(({ name, limit }) => (limit ? [] : [name]));
    assert.deepEqual(limitless, ["joinShow"]);
  });

  it("does not limit joining or leaving", () => {
    const unlimited = contracts.flatMap(({ name, limit }) => (limit === undefined ? [name] : []));
    for (const name of ["joinShow", "leaveShow"]) assert.ok(unlimited.includes(name), name);
  });
});
