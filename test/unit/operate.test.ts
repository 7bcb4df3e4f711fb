import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { z } from "zod";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** A test with its title, or a command with what it shows. */
const REHEARSAL =
  /^- Rehearsed by `(?:(?<path>[^` ]+\.test\.ts)`: (?<title>.+)|npm run (?<script>\S+)`, .+)$/mu;

describe("docs/operate.md", () => {
  const text = read("docs/operate.md");
  const [, runbook = ""] = /\n## The runbook\n([^]*?)\n## /.exec(text) ?? [];
  const failures = runbook.split("\n### ").slice(1);
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read("package.json")));

  it("lists the ten likeliest failures", () => {
    assert.equal(failures.length, 10);
  });

  for (const failure of failures) {
    const [name = ""] = failure.split("\n");

    it(`says how ${name.toLowerCase()} looks, what to do, and which test or command rehearses it`, () => {
      for (const part of ["You see", "Look", "Do"])
        assert.ok(failure.includes(`\n- ${part}: `), part);
      const { path, title, script = "" } = REHEARSAL.exec(failure)?.groups ?? {};
      if (path !== undefined && title !== undefined) assert.ok(read(path).includes(title), title);
      else assert.ok(script in scripts, failure);
    });
  }

  it("has what each alert points to", () => {
    const anchors = [...read("operate/alerts.json").matchAll(/docs\/operate\.md#([a-z-]+)/g)];
    assert.equal(anchors.length, 13);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    for (const [, anchor = ""] of anchors) assert.ok(headings.includes(anchor), anchor);
  });
});
