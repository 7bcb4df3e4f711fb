import assert from "node:assert/strict";
import { examineTarget } from "../doctor/examine.js";
import type { Finding, State } from "../doctor/finding.js";
import { examineMachine, type Toolchain } from "../doctor/machine.js";
import { isHealthy, obstacles, renderFindings } from "../doctor/report.js";
import { applyBackups } from "../operate/applyBackups.js";
import { applyMonitoring } from "../operate/applyMonitoring.js";
import { projectIdOf } from "../target.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";

describe("doctor", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await applyMonitoring(world.edges, world.target);
    await applyBackups(world.edges, world.target);
  });
  afterEach(() => world.close());

  const examine = () => examineTarget(world.edges, world.target);
  const named = (findings: readonly Finding[], name: string): Finding => {
    const found = findings.find((each) => each.name === name);
    assert.ok(found, `${name} in ${findings.map((each) => each.name).join(", ")}`);
    return found;
  };
  const find = async (name: string, state: State): Promise<Finding> => {
    const found = named(await examine(), name);
    assert.equal(found.state, state, `${name}: ${found.detail}`);
    return found;
  };
  const mendOf = async (name: string): Promise<string> => (await find(name, "lacks")).mend ?? "";

  it("lacks nothing in a complete project, and says what only a person can see", async () => {
    const findings = await examine();
    const others = findings.filter(({ state }) => state !== "ok").map(({ name }) => name);
    assert.deepEqual(others, ["Spotify redirect URIs", "Spotify quota mode"]);
    assert.ok(isHealthy(findings));
  });

  it("reports only that Google cannot be reached when there is no network", async () => {
    world.isOnline = false;
    const findings = await examine();
    assert.deepEqual(
      findings.map(({ name, state }) => [name, state]),
      [["Project", "unknown"]],
    );
    assert.match(named(findings, "Project").detail, /ENOTFOUND/);
    assert.ok(!isHealthy(findings));
  });

  it("says how to choose another project if this account has no access to it", async () => {
    world = { ...world, target: { ...world.target, projectId: "somebody-elses" } };
    const findings = await examine();
    assert.equal(findings.length, 1);
    assert.match(named(findings, "Project").mend ?? "", /firebase use --add/);
  });

  it("says how to sign in without Google credentials", async () => {
    world.edges.accessToken = () => Promise.reject(new Error("Could not load the credentials"));
    assert.match(await mendOf("Project"), /^gcloud auth application-default login$/);
  });

  it("names the alias that has no project yet", () => {
    const projects = { staging: "demo-ambient-staging", production: "ambient-real" };
    assert.throws(() => projectIdOf(projects, "staging"), /firebase use --add/);
    assert.equal(projectIdOf(projects, "production"), "ambient-real");
    assert.equal(projectIdOf(projects, "another-project"), "another-project");
  });

  it("continues with the other checks after an unexpected response", async () => {
    world.others.set("cloudbilling.googleapis.com", () => Response.json([]));
    assert.match((await find("Billing", "unknown")).detail, /unexpected response/);
    await find("CPU quota", "ok");
  });

  it("finds a project without billing, and one without a budget", async () => {
    world.project.budgets = [{ displayName: "Other", projects: ["projects/999"] }];
    assert.match((await find("Budget alert", "note")).mend ?? "", /gcloud billing budgets create/);
    world.project.billingAccount = "";
    assert.match(await mendOf("Billing"), /Blaze/);
  });

  it("enables the APIs that are missing with one command, and continues with the others", async () => {
    world.project.enabledApis.delete("cloudtasks.googleapis.com");
    world.project.enabledApis.delete("secretmanager.googleapis.com");
    assert.equal(
      await mendOf("APIs"),
      `gcloud services enable cloudtasks.googleapis.com secretmanager.googleapis.com --project ${PROJECT_ID}`,
    );
    assert.match(await mendOf("Secrets"), /enable secretmanager/);
    await find("CPU quota", "ok");
  });

  it("names the roles that an operator with half of them lacks", async () => {
    world.project.operatorPermissions = [
      "cloudfunctions.functions.create",
      "cloudfunctions.functions.update",
      "cloudfunctions.functions.delete",
      "run.services.setIamPolicy",
    ];
    world.project.forbiddenApis.add("secretmanager.googleapis.com");
    const findings = await examine();
    const { detail, mend = "" } = named(findings, "Your roles");
    assert.match(detail, /firebaserules\.releases\.update/);
    assert.doesNotMatch(detail, /cloudfunctions/);
    assert.equal(mend.match(/roles\/firebaserules\.admin/g)?.length, 1);
    const [, account] =
      /^gcloud iam service-accounts add-iam-policy-binding (\S+) .+ --role roles\/iam\.serviceAccountUser$/m.exec(
        mend,
      ) ?? [];
    assert.equal(account, `${world.project.number}-compute@developer.gserviceaccount.com`);
    assert.equal(named(findings, "Secrets").state, "unknown");
    assert.deepEqual(
      obstacles(findings).map(({ name }) => name),
      ["Your roles", "Secrets", "Spotify", "LiveKit"],
    );
  });

  it("distinguishes a missing secret, one without a version and one with a disabled version", async () => {
    world.project.secrets.delete("STRIPE_SECRET_KEY");
    world.project.secrets.set("LIVEKIT_API_SECRET", []);
    world.project.secrets.set("SPOTIFY_CREDENTIAL_KEYS", [
      { state: "ENABLED", value: "{}" },
      { state: "DISABLED", value: "{}" },
    ]);
    const findings = await examine();
    const detailOf = (secret: string) => named(findings, `Secret ${secret}`).detail;
    assert.equal(detailOf("STRIPE_SECRET_KEY"), "there is no such secret");
    assert.equal(detailOf("LIVEKIT_API_SECRET"), "the secret has no version");
    assert.equal(detailOf("SPOTIFY_CREDENTIAL_KEYS"), "version 2, the newest, is DISABLED");
    // A new keyring would lose every grant.
    assert.match(
      named(findings, "Secret SPOTIFY_CREDENTIAL_KEYS").mend ?? "",
      /^gcloud secrets versions enable 2 /,
    );
    assert.equal(named(findings, "LiveKit").state, "unknown");
  });

  it("finds functions that cannot sign custom tokens or enqueue tasks", async () => {
    world.project.runtimeAccountRoles.clear();
    world.project.projectRoles.clear();
    assert.match(await mendOf("signBlob for custom tokens"), /serviceAccountTokenCreator$/);
    assert.match(await mendOf("Role cloudtasks.enqueuer"), /--role roles\/cloudtasks\.enqueuer/);
    const member = `serviceAccount:${world.project.number}-compute@developer.gserviceaccount.com`;
    world.project.projectRoles.set("roles/cloudtasks.enqueuer", [member]);
    await find("Role cloudtasks.enqueuer", "ok");
    await find("Role datastore.user", "lacks");
  });

  it("finds a public function that Google refuses, and no other", async () => {
    for (const name of ["joinShow", "sweepShow"]) {
      const deployed = world.project.functions.get(name);
      assert.ok(deployed);
      deployed.isPublic = false;
    }
    assert.match(
      await mendOf("Public invoker"),
      /^gcloud run services add-iam-policy-binding joinshow [^\n]+$/,
    );
  });

  it("finds a failed function, a missing one, and a paused queue", async () => {
    const failed = world.project.functions.get("endShow");
    assert.ok(failed);
    failed.state = "FAILED";
    world.project.functions.delete("setRole");
    world.project.queues.set("notify", "PAUSED");
    assert.match(await mendOf("Function endShow"), /npm run deploy -- --project staging/);
    assert.equal((await find("Functions", "lacks")).detail, "not deployed: setRole");
    assert.match(await mendOf("Task queue notify"), /^gcloud tasks queues resume notify /);
  });

  it("distinguishes an index that is building from a missing one", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "CREATING";
    const building = await find("Indexes", "lacks");
    assert.match(building.detail, /^still building: shows \(visibility ASCENDING, /);
    world.project.indexes = world.project.indexes.slice(1);
    assert.match((await find("Indexes", "lacks")).detail, /^missing: shows \(visibility/);
    assert.deepEqual(obstacles(await examine()), [], "a deployment creates it");
  });

  it("finds a field whose index or TTL policy differs", async () => {
    const { fields } = world.project;
    const [single] = fields.filter(({ ttl, indexes }) => !ttl && indexes.length === 0);
    const [expiring] = fields.filter(({ ttl }) => ttl);
    assert.ok(single && expiring);
    world.project.fields = fields.filter((field) => field !== single);
    expiring.ttl = "CREATING";
    const name = ({ collectionGroup, fieldPath }: typeof single) =>
      `${collectionGroup}.${fieldPath}`;
    assert.equal((await find("Indexes", "lacks")).detail, `missing: ${name(single)}`);
    assert.equal((await find("TTL policies", "lacks")).detail, `still building: ${name(expiring)}`);
  });

  it("finds a project without database and Authentication", async () => {
    world.project.hasDatabase = false;
    world.project.hasAuth = false;
    assert.match(await mendOf("Database"), /firestore:databases:create/);
    assert.match(await mendOf("Authentication"), /authentication/);
  });

  it("notes alerts, an uptime check and backups that nobody turned on, each with the command", async () => {
    const { monitoring, backups } = world.project;
    monitoring.resources.get("alertPolicies")?.clear();
    monitoring.resources.get("uptimeCheckConfigs")?.clear();
    backups.schedules.clear();
    for (const name of ["Alerts", "Uptime check", "Backups"]) {
      const { mend } = await find(name, "note");
      assert.equal(mend, "npm run operate:apply -- --project staging");
    }
    assert.match((await find("Alerts", "note")).detail, /^12 of 12 missing/);
    world.project.forbiddenApis.add("monitoring.googleapis.com");
    assert.match((await find("Alerts", "note")).detail, /may not see it/);
  });

  it("parses config/client, without which the project works", async () => {
    await find("config/client", "ok");
    world.project.clientConfig = { termsVersion: { stringValue: "1" } };
    assert.match((await find("config/client", "lacks")).detail, /^calls fail: termsVersion: /);
    assert.deepEqual(
      obstacles(await examine()).map(({ name }) => name),
      ["config/client"],
    );
    world.project.clientConfig = { support: { mapValue: { fields: {} } } };
    assert.match((await find("config/client", "lacks")).detail, /support\.currencies/);
    world.project.clientConfig = undefined;
    assert.match((await find("config/client", "note")).mend ?? "", /client-config --set/);
  });

  it("compares the CPU quota with the largest function and with all of them", async () => {
    world.project.cpuQuota = 200_000;
    assert.match((await find("CPU quota", "note")).detail, /the quota is 200$/);
    world.project.cpuQuota = 20_000;
    assert.match((await find("CPU quota", "lacks")).detail, /^\w+ may take 100 CPUs/);
  });

  it("lacks a provider of App Check once calls are refused without one", async () => {
    world.project.apps.splice(0, 1, { appId: "1", platform: "ANDROID", provider: "none" });
    await find("App Check of Ambient", "note");
    const settings = { ...world.target.settings, appCheck: "enforce" };
    world = { ...world, target: { ...world.target, settings } };
    await find("App Check of Ambient", "lacks");
  });

  it("finds redirect URIs that Spotify refuses, and a client that it does not know", async () => {
    const settings = {
      ...world.target.settings,
      spotifyRedirectUris: ["http://localhost/callback", "http://127.0.0.1/callback", "app://in"],
    };
    world = { ...world, target: { ...world.target, settings } };
    world.others.set("accounts.spotify.com", () => Response.json({}, { status: 400 }));
    const findings = await examine();
    assert.equal(
      named(findings, "Spotify redirect URIs").detail,
      "Spotify refuses http://localhost/callback",
    );
    assert.match(named(findings, "Spotify client").detail, /answers 400/);
  });

  it("finds a LiveKit that refuses the key, and a function that refuses its webhooks", async () => {
    world.others.set("livekit.example", () => new Response(null, { status: 401 }));
    world.others.set(
      `us-central1-${PROJECT_ID}.cloudfunctions.net`,
      () => new Response(null, { status: 401 }),
    );
    await find("LiveKit", "lacks");
    assert.match(await mendOf("LiveKit webhook"), /--from functions:events/);
  });

  it("finds a function that follows webhooks without a signature", async () => {
    world.others.set(
      `us-central1-${PROJECT_ID}.cloudfunctions.net`,
      () => new Response(null, { status: 200 }),
    );
    assert.match((await find("LiveKit webhook", "lacks")).detail, /without a signature/);
  });

  it("asks Stripe only if payments are on", async () => {
    await find("Stripe", "ok");
    const settings = { ...world.target.settings, payments: "stripe" };
    world = { ...world, target: { ...world.target, settings } };
    world.others.set("api.stripe.com", (url) =>
      Response.json(url.includes("webhook") ? { data: [] } : { id: "acct_1" }),
    );
    assert.match(await mendOf("Stripe webhook"), /dashboard\.stripe\.com/);
  });
});

describe("doctor on a machine", () => {
  const complete: Toolchain = {
    platform: "linux",
    node: "v24.0.0",
    findJdk: () => Promise.resolve({ java: "/usr/bin/java", version: 21 }),
    hasFirestoreEmulator: () => Promise.resolve(true),
    findLivekit: () => Promise.resolve("/usr/bin/livekit-server"),
    findChromium: () => Promise.resolve("/usr/bin/chromium"),
  };

  it("needs a JDK, and says what works without LiveKit and Chromium", async () => {
    assert.ok(isHealthy(await examineMachine(complete)));
    const bare = await examineMachine({
      ...complete,
      hasFirestoreEmulator: () => Promise.resolve(false),
      findLivekit: () => Promise.resolve(undefined),
      findChromium: () => Promise.resolve(undefined),
    });
    assert.ok(isHealthy(bare));
    const report = renderFindings("This machine", bare);
    assert.match(report, /· LiveKit .+everything except audio works/);
    assert.match(report, /^ {6}npx firebase setup:emulators:firestore$/m);
    const without = await examineMachine({
      ...complete,
      findJdk: () => Promise.reject(new Error("The emulators need Java 21")),
    });
    assert.ok(!isHealthy(without));
    assert.match(
      renderFindings("This machine", without),
      /✗ JDK +The emulators need Java 21\n {6}`apt install openjdk-21/,
    );
  });
});
