import assert from "node:assert/strict";
import { doc, getDoc } from "firebase/firestore";
import { localSite } from "../../deploy/smoke/localSite.js";
import { smoke, type SmokeSite } from "../../deploy/smoke/smoke.js";
import { signInAs } from "../../local/clientApp/signIn.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";

describe("the smoke test", () => {
  let endpoints: Endpoints;
  before(async () => {
    endpoints = await runningSuite();
  });

  /** Runs it, and notes the show that it made. */
  const run = async (change: Partial<SmokeSite> = {}) => {
    const printed: string[] = [];
    let showId = "";
    const site = { ...localSite(endpoints), ...change };
    const result = await smoke(
      {
        ...site,
        shareUrl(id) {
          showId = id;
          return site.shareUrl(id);
        },
      },
      { fetch, print: (line) => printed.push(line), patienceMs: 30_000 },
    );
    return { result, showId, printed };
  };

  it("runs a whole show on a running suite, and deletes its comment", async () => {
    const { result, showId, printed } = await run();
    assert.equal(result, "passed", printed.join("\n"));
    assert.equal(printed.at(-1), "smoke passed: 12 steps");
    assert.equal(await statusOf(showId), "ended");
  });

  it("names the step that fails, and ends the show all the same", async () => {
    const { result, showId, printed } = await run({
      shareUrl: () => localSite(endpoints).shareUrl("another-show"),
    });
    assert.equal(result, "failed");
    assert.ok(printed.includes("  ✗ the share page names it: the page answered 404"));
    assert.equal(printed.at(-1), "smoke failed after 7 steps");
    assert.equal(await statusOf(showId), "ended");
  });

  it("skips the show without test accounts, and says so", async () => {
    const { result, printed } = await run({ people: { skipped: "no accounts" } });
    assert.equal(result, "skipped");
    assert.ok(printed.includes("  - skipped a show: no accounts"));
    assert.equal(printed.at(-1), "smoke passed without a show: 3 steps");
  });

  const statusOf = async (showId: string): Promise<unknown> => {
    const app = await signInAs(endpoints, "creator-cleo");
    const show = await getDoc(doc(app.db, "shows", showId));
    await app.close();
    return show.get("status");
  };
});
