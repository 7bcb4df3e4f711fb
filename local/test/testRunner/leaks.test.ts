import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY } from "../../canary.js";
import { leaksIn } from "../../testRunner/leaks.js";

describe("the search for secrets in logs", () => {
  for (const [what, line] of [
    ["a secret of the functions", "key k3yk3yk3yk3yk3yk3y="],
    ["a token", ["Bearer eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJkYW4ifQ", "c2lnbmF0dXJl"].join(".")],
  ] as const) {
    it(`finds ${what}`, async () => {
      const directory = await mkdtemp(join(tmpdir(), "leaks-"));
      try {
        const secrets = join(directory, ".secret.local");
        await writeFile(secrets, `KEYS='{"1":"k3yk3yk3yk3yk3yk3y="}'`);
        await writeFile(join(directory, "suite.log"), `clean\n${line}\n`);
        const leaks = await leaksIn(directory, secrets);
        assert.deepEqual(
          leaks.map(({ reason }) => reason.split("\n")[0]),
          [line],
        );
      } finally {
        await rm(directory, { recursive: true });
      }
    });
  }

  it("finds a canary, and reads nothing but logs", async () => {
    const directory = await mkdtemp(join(tmpdir(), "leaks-"));
    try {
      await writeFile(join(directory, "clean.log"), "callable answered\n");
      await writeFile(join(directory, "endpoints.json"), CANARY);
      assert.deepEqual(await leaksIn(directory), []);
      await writeFile(join(directory, "suite.log"), `one\ntoken ${CANARY}-x\n`);
      const [leak, ...more] = await leaksIn(directory);
      assert.equal(leak?.file, join(directory, "suite.log"));
      assert.match(leak.reason, /^token canary/);
      assert.deepEqual(more, []);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
