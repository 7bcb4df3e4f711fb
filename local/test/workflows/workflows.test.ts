import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../../files/json.js";
import { root } from "../../files/paths.js";
import { workflowProblems } from "./problems.js";

const DIGEST = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const sound = `
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@${DIGEST} # v7.0.1
        with:
          persist-credentials: false
      - uses: ./.github/actions/setup
      - run: npm run check
  staging:
    permissions:
      contents: read
    uses: ./.github/workflows/deploy.yml
    secrets: inherit
    with:
      environment: staging
  production:
    needs: staging
    permissions:
      contents: read
    uses: ./.github/workflows/deploy.yml
    secrets: inherit
    with:
      environment: production
`;

describe("GitHub's workflows", () => {
  it("keep the rules, as do the repository's own actions", async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(await readJson(join(root, "package.json")));
    const names = new Set(Object.keys(scripts));
    const patterns = [".github/workflows/*.yml", ".github/actions/*/action.yml"];
    const problems: string[] = [];
    const texts = new Map<string, string>();
    for await (const file of glob(patterns, { cwd: root })) {
      texts.set(file.replaceAll("\\", "/"), await readFile(join(root, file), "utf8"));
    }
    for (const [file, text] of texts) {
      problems.push(
        ...workflowProblems(text, names, texts).map((problem) => `${file}: ${problem}`),
      );
    }
    assert.deepEqual(problems, []);
    assert.ok(texts.size >= 6, `${texts.size} files`);
  });

  describe("are refused", () => {
    const called = new Map([[".github/workflows/deploy.yml", "KEY: ${{ secrets.KEY }}"]]);
    const problems = (text: string) => workflowProblems(text, new Set(["check"]), called);
    const without = (part: string, replacement = "") => {
      assert.ok(sound.includes(part), part);
      return problems(sound.replace(part, replacement));
    };

    it("only if something is wrong", () => {
      assert.deepEqual(problems(sound), []);
    });

    it("if an action has a tag, a short digest or no version", () => {
      for (const reference of [
        "actions/checkout@v7 # v7.0.1",
        `actions/checkout@${DIGEST.slice(1)} # v7.0.1`,
        `actions/checkout@${DIGEST}`,
      ]) {
        const [problem, ...others] = without(`actions/checkout@${DIGEST} # v7.0.1`, reference);
        assert.equal(problem, `is not pinned by a digest with its version: - uses: ${reference}`);
        assert.deepEqual(others, []);
      }
    });

    it("if a workflow or a job does not state what it may do", () => {
      const forAll = ["its permissions are not {}: each job states its own"];
      assert.deepEqual(without("permissions: {}"), forAll);
      assert.deepEqual(without("permissions: {}", "permissions: { contents: write }"), forAll);
      const ofTest = "permissions:\n      contents: read\n    steps";
      assert.deepEqual(without(ofTest, "steps"), ["test states no permissions"]);
      assert.deepEqual(without(ofTest, "permissions: write-all\n    steps"), [
        "test states no permissions",
      ]);
      assert.deepEqual(without("permissions:\n      contents: read\n    uses", "uses"), [
        "staging states no permissions",
      ]);
    });

    it("if a job has no timeout, or a checkout keeps its token", () => {
      assert.deepEqual(without("timeout-minutes: 5"), ["test has no timeout"]);
      const token = "test: a checkout keeps its token where every later step can read it";
      assert.deepEqual(without("persist-credentials: false", "fetch-depth: 1"), [token]);
      const composite = `runs:\n  steps:\n    - uses: actions/checkout@${DIGEST} # v7.0.1\n`;
      assert.deepEqual(problems(composite), [token.replace("test: ", "")]);
    });

    it("if they use a key file or a token that somebody stored", () => {
      for (const name of ["credentials_json", "service_account_key", "FIREBASE_TOKEN"]) {
        const line = `${name}: \${{ secrets.KEY }}`;
        assert.deepEqual(
          without("persist-credentials: false", `persist-credentials: false\n          ${line}`),
          [`uses a stored key instead of Workload Identity Federation: ${line}`],
        );
      }
    });

    it("if a job signs in to Google outside an environment, whose reviewers approve it", () => {
      const signIn = `- uses: google-github-actions/auth@${DIGEST} # v3.0.0`;
      const inTest = (environment: string) =>
        problems(
          sound
            .replace("timeout-minutes: 5\n", `timeout-minutes: 5\n    ${environment}\n`)
            .replace("- run: npm run check", signIn),
        );
      assert.deepEqual(inTest(""), ["test signs in to Google outside an environment"]);
      assert.deepEqual(inTest("environment: ${{ inputs.environment }}"), []);
    });

    it("if a job calls a workflow that reads secrets, and passes none", () => {
      assert.deepEqual(
        without("secrets: inherit\n    with:\n      environment: staging", "with: {}"),
        ["staging passes no secrets to .github/workflows/deploy.yml, which reads some"],
      );
    });

    it("if production does not wait for staging", () => {
      const tooEarly = ["production does not need staging"];
      assert.deepEqual(without("needs: staging"), tooEarly);
      assert.deepEqual(without("needs: staging", "needs: [test]"), tooEarly);
      assert.deepEqual(without("needs: staging", "needs: [test, staging]"), []);
      assert.deepEqual(
        without("timeout-minutes: 5", "timeout-minutes: 5\n    environment: production"),
        ["test does not need staging"],
      );
    });

    it("if they run a script that package.json does not have", () => {
      assert.deepEqual(without("npm run check", "npm run chek -- --all"), [
        "package.json has no script chek",
      ]);
    });
  });
});
