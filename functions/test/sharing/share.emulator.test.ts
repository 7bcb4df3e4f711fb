import assert from "node:assert/strict";
import { sharedShowFacts } from "../../src/contract/sharing.js";
import { functionUrl } from "../../../local/suite/endpoints.js";
import { runningSuite } from "../../../test/support/suite.js";
import { showIn, somebody } from "../support/backstage.js";

describe("a shared link", () => {
  const get = async (path: string, method = "GET") =>
    fetch(functionUrl(await runningSuite(), `share${path}`), { method });

  it("leads to the page and the card of a show that is public or unlisted", async () => {
    const ada = await somebody("Ada");
    const [live, unlisted] = await Promise.all([
      showIn("live", ada, { title: "<b>Bold</b>" }),
      showIn("scheduled", ada, { visibility: "unlisted" }),
    ]);
    const page = await get(`/s/${live}`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html; charset=utf-8/i);
    assert.equal(page.headers.get("cache-control"), "public, max-age=30, s-maxage=30");
    assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'none'/);
    assert.equal(page.headers.get("x-robots-tag"), null);
    assert.match(await page.text(), /<h1 dir="auto">&lt;b&gt;Bold&lt;\/b&gt;<\/h1>/);

    const card = await get(`/s/${live}/card-live.png`);
    assert.equal(card.headers.get("content-type"), "image/png");
    assert.ok((await card.arrayBuffer()).byteLength > 5_000);

    const facts = await get(`/s/${live}/show.json`);
    assert.deepEqual(sharedShowFacts.parse(await facts.json()), {
      title: "<b>Bold</b>",
      creatorName: "Ada",
      status: "live",
      scheduledFor: null,
    });

    for (const address of ["card-live.png?1", "card.png", "card-draft.png", "show.json?1"]) {
      assert.equal((await get(`/s/${live}/${address}`)).status, 404, address);
    }

    const hidden = await get(`/s/${unlisted}`);
    assert.equal(hidden.status, 200);
    assert.equal(hidden.headers.get("x-robots-tag"), "noindex");
  });

  it("tells a stranger nothing of drafts, shows taken down or withheld, and ids without a show", async () => {
    const ada = await somebody("Ada");
    const secret = "Secret plan";
    const [draft, takenDown, withheld] = await Promise.all([
      showIn("draft", ada, { title: secret }),
      showIn("ended", ada, { title: secret, visibility: "taken_down" }),
      showIn("ended", ada, { title: secret, visibility: "withheld" }),
    ]);
    const answers = await Promise.all(
      [draft, takenDown, withheld, "no-such-show", "__id__", "a%2Fb"].flatMap((id) =>
        [`/s/${id}`, `/s/${id}/card-ended.png`, `/s/${id}/show.json`].map(async (path) => {
          const answer = await get(path);
          return [answer.status, await answer.text()] as const;
        }),
      ),
    );
    const missing = await get("/s/never-there");
    const text = await missing.text();
    assert.match(text, /There is no such show/);
    assert.doesNotMatch(text, new RegExp(secret));
    for (const answer of answers) assert.deepEqual(answer, [404, text]);
  });

  it("is served with the apps' files, and nothing else", async () => {
    for (const file of ["assetlinks.json", "apple-app-site-association"]) {
      const answer = await get(`/.well-known/${file}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
      await answer.json();
    }
    assert.equal((await get("/")).status, 404);
    assert.equal((await get("/s/show", "POST")).status, 405);
  });
});
