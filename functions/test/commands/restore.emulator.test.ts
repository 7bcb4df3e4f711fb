import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Edges } from "../../../deploy/edges.js";
import { restore } from "../../../deploy/operate/restore.js";
import { LaunchError } from "../../../local/launchError.js";
import { quietFirestore } from "../support/backstage.js";
import { everyDocument, seedOfEverything, store } from "../support/seedEverything.js";

const BUCKET = "gs://ambient-exports/";
const imported = z.object({ inputUriPrefix: z.string() });

/** The emulator exports to a folder and imports from it; Google does so with a bucket, in an operation of its own. */
describe("a restore", () => {
  const emulator = `http://${process.env.FIRESTORE_EMULATOR_HOST ?? ""}`;
  let directory: string;
  let source: Firestore;
  const sourceId = `demo-backup-${randomUUID().slice(0, 8)}`;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-"));
    source = quietFirestore(sourceId);
    const people = ["ada", "ben", "cleo"].map((word) => ({ uid: `spotify_${word}`, word }));
    await store(source, seedOfEverything(people, "backup", Date.now()));
    await post(`/emulator/v1/projects/${sourceId}:export`, {
      database: `projects/${sourceId}/databases/(default)`,
      export_directory: directory,
      export_name: "nightly",
    });
  });
  after(() => Promise.all([source.terminate(), rm(directory, { recursive: true })]));

  const post = async (path: string, body: object) => {
    const answer = await fetch(`${emulator}${path}`, {
      method: "POST",
      headers: { "authorization": "Bearer owner", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${await answer.clone().text()}`);
    return answer;
  };

  /** Google's Firestore, played by the emulator. */
  function edgesFor(projectId: string, end: object = {}) {
    const printed: string[] = [];
    const name = `projects/${projectId}/databases/(default)/operations/1`;
    const edges: Edges = {
      environment: {},
      hasTerminal: false,
      async fetch(url, init) {
        const { pathname } = new URL(url);
        const body: unknown = await new Response(init?.body ?? "{}").json();
        if (pathname.endsWith("/operations/1")) return Response.json({ name, done: true, ...end });
        if (pathname.endsWith(":listCollectionIds"))
          return post(pathname, z.object({}).loose().parse(body));
        assert.ok(pathname.endsWith(":importDocuments"), pathname);
        const { inputUriPrefix } = imported.parse(body);
        await post(`/emulator/v1/projects/${projectId}:import`, {
          database: `projects/${projectId}/databases/(default)`,
          // The emulator wants the file in the folder that Google finds by itself.
          export_directory: join(
            inputUriPrefix.replace(BUCKET, `${directory}/`),
            "nightly.overall_export_metadata",
          ),
        });
        return Response.json({ name });
      },
      accessToken: () => Promise.resolve("owner"),
      run: () => Promise.reject(new Error("no command")),
      now: Date.now,
      sleep: () => Promise.resolve(),
      question: () => Promise.resolve(""),
      print: (line) => printed.push(line),
    };
    return { edges, printed };
  }

  it("brings back every document as it was", async () => {
    const projectId = `demo-restored-${randomUUID().slice(0, 8)}`;
    const target = quietFirestore(projectId);
    const { edges, printed } = edgesFor(projectId);
    await restore(edges, { projectId, from: `${BUCKET}nightly` });
    assert.match(printed.at(-1) ?? "", /^✓ imported/);
    const [before, after] = await Promise.all([everyDocument(source), everyDocument(target)]);
    assert.ok(before.size > 100);
    assert.deepEqual(after, before);
    await target.terminate();
  });

  it("is refused in a project that is not empty, which stays as it is", async () => {
    const projectId = `demo-used-${randomUUID().slice(0, 8)}`;
    const target = quietFirestore(projectId);
    await target.doc("shows/mine").set({ title: "Mine" });
    const { edges } = edgesFor(projectId);
    await assert.rejects(restore(edges, { projectId, from: `${BUCKET}nightly` }), (error) => {
      assert.ok(error instanceof LaunchError);
      assert.equal(
        error.message,
        `${projectId} is not empty: it has shows. Restore into a new project, or an empty one.`,
      );
      return true;
    });
    assert.deepEqual(
      (await target.listCollections()).map(({ id }) => id),
      ["shows"],
    );
    assert.equal((await target.collection("shows").count().get()).data().count, 1);
    await target.terminate();
  });

  it("says that the import failed, and which path is not an export", async () => {
    const projectId = `demo-failed-${randomUUID().slice(0, 8)}`;
    const { edges } = edgesFor(projectId, { error: { code: 13, message: "no such object" } });
    const from = `${BUCKET}nightly`;
    await assert.rejects(restore(edges, { projectId, from }), /the import failed: no such object/);
    await assert.rejects(restore(edges, { projectId, from: "./nightly" }), /is not an export/);
  });
});
