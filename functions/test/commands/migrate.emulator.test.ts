import assert from "node:assert/strict";
import { FieldValue, type Firestore } from "firebase-admin/firestore";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { localDirectory } from "../../../local/files/paths.js";
import { migrate, type Progress } from "../../commands/migrations/migrate.js";
import type { Migration } from "../../commands/migrations/migration.js";
import { runMigration } from "../../commands/migrations/runMigration.js";
import { nameFollowedCreators } from "../../commands/migrations/nameFollowedCreators.js";
import { followRef } from "../../src/collections.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";

const FANS = 200;

describe("a migration", () => {
  let projectId: string;
  let firestore: Firestore;
  let ada: Person;

  beforeEach(async () => {
    projectId = `demo-migration-${randomUUID().slice(0, 8)}`;
    firestore = quietFirestore(projectId);
    ada = await somebody("Ada", firestore);
  });
  afterEach(async () => {
    await firestore.terminate();
    await rm(join(localDirectory, "migrations", projectId), { recursive: true, force: true });
  });

  const uids = Array.from({ length: FANS }, (_, index) => `spotify_fan${index}`);
  const createdAt = new Date();
  /** Follows as they were before they named the creator. */
  const follow = async (fans: readonly string[] = uids) => {
    const batch = firestore.batch();
    for (const uid of fans)
      batch.create(firestore.doc(followRef(firestore, uid, ada.uid).path), { createdAt });
    await batch.commit();
  };
  const followers = async () =>
    (
      await firestore.collectionGroup("following").where("creatorUid", "==", ada.uid).count().get()
    ).data().count;
  const command = ["name-followed-creators", "--project"];
  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    await runMigration([...command, projectId, ...args], (line) => lines.push(line));
    return lines;
  };

  it("that is killed halfway continues from there, and is complete", async () => {
    await follow();
    const script = [
      "--import=tsx",
      "functions/commands/migrate.ts",
      ...command,
      projectId,
      "--apply",
    ];
    const child = spawn(process.execPath, script, { stdio: ["ignore", "pipe", "inherit"] });
    // The first page is done and saved.
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    const before = await followers();
    assert.ok(before >= 50 && before < FANS, `${before} were named before the kill`);

    await run();
    const lines = await run("--apply");
    assert.match(lines[0] ?? "", /^continuing after (50|100|150) documents$/);
    assert.match(lines.at(-1) ?? "", /^Done: 200 examined, \d+ changed\.$/);
    assert.equal(await followers(), FANS);

    const again = await migrate(firestore, nameFollowedCreators, { isDryRun: true });
    assert.deepEqual(
      [again.examined, again.changed],
      [FANS, 0],
      "nothing is left, or changed twice",
    );
  });

  it("is a dry run unless it is told to apply, and shows what it would change", async () => {
    await follow(["spotify_dan"]);
    const lines = await run();
    assert.match(lines[0] ?? "", /^ {2}users\/spotify_dan\/following\/.+: \{"creatorUid":".+"\}$/);
    assert.match(
      lines.at(-1) ?? "",
      /^A dry run: 1 of 1 documents would change\. Nothing was written/,
    );
    assert.equal(await followers(), 0);
  });

  it("changes neither correct documents nor those of a deleted account", async () => {
    await follow(["spotify_dan"]);
    await followRef(firestore, "spotify_ben", ada.uid).set({
      createdAt: FieldValue.serverTimestamp(),
      creatorUid: ada.uid,
    });
    await firestore.doc("users/spotify_eve/following/spotify_gone").create({ createdAt });
    const changed: string[] = [];
    const { examined } = await migrate(firestore, nameFollowedCreators, {
      isDryRun: false,
      onChange: (path) => changed.push(path),
    });
    assert.equal(examined, 3);
    assert.deepEqual(changed, [`users/spotify_dan/following/${ada.uid}`]);
    const gone = await firestore.doc("users/spotify_eve/following/spotify_gone").get();
    assert.equal(gone.get("creatorUid"), undefined);
  });

  it("finishes a page whose documents partly fail, stops there, and completes it the next time", async () => {
    await follow(["spotify_a", "spotify_b", "spotify_c"]);
    const failing: Migration = {
      ...nameFollowedCreators,
      change: (before, transaction) =>
        before.ref.path.includes("spotify_b")
          ? Promise.reject(new Error("unreadable"))
          : nameFollowedCreators.change(before, transaction),
    };
    const pages: Progress[] = [];
    const onPage = (progress: Progress) => Promise.resolve(void pages.push(progress));
    await assert.rejects(migrate(firestore, failing, { isDryRun: false, onPage }), AggregateError);
    assert.equal(await followers(), 2);
    assert.deepEqual(pages, [], "the next run begins with this page");
    await migrate(firestore, nameFollowedCreators, { isDryRun: false });
    assert.equal(await followers(), 3);
  });
});
