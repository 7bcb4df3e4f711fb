import assert from "node:assert/strict";
import { examineTarget } from "../doctor/examine.js";
import type { Finding, State } from "../doctor/finding.js";
import { examineMachine, type Toolchain } from "../doctor/machine.js";
import { isHealthy, blockers, renderFindings } from "../doctor/report.js";
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
  const remedyOf = async (name: string): Promise<string> =>
    (await find(name, "lacks")).remedy ?? "";

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
    assert.match(named(findings, "Project").remedy ?? "", /firebase use --add/);
  });

  it("says how to sign in without Google credentials", async () => {
    world.edges.accessToken = () => Promise.reject(new Error("Could not load the credentials"));
    assert.match(await remedyOf("Project"), /^gcloud auth application-default login$/);
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
    assert.match(
      (await find("Budget alert", "note")).remedy ?? "",
      /gcloud billing budgets create/,
    );
    world.project.billingAccount = "";
    assert.match(await remedyOf("Billing"), /Blaze/);
  });

  it("enables the APIs that are missing with one command, and continues with the others", async () => {
    world.project.enabledApis.delete("cloudtasks.googleapis.com");
    world.project.enabledApis.delete("secretmanager.googleapis.com");
    assert.equal(
      await remedyOf("APIs"),
      `gcloud services enable cloudtasks.googleapis.com secretmanager.googleapis.com --project ${PROJECT_ID}`,
    );
    assert.match(await remedyOf("Secrets"), /enable secretmanager/);
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
    const { detail, remedy = "" } = named(findings, "Your roles");
    assert.match(detail, /firebaserules\.releases\.update/);
    assert.doesNotMatch(detail, /cloudfunctions/);
    assert.equal(remedy.match(/roles\/firebaserules\.admin/g)?.length, 1);
    const [, account] =
      /^gcloud iam service-accounts add-iam-policy-binding (\S+) .+ --role roles\/iam\.serviceAccountUser$/m.exec(
        remedy,
      ) ?? [];
    assert.equal(account, `${world.project.number}-compute@developer.gserviceaccount.com`);
    assert.equal(named(findings, "Secrets").state, "unknown");
    assert.deepEqual(
      blockers(findings).map(({ name }) => name),
      ["Your roles", "Secrets", "Spotify", "LiveKit"],
    );
  });

  it("notes that firebase-tools would deploy as an account other than the examined one", async () => {
    await find("Accounts", "ok");
    world.onCommand = (line) =>
      line.endsWith(" login:list")
        ? { code: 0, output: "Logged in as ada@example.com\n" }
        : undefined;
    for (const [email, state] of [
      ["ada@example.com", "ok"],
      ["cleo@example.com", "note"],
    ] as const) {
      world.others.set("oauth2.googleapis.com", () => Response.json({ email }));
      assert.match((await find("Accounts", state)).detail, /ada@example\.com/);
    }
    world.others.set("oauth2.googleapis.com", () => new Response("no JSON"));
    assert.match((await find("Accounts", "note")).detail, /deploys as ada@example\.com/);
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
      named(findings, "Secret SPOTIFY_CREDENTIAL_KEYS").remedy ?? "",
      /^gcloud secrets versions enable 2 /,
    );
    assert.equal(named(findings, "LiveKit").state, "unknown");
  });

  it("finds functions that cannot sign custom tokens or enqueue tasks", async () => {
    world.project.runtimeAccountRoles.clear();
    world.project.projectRoles.clear();
    assert.match(await remedyOf("signBlob for custom tokens"), /serviceAccountTokenCreator$/);
    assert.match(await remedyOf("Role cloudtasks.enqueuer"), /--role roles\/cloudtasks\.enqueuer/);
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
      await remedyOf("Public invoker"),
      /^gcloud run services add-iam-policy-binding joinshow [^\n]+$/,
    );
  });

  it("finds a failed function, a missing one, and a paused queue", async () => {
    const failed = world.project.functions.get("endShow");
    assert.ok(failed);
    failed.state = "FAILED";
    world.project.functions.delete("setRole");
    world.project.queues.set("notify", "PAUSED");
    assert.match(await remedyOf("Function endShow"), /npm run deploy -- --project staging/);
    assert.equal((await find("Functions", "lacks")).detail, "not deployed: setRole");
    assert.match(await remedyOf("Task queue notify"), /^gcloud tasks queues resume notify /);
  });

  it("distinguishes an index that is building from a missing one", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "CREATING";
    const building = await find("Indexes", "lacks");
    assert.match(building.detail, /^still building: shows \(visibility ASCENDING, /);
    world.project.indexes = world.project.indexes.slice(1);
    assert.match((await find("Indexes", "lacks")).detail, /^missing: shows \(visibility/);
    assert.deepEqual(blockers(await examine()), [], "a deployment creates it");
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
    assert.match(await remedyOf("Database"), /firestore:databases:create/);
    assert.match(await remedyOf("Authentication"), /authentication/);
  });

  it("finds a project that is being deleted", async () => {
    const { number } = world.project;
    world.others.set("cloudresourcemanager.googleapis.com", () =>
      Response.json({
        name: `projects/${number}`,
        projectId: PROJECT_ID,
        state: "DELETE_REQUESTED",
      }),
    );
    assert.match(await remedyOf("Project"), /^gcloud projects undelete ambient-test$/);
  });

  it("finds a database in Datastore mode, notes one far away, and one without recovery", async () => {
    const { backups } = world.project;
    const { database } = backups;
    backups.database = { ...database, locationId: "europe-west1" };
    assert.match((await find("Region", "note")).detail, /far from the database in europe-west1$/);
    backups.database = { pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_DISABLED" };
    assert.match((await find("Point-in-time recovery", "note")).remedy ?? "", /--enable-pitr/);
    backups.database = { ...database, type: "DATASTORE_MODE" };
    assert.match(await remedyOf("Database"), /--type firestore-native/);
  });

  it("finds an index that has to be repaired", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "NEEDS_REPAIR";
    assert.match((await find("Indexes", "lacks")).detail, /^to repair: shows \(/);
    assert.deepEqual(
      blockers(await examine()).map(({ name }) => name),
      ["Indexes"],
    );
  });

  it("notes that no device gets notifications without FCM", async () => {
    world.project.enabledApis.delete("fcm.googleapis.com");
    assert.match((await find("FCM", "note")).remedy ?? "", /^gcloud services enable fcm\./);
  });

  it("accepts public functions of an organisation that turned the invoker's check off instead", async () => {
    const deployed = world.project.functions.get("joinShow");
    assert.ok(deployed);
    deployed.isPublic = false;
    await find("Public invoker", "lacks");
    const fetch = world.edges.fetch.bind(world.edges);
    world.edges.fetch = async (url, init) =>
      url.endsWith("/services/joinshow")
        ? Response.json({ invokerIamDisabled: true })
        : fetch(url, init);
    await find("Public invoker", "ok");
  });

  it("notes budgets and a CPU quota that this account may not see", async () => {
    world.project.forbiddenApis.add("billingbudgets.googleapis.com");
    assert.match((await find("Budget alert", "note")).detail, /may not see/);
    world.others.set("cloudquotas.googleapis.com", () => Response.json({}));
    assert.equal((await find("CPU quota", "note")).detail, "Google reports none");
    world.others.delete("cloudquotas.googleapis.com");
    world.project.forbiddenApis.add("cloudquotas.googleapis.com");
    assert.match((await find("CPU quota", "note")).remedy ?? "", /role Viewer/);
  });

  it("notes alerts, an uptime check and backups that nobody turned on, each with the command", async () => {
    const { monitoring, backups } = world.project;
    monitoring.resources.get("alertPolicies")?.clear();
    monitoring.resources.get("uptimeCheckConfigs")?.clear();
    backups.schedules.clear();
    for (const name of ["Alerts", "Uptime check", "Backups"]) {
      const { remedy } = await find(name, "note");
      assert.equal(remedy, "npm run operate:apply -- --project staging");
    }
    assert.match((await find("Alerts", "note")).detail, /^13 of 13 missing/);
    world.project.forbiddenApis.add("monitoring.googleapis.com");
    assert.match((await find("Alerts", "note")).detail, /may not see it/);
  });

  it("notes a nightly export that is missing, paused or failed", async () => {
    const { jobs } = world.project.backups;
    const [[name, job] = ["", {}]] = jobs;
    await find("Nightly export", "ok");
    jobs.set(name, { ...job, status: { code: 7, message: "no access to the bucket" } });
    const { detail, remedy } = await find("Nightly export", "note");
    assert.match(detail, /last run failed: no access to the bucket$/);
    assert.match(remedy ?? "", /docs\/operate\.md#backups/);
    jobs.set(name, { ...job, state: "PAUSED" });
    assert.match(
      (await find("Nightly export", "note")).remedy ?? "",
      /jobs resume ambient-export /,
    );
    jobs.clear();
    assert.match((await find("Nightly export", "note")).remedy ?? "", /operate:apply/);
  });

  it("finds the paused job of a scheduled function", async () => {
    await find("Scheduled jobs", "ok");
    world.project.paused.add("sweepDeletions");
    assert.equal((await find("Scheduled jobs", "lacks")).detail, "paused: sweepDeletions");
    assert.match(
      await remedyOf("Scheduled jobs"),
      /^gcloud scheduler jobs resume firebase-schedule-sweepDeletions-us-central1 --location us-central1 /,
    );
  });

  it("finds a paused job also while another one is missing", async () => {
    world.project.paused.add("sweepDeletions");
    const { functions } = world.project;
    world.others.set("cloudscheduler.googleapis.com", () =>
      Response.json({
        jobs: [
          {
            name: "projects/p/locations/us-central1/jobs/firebase-schedule-sweepDeletions-us-central1",
            state: "PAUSED",
          },
        ],
      }),
    );
    assert.ok(functions.has("sweepShows"));
    const details = (await examine())
      .filter(({ name }) => name === "Scheduled jobs")
      .map(({ detail }) => detail);
    assert.equal(details.length, 2);
    assert.match(details[0] ?? "", /^missing: .*sweepShows/);
    assert.equal(details[1], "paused: sweepDeletions");
  });

  it("parses config/client, without which the project works", async () => {
    await find("config/client", "ok");
    world.project.clientConfig = { termsVersion: { stringValue: "1" } };
    assert.match((await find("config/client", "lacks")).detail, /^calls fail: termsVersion: /);
    assert.deepEqual(
      blockers(await examine()).map(({ name }) => name),
      ["config/client"],
    );
    world.project.clientConfig = { support: { mapValue: { fields: {} } } };
    assert.match((await find("config/client", "lacks")).detail, /support\.currencies/);
    world.project.clientConfig = undefined;
    assert.match((await find("config/client", "note")).remedy ?? "", /client-config --set/);
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
    world.project.apps.length = 0;
    assert.match(await remedyOf("App Check"), /apps:create/);
    world = { ...world, target: { ...world.target, settings: { ...settings, appCheck: "off" } } };
    assert.match((await find("App Check", "note")).remedy ?? "", /APP_CHECK=monitor/);
  });

  it("counts a provider of App Check only with its key", async () => {
    for (const [platform, provider, complete] of [
      ["WEB", "recaptchaV3Config", { siteSecretSet: true }],
      ["WEB", "recaptchaEnterpriseConfig", { siteKey: "key" }],
      ["IOS", "deviceCheckConfig", { privateKeySet: true }],
    ] as const) {
      world.project.apps.splice(0, 1, { appId: "1", platform, provider });
      const answer = (config: object) => {
        world.others.set("firebaseappcheck.googleapis.com", (url) =>
          url.endsWith(`/${provider}`)
            ? Response.json({ name: provider, ...config })
            : Response.json({ error: { message: "not found" } }, { status: 404 }),
        );
      };
      answer({});
      await find("App Check of Ambient", "note");
      answer(complete);
      await find("App Check of Ambient", "ok");
    }
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

  it("needs LiveKit's address and key, unless the project has no audio", async () => {
    const { settings } = world.target;
    world = { ...world, target: { ...world.target, settings: { ...settings, livekitApiKey: "" } } };
    assert.match(
      await remedyOf("LiveKit"),
      /AUDIO_PROVIDER=none, in functions\/\.env\.ambient-test$/,
    );
    const none = { ...settings, livekitApiKey: "", audioProvider: "none" };
    world = { ...world, target: { ...world.target, settings: none } };
    await find("LiveKit", "ok");
  });

  it("lacks the correct LIVEKIT_URL if its host does not exist", async () => {
    const failing = (code: string) => () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
    };
    world.others.set("livekit.example", failing("ENOTFOUND"));
    assert.equal(await remedyOf("LiveKit"), `correct LIVEKIT_URL in functions/.env.${PROJECT_ID}`);
    world.others.set("livekit.example", failing("ECONNREFUSED"));
    assert.match((await find("LiveKit", "note")).remedy ?? "", /^wait, or correct LIVEKIT_URL/);
  });

  it("finds a LiveKit that refuses the key, and a function that refuses its webhooks", async () => {
    world.others.set("livekit.example", () => new Response(null, { status: 401 }));
    world.others.set(
      `us-central1-${PROJECT_ID}.cloudfunctions.net`,
      () => new Response(null, { status: 401 }),
    );
    await find("LiveKit", "lacks");
    assert.match(await remedyOf("LiveKit webhook"), /^npm run deploy -- --project staging /);
  });

  describe("distinguishes a service's refusal from its outage", () => {
    const unreachable = () => {
      throw new TypeError("fetch failed");
    };
    const answering = (status: number) => () => new Response(null, { status });
    const services = [
      ["LiveKit", "livekit.example"],
      ["Spotify client", "accounts.spotify.com"],
      ["Stripe", "api.stripe.com"],
    ] as const;
    beforeEach(() => {
      const settings = { ...world.target.settings, payments: "stripe" };
      world = { ...world, target: { ...world.target, settings } };
      const url = `https://us-central1-${PROJECT_ID}.cloudfunctions.net/stripeWebhook`;
      world.others.set("api.stripe.com", () =>
        Response.json({ id: "acct_1", data: [{ url, status: "enabled" }] }),
      );
    });

    for (const [name, host] of services) {
      it(`lacks the right secret if ${name} answers 401 or 403`, async () => {
        for (const status of [401, 403]) {
          world.others.set(host, answering(status));
          assert.match(await remedyOf(name), /functions:secrets:set/);
        }
      });

      it(`lets a deployment continue if ${name} is down or limits requests`, async () => {
        for (const other of [answering(429), answering(500), answering(503), unreachable]) {
          world.others.set(host, other);
          const { remedy } = await find(name, "note");
          assert.doesNotMatch(remedy ?? "", /secrets:set/, "a good secret stays");
          assert.deepEqual(blockers(await examine()), []);
        }
      });
    }

    it("lets a deployment continue if Stripe does not list its webhooks, or the functions do not answer", async () => {
      const functions = `us-central1-${PROJECT_ID}.cloudfunctions.net`;
      for (const other of [answering(429), answering(500), unreachable]) {
        world.others.set("api.stripe.com", (url) =>
          url.includes("webhook") ? other() : Response.json({ id: "acct_1" }),
        );
        world.others.set(functions, other);
        await find("Stripe webhook", "note");
        await find("LiveKit webhook", "note");
        assert.deepEqual(blockers(await examine()), []);
      }
    });
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
    assert.match(await remedyOf("Stripe webhook"), /dashboard\.stripe\.com/);
    world.others.set("api.stripe.com", (url) =>
      url.includes("webhook")
        ? new Response(null, { status: 403 })
        : Response.json({ id: "acct_1" }),
    );
    assert.match((await find("Stripe webhook", "note")).detail, /may not list/);
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
