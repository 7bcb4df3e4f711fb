import assert from "node:assert/strict";
import { glob, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Documentation, documentation } from "../../demo/documentation.js";
import { root } from "../../files/paths.js";
import { listen, type Listening } from "../../http/listen.js";

describe("the documentation's site", () => {
  let directory: string;
  let docs: Documentation;
  let server: Listening;

  const get = (path: string) => fetch(`${server.url}${path}`, { redirect: "manual" });
  const textOf = async (path: string) => (await get(path)).text();

  before(async function () {
    this.timeout(300_000);
    directory = await mkdtemp(join(tmpdir(), "ambient-docs-"));
    docs = documentation(directory);
    server = await listen({
      name: "documentation",
      host: "127.0.0.1",
      port: 0,
      serve(request, response) {
        docs.serve(request, response, () => response.writeHead(204).end());
        return Promise.resolve();
      },
    });
    // The first requests wait for the build, which fails for a link that leads to no page.
    const [first, second] = await Promise.all([get("/docs/"), get("/docs/start.html")]);
    assert.equal(first.status, 200, await first.text());
    assert.equal(second.status, 200);
  });

  after(async () => {
    await server.close();
    await docs.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it("has each page of docs/, and each is in the sidebar", async () => {
    const pages: string[] = [];
    for await (const page of glob("**/*.md", { cwd: join(root, "docs") })) pages.push(page);
    assert.ok(pages.length > 50);
    const built = await readdir(directory, { recursive: true });
    const config = await readFile(join(root, "docs/.vitepress/config.ts"), "utf8");
    for (const page of pages) {
      const path = page.replace(/\.md$/, "");
      assert.ok(built.includes(`${path}.html`), page);
      const isListed = path.startsWith("client/reference/") || path === "index";
      const link = path.replace(/(^|\/)index$/, "$1");
      assert.ok(isListed || config.includes(`"/${link}"`), `${page} is not in the sidebar`);
    }
  });

  it("shows diagrams as SVG that loads nothing from elsewhere", async () => {
    const page = await textOf("/docs/concepts/music.html");
    assert.equal(page.match(/<div class="diagram" role="img"/g)?.length, 3);
    assert.match(page, /aria-label="Diagram: Talk and music"/);
    assert.doesNotMatch(page, /sequenceDiagram|@import|fonts\.googleapis/);
  });

  it("names files outside docs/ without linking to them", async () => {
    const page = await textOf("/docs/start.html");
    assert.match(
      page,
      /<span class="in-repository" title="In the repository: demo">demo\/<\/span>/,
    );
    assert.doesNotMatch(page, /href="[^"]*\.\.\/demo/);
  });

  it("can be searched without a server", async () => {
    const chunks = await readdir(join(directory, "assets/chunks"));
    const index = chunks.find((name) => name.includes("localSearchIndex"));
    assert.ok(index);
    const texts = await readFile(join(directory, "assets/chunks", index), "utf8");
    for (const word of ["getSpotifyAccessToken", "KnownObservable"]) {
      assert.ok(texts.toLowerCase().includes(word.toLowerCase()), word);
    }
  });

  it("leaves other paths alone and answers 404 for what does not exist", async () => {
    assert.equal((await get("/")).status, 204);
    assert.equal((await get("/docsomething")).status, 204);
    assert.equal((await get("/docs")).headers.get("location"), "/docs/");
    for (const path of ["/docs/gone.html", "/docs/..%2f..%2fetc%2fpasswd"]) {
      const answer = await get(path);
      assert.equal(answer.status, 404, path);
      assert.match(await answer.text(), /404/);
    }
  });
});
