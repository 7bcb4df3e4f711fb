import assert from "node:assert/strict";
import { deleteApp, initializeApp } from "firebase/app";
import { getFunctions, httpsCallable } from "firebase/functions";
import {
  ACCOUNTS_VARIABLE,
  DEBUG_TOKEN_VARIABLE,
  deployedSite,
  useDebugToken,
} from "../smoke/deployedSite.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";

const APP_CHECK_TOKEN = ["{}", "{}", ""]
  .map((part) => Buffer.from(part).toString("base64url"))
  .join(".");

describe("the smoke test of a deployed project", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const skippedWith = async (accounts: string, debugToken = ""): Promise<string | undefined> => {
    const environment = { [ACCOUNTS_VARIABLE]: accounts, [DEBUG_TOKEN_VARIABLE]: debugToken };
    const { people } = await deployedSite({ ...world.edges, environment }, world.target);
    return "skipped" in people ? people.skipped : undefined;
  };

  it("knows where functions and share pages are", async () => {
    const site = await deployedSite(world.edges, world.target);
    const functions = `https://us-central1-${PROJECT_ID}.cloudfunctions.net`;
    assert.equal(site.functionUrl("joinShow"), `${functions}/joinShow`);
    assert.equal(site.shareUrl("show"), `https://${PROJECT_ID}.web.app/s/show`);
  });

  it("runs a show only with two accounts and a web app", async () => {
    assert.equal(await skippedWith("spotify_a, spotify_b"), undefined);
    assert.match((await skippedWith("spotify_a")) ?? "", /does not name two accounts/);
    world.project.apps.length = 0;
    assert.match((await skippedWith("spotify_a,spotify_b")) ?? "", /no web app/);
  });

  it("skips the show if App Check refuses calls that do not come from an app, unless there is a debug token", async () => {
    const settings = { ...world.target.settings, appCheck: "enforce" };
    world = { ...world, target: { ...world.target, settings } };
    assert.match((await skippedWith("spotify_a,spotify_b")) ?? "", /APP_CHECK/);
    assert.equal(await skippedWith("spotify_a,spotify_b", "debug"), undefined);
  });

  it("sends the App Check token that Firebase gives for the debug token", async () => {
    const app = initializeApp(
      { projectId: PROJECT_ID, appId: "1:1:web:1", apiKey: "key" },
      "smoke",
    );
    const { fetch } = globalThis;
    const sent: (string | null)[] = [];
    globalThis.fetch = async (url, init) => {
      const request = new Request(url, init);
      const isExchange = request.url.includes(":exchangeDebugToken");
      sent.push(isExchange ? await request.text() : request.headers.get("x-firebase-appcheck"));
      return Response.json(isExchange ? { token: APP_CHECK_TOKEN, ttl: "60s" } : { result: 1 });
    };
    try {
      useDebugToken(app, "debug");
      await httpsCallable(getFunctions(app), "checkShow")();
    } finally {
      globalThis.fetch = fetch;
      await deleteApp(app);
    }
    assert.deepEqual(sent, ['{"debug_token":"debug"}', APP_CHECK_TOKEN]);
  });

  it("signs a person in with a token that the functions' service account signs", async () => {
    const requests: { readonly url: string; readonly body: string }[] = [];
    world.others.set("iamcredentials.googleapis.com", (url, init) => {
      requests.push({ url, body: typeof init?.body === "string" ? init.body : "" });
      return Response.json(
        { error: { message: "no permission", status: "PERMISSION_DENIED" } },
        { status: 403 },
      );
    });
    const environment = { [ACCOUNTS_VARIABLE]: "spotify_a,spotify_b" };
    const { people } = await deployedSite({ ...world.edges, environment }, world.target);
    assert.ok(!("skipped" in people));
    await assert.rejects(people.openGuest(), /no permission/);
    const account = `${world.project.number}-compute@developer.gserviceaccount.com`;
    const [request] = requests;
    assert.ok(request);
    assert.ok(request.url.endsWith(`/serviceAccounts/${account}:signJwt`));
    assert.match(request.body, /\\"uid\\":\\"spotify_b\\"/);
  });
});
