import assert from "node:assert/strict";
import { LEFT_OUT, runCheck } from "../../testRunner/checks.js";

describe("a check", () => {
  const outcomeOf = async (script: string) => {
    let written = "";
    const check = { name: "words", script: "--eval", args: [script] };
    const outcome = await runCheck(check, new AbortController().signal, (text) => {
      written += text;
    });
    return { outcome, written: written.replace(/\d+\.\d s/, "… s") };
  };

  it("passes, or fails with its output as the reason", async () => {
    assert.deepEqual(await outcomeOf(""), { outcome: {}, written: "  ✓ words (… s)\n" });
    assert.deepEqual(await outcomeOf(`console.log("no"); process.exitCode = 1`), {
      outcome: { failure: { title: "words", file: "", reason: "no" } },
      written: "  ✗ words (… s)\n",
    });
  });

  it("is left out if this machine cannot make it, and says why", async () => {
    const script = `console.error("install Go"); process.exitCode = ${LEFT_OUT}`;
    assert.deepEqual(await outcomeOf(script), {
      outcome: { isLeftOut: true },
      written: "  – words: left out: install Go\n",
    });
  });
});
