import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { renderChart } from "../../../bench/cost/chart.js";
import { designNames, estimateOf, readKnowledge } from "../../../bench/cost/estimate.js";
import { replaceGenerated, scaleDocuments, scaleFile } from "../../../bench/cost/scaleDocument.js";
import { scenarioOf } from "../../../bench/cost/scenario.js";
import { asMarkdown, asText } from "../../../bench/cost/tables.js";

describe("docs/SCALE.md and its chart", () => {
  it("are up to date with the model; otherwise run npm run cost -- --write", async () => {
    for (const { file, fresh } of await scaleDocuments()) {
      const stored = await readFile(file, "utf8").catch(() => "");
      assert.equal(stored, fresh, fileURLToPath(file));
    }
  });

  it("keep the text around the generated part", async () => {
    const stored = await readFile(scaleFile, "utf8");
    const changed = replaceGenerated(stored, "| other |");
    assert.ok(changed.includes("| other |"));
    const [above = ""] = stored.split("<!-- Written");
    assert.ok(above.startsWith("# Scale") && changed.startsWith(above));
    assert.ok(changed.endsWith(stored.slice(stored.indexOf("<!-- The end"))));
    assert.throws(() => replaceGenerated("# Scale", ""), /marks/);
  });

  it("draw a bar for each design and size, once per audio host", async () => {
    const knowledge = await readKnowledge();
    const estimates = [100, 5_000].flatMap((size) =>
      designNames.map((design) => estimateOf(scenarioOf("lively", size), design, knowledge)),
    );
    const chart = renderChart(estimates);
    assert.equal([...chart.matchAll(/<rect class="firestore[ "]/g)].length, 1 + 2 * 4);
    assert.doesNotMatch(chart, /NaN|undefined|height="-/);
    // Only the larger show exceeds one node, and only when self-hosted.
    assert.equal([...chart.matchAll(/>5,000\*</g)].length, 1);
    assert.equal([...chart.matchAll(/>100\*</g)].length, 0);
  });
});

describe("tables", () => {
  const table = { columns: ["Listeners", "Total"], rows: [["10", "$1.00*"]] };

  it("align as text", () => {
    assert.equal(asText(table), "Listeners   Total\n       10  $1.00*");
  });

  it("escape the footnote mark in Markdown", () => {
    assert.equal(asMarkdown(table), "| Listeners | Total |\n| --: | --: |\n| 10 | $1.00\\* |");
  });
});
