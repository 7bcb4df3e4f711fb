import { spawnSync } from "node:child_process";
import { root } from "../files/paths.js";
import { LEFT_OUT } from "../testRunner/checks.js";
import { inCi } from "../testRunner/inCi.js";
import { actionlint, provideGoTool } from "../toolchain/goTool.js";

/** Checks GitHub's workflows with actionlint, without the tools that it would use only where they happen to be installed. */
const provided = await provideGoTool(actionlint, { onProgress: console.error });
if ("missing" in provided) {
  console.error(provided.missing);
  process.exitCode = inCi() ? 1 : LEFT_OUT;
} else {
  const args = ["-shellcheck=", "-pyflakes=", "-no-color"];
  const { status } = spawnSync(provided.binary, args, { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
}
