import assert from "node:assert/strict";
import { ACCOUNTS_VARIABLE, deployedSite } from "../smoke/deployedSite.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";

describe("the smoke test of a deployed project", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const skippedWith = async (accounts: string): Promise<string | undefined> => {
    const environment = { [ACCOUNTS_VARIABLE]: accounts };
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

  it("skips the show if App Check refuses calls that do not come from an app", async () => {
    const settings = { ...world.target.settings, appCheck: "enforce" };
    world = { ...world, target: { ...world.target, settings } };
    assert.match((await skippedWith("spotify_a,spotify_b")) ?? "", /APP_CHECK/);
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
