import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../../commands/admin/commands.js";
import {
  auditsRef,
  clientConfigRef,
  reportRef,
  serviceWordsRef,
  userRef,
} from "../../src/collections.js";
import { DELETED_UID } from "../../src/contract/dataPolicies.js";
import { sweepDeletions } from "../../src/privacy/sweepDeletions.js";
import { report } from "../../src/reports/report.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { refuses } from "../support/refuses.js";
import { showEdges } from "../support/showEdges.js";

describe("the operator's commands", () => {
  let firestore: Firestore;
  let directory: string;
  let dan: Person;
  let reportId: string;
  let deps: ReturnType<typeof edges>;

  before(async () => {
    firestore = quietFirestore();
    directory = await mkdtemp(join(tmpdir(), "ambient-"));
  });
  after(() => Promise.all([firestore.terminate(), rm(directory, { recursive: true })]));
  beforeEach(async () => {
    deps = edges();
    dan = await somebody("Dan", firestore);
    // A terminal would obey the first, and show the second backwards.
    const complaint = { uid: dan.uid, reason: "\u001B[2J \u202Eno\nway" };
    ({ reportId } = await report(deps, as(await somebody("Eve", firestore)), complaint));
  });

  const edges = () => ({
    ...showEdges(firestore),
    deletionGraceMs: 0,
    projectId: "demo-ambient",
  });
  const run = (name: string, named: string[] = [], options: Record<string, string> = {}) => {
    const command = commands[name];
    assert.ok(command, name);
    return command.run(deps, named, options);
  };
  const audited = async (uid = dan.uid) => {
    const entries = (await auditsRef(firestore).where("uid", "==", uid).get()).docs;
    return entries.map((entry) => [entry.data().by, entry.data().action]);
  };

  it("file an appeal for a person who cannot sign in", async () => {
    await run("suspend", [dan.uid], { until: "forever", reason: "Fraud" });
    await run("resolve", [reportId], { decision: "warning_given", reason: "Be kind" });
    assert.equal(await run("appeal", [reportId, dan.uid, "It was a quote"]), "appealed");
    const appeals = (await reportRef(firestore, reportId).get()).data()?.appeals;
    assert.deepEqual(
      appeals?.map(({ uid, text }) => [uid, text]),
      [[dan.uid, "It was a quote"]],
    );
    const decided = await run("decide-appeal", [reportId], { outcome: "upheld", reason: "Still" });
    assert.equal(decided, "closed: upheld");
    assert.ok((await audited()).some((entry) => entry.join() === "operator,fileAppeal"));
    await assert.rejects(run("appeal", [reportId, "nobody", "No"]), refuses("PERSON_NOT_FOUND"));
    await assert.rejects(run("appeal", [reportId, dan.uid, " "]), /^UsageError: [^]*text: /);
  });

  it("print a person's pseudonym in the project's log", async () => {
    assert.equal(
      await run("pseudonym", ["spotify_ada"]),
      createHash("sha256").update("demo-ambient/spotify_ada").digest("hex").slice(0, 16),
    );
  });

  it("print whose pseudonym it is, also in the log of another project", async () => {
    const pseudonym = (project: string) =>
      createHash("sha256").update(`${project}/${dan.uid}`).digest("hex").slice(0, 16);
    assert.equal(await run("who", [pseudonym("demo-ambient")]), dan.uid);
    assert.equal(await run("who", [pseudonym("lost")], { "log-of": "lost" }), dan.uid);
    assert.equal(
      await run("who", [pseudonym("demo-ambient-staging")], { "log-of": "staging" }),
      dan.uid,
    );
    await assert.rejects(run("who", [pseudonym("lost")]), /^UsageError: Nobody in demo-ambient/);
  });

  it("show and replace the configuration of the apps, and refuse another shape", async () => {
    assert.equal(await run("client-config"), "null");
    const file = join(directory, "config.json");
    const set = async (text: string) => {
      await writeFile(file, text);
      return run("client-config", [], { set: file });
    };
    await set('{ "termsVersion": 2, "minVersions": { "ios": "2", "android": "2", "web": "1" } }');
    const stored = (await clientConfigRef(firestore).get()).data();
    assert.deepEqual([stored?.termsVersion, stored?.minVersions.ios], [2, "2"]);
    for (const wrong of ['{ "termVersion": 3 }', '{ "termsVersion": "3" }', "{"]) {
      await assert.rejects(set(wrong), /^UsageError: /);
    }
    assert.deepEqual((await clientConfigRef(firestore).get()).data(), stored);
    assert.match(await run("audit"), /setClientConfig/);
    await clientConfigRef(firestore).delete();
  });

  it("export what is stored about a person, and delete their account", async () => {
    const file = join(directory, "dan.ndjson");
    assert.equal(await run("export", [dan.uid, file]), `${file}: 1 page`);
    const [first = ""] = (await readFile(file, "utf8")).split("\n");
    assert.match(first, new RegExp(`"path":"users/${dan.uid}"`));
    assert.equal((await stat(file)).mode & 0o077, 0, "nobody else can read it");
    await assert.rejects(run("export", [dan.uid, file]), { code: "EEXIST" });
    await run("delete", [dan.uid]);
    assert.equal((await userRef(firestore, dan.uid).get()).exists, false);
    await sweepDeletions(deps);
    // Whom the entries are about is forgotten with the account.
    const actions = (await audited(DELETED_UID)).map(([, action]) => action);
    assert.deepEqual(await audited(), []);
    for (const action of ["deleteAccount", "exportAccount"]) assert.ok(actions.includes(action));
    await assert.rejects(run("delete", ["nobody"]), refuses("PERSON_NOT_FOUND"));
  });

  it("show and replace the service's words", async () => {
    assert.equal(await run("words"), "No words.");
    assert.equal(await run("words", [], { set: "scam, sp am,, scam" }), "scam, sp am");
    assert.deepEqual((await serviceWordsRef(firestore).get()).data()?.words, ["scam", "sp am"]);
    assert.equal(await run("words"), "scam, sp am");
    assert.equal(await run("words", [], { set: "" }), "No words.");
  });

  it("show control characters as escapes, and check a list's length", async () => {
    const listed = await run("reports", [], { limit: "100" });
    assert.ok(listed.includes(String.raw`reported: \u{1b}[2J \u{202e}no\u{a}way`), listed);
    deps.clock.advance(1_000_000);
    await run("suspend", [dan.uid], { until: "forever", reason: "\u001B[2J" });
    assert.match(await run("audit", [], { limit: "1" }), /suspendAccount.*\\u\{1b\}\[2J$/);
    for (const limit of ["abc", "0", "1e9"]) {
      await assert.rejects(run("audit", [], { limit }), /^UsageError: [^]*limit: /);
    }
  });
});
