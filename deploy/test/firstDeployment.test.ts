import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { z } from "zod";
import { parseDotenv } from "../../local/files/dotenv.js";
import { json } from "../../local/http/answer.js";
import { listen, type Listening } from "../../local/http/listen.js";
import { examineTarget } from "../doctor/examine.js";
import { blockers } from "../doctor/report.js";
import { defaultParams } from "../settings.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";

type EnsureRoles = (
  projectId: string,
  projectNumber: string,
  want: object,
  have: object,
) => Promise<void>;

type ResolveParams = (options: object) => Promise<unknown>;

describe("the first deployment, by an operator with exactly the roles that the doctor asks for", () => {
  let world: World;
  let iam: Listening;
  /** firebase-tools' own code, which binds roles before the first functions for events. */
  let ensureServiceAgentRoles: EnsureRoles;

  before(async () => {
    iam = await listen({
      name: "Google's IAM",
      host: "127.0.0.1",
      port: 0,
      serve({ url = "" }, response) {
        const roles = [...world.project.projectRoles];
        const { status, headers, body } = url.endsWith(":getIamPolicy")
          ? json(200, { bindings: roles.map(([role, members]) => ({ role, members })) })
          : json(403, { error: { code: 403, message: "no permission", status: "DENIED" } });
        response.writeHead(status, headers).end(body);
        return Promise.resolve();
      },
    });
    // Variables with which firebase-tools tests itself.
    process.env.FIREBASE_RESOURCEMANAGER_URL = iam.url;
    process.env.COMPUTE_URL = iam.url;
    const checkIam: unknown = createRequire(import.meta.url)(
      "firebase-tools/lib/deploy/functions/checkIam.js",
    );
    ({ ensureServiceAgentRoles } = z
      .object({
        ensureServiceAgentRoles: z.custom<EnsureRoles>((each) => typeof each === "function"),
      })
      .parse(checkIam));
  });
  after(async () => {
    delete process.env.FIREBASE_RESOURCEMANAGER_URL;
    delete process.env.COMPUTE_URL;
    await iam.close();
  });
  beforeEach(async () => {
    world = await openWorld();
    world.project.functions.clear();
  });
  afterEach(() => world.close());

  it("stops without a value of a param, even of one with a default, which the doctor lists", async () => {
    const loaded: unknown = createRequire(import.meta.url)(
      "firebase-tools/lib/deploy/functions/params.js",
    );
    const { resolveParams } = z
      .object({ resolveParams: z.custom<ResolveParams>((each) => typeof each === "function") })
      .parse(loaded);
    const resolve = () =>
      resolveParams({
        params: Object.keys(defaultParams(PROJECT_ID)).map((name) => ({ name, type: "string" })),
        firebaseConfig: { projectId: PROJECT_ID },
        userEnvs: world.target.params,
        nonInteractive: true,
      });
    const complete = world.target.params;
    const { MINIMUM_AGE: _, SUPPORT_RETURN_ORIGINS: __, ...params } = complete;
    world = { ...world, target: { ...world.target, params } };
    await assert.rejects(resolve(), /no value for .+: SUPPORT_RETURN_ORIGINS, MINIMUM_AGE$/m);
    const found = (await examineTarget(world.edges, world.target)).find(
      ({ name }) => name === "Params",
    );
    assert.equal(found?.state, "lacks");
    const [, ...lines] = (found.remedy ?? "").split("\n");
    assert.deepEqual(lines, ["SUPPORT_RETURN_ORIGINS='[]'", "MINIMUM_AGE='16'"]);
    const added = parseDotenv(lines.join("\n"));
    world = { ...world, target: { ...world.target, params: { ...params, ...added } } };
    await resolve();
    assert.deepEqual(
      (await examineTarget(world.edges, world.target)).filter(
        ({ name, state }) => name === "Params" && state !== "ok",
      ),
      [],
    );
  });

  const deployEvents = () => {
    const endpoint = {
      id: "onShowWritten",
      region: "us-central1",
      platform: "gcfv2",
      eventTrigger: { eventType: "google.cloud.firestore.document.v1.written" },
    };
    const want = { endpoints: { "us-central1": { onShowWritten: endpoint } } };
    return ensureServiceAgentRoles(PROJECT_ID, world.project.number, want, { endpoints: {} });
  };

  it("stops at roles that firebase-tools may not bind, which the doctor has reported", async () => {
    await assert.rejects(deployEvents(), /failed to modify the IAM policy/);
    const [blocker, ...others] = blockers(await examineTarget(world.edges, world.target));
    assert.deepEqual(others, []);
    assert.equal(blocker?.name, "Roles for events");

    const grants = [...(blocker.remedy ?? "").matchAll(/--member (\S+) --role (\S+)/g)];
    assert.equal(grants.length, 3);
    for (const [, member = "", role = ""] of grants) world.project.projectRoles.set(role, [member]);
    await deployEvents();
    assert.deepEqual(blockers(await examineTarget(world.edges, world.target)), []);
  });
});
