import assert from "node:assert/strict";
import { openAmbient } from "../../client/src/ambient.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import { openApp } from "../../local/clientApp/app.js";
import { authorizeAt } from "../../local/clientApp/signIn.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { deleteAccount, exportAccount } from "../../functions/src/contract/privacy.js";
import { first } from "../support/subscribed.js";
import { because, refusal } from "../support/refusal.js";
import { runningSuite } from "../support/suite.js";

/** Downloading and deleting an account, as an app does. */
describe("the client package's account", () => {
  let endpoints: Endpoints;
  let ben: Phone;
  let gus: Phone;
  let second: Phone;

  before(async () => {
    endpoints = await runningSuite();
    [ben, gus] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-gus"),
    ]);
    second = await phoneOf(endpoints, "listener-gus");
  });
  after(() => Promise.all([ben, gus, second].map((phone) => phone.close())));

  it("is neither exported nor deleted without a sign-in", async () => {
    const nobody = openApp(endpoints);
    await assert.rejects(nobody.call(exportAccount, {}), refusal("UNAUTHENTICATED"));
    await assert.rejects(nobody.call(deleteAccount, {}), refusal("UNAUTHENTICATED"));
    await nobody.close();
  });

  it("is exported as lines of JSON, without anybody else's data", async () => {
    await gus.ambient.account.editProfile({ bio: "Slow songs" });
    await gus.ambient.follows.follow(ben.uid);
    const lines = (await gus.ambient.account.export()).trimEnd().split("\n");
    const parsed = lines.map((line): unknown => JSON.parse(line));
    assert.ok(parsed.length >= 4);
    assert.ok(
      lines.some((line) => line.includes(`"users/${gus.uid}"`) && line.includes("Slow songs")),
    );
    assert.ok(lines.some((line) => line.includes("private/account")));
    assert.ok(!lines.some((line) => line.includes("ciphertext")));
    await assert.rejects(
      gus.app.call(exportAccount, { cursor: "forged" }),
      refusal("INVALID_ARGUMENT"),
    );
  });

  it("is deleted while its owner is in a show, on stage and signed in on another device", async () => {
    const showId = await ben.ambient.shows.create({ title: "Night drive", description: "" });
    const show = await ben.ambient.start(showId);
    const guest = await gus.ambient.join(showId);
    await show.stage.setRole(gus.uid, "speaker");
    await guest.stage.acceptInvitation();
    await guest.comments.send("Hello");
    await first(show.comments.latest, (comments) => comments.length === 1);

    await gus.ambient.account.delete();
    assert.equal(gus.ambient.account.uid.current, null);
    await first(show.comments.latest, (comments) => comments.length === 0);
    await first(show.participants(), (people) => people.every(({ uid }) => uid !== gus.uid));
    await first(ben.ambient.account.profile(gus.uid), (profile) => profile === undefined);
    // The other device's ID token is still valid, and good for nothing.
    await assert.rejects(second.ambient.join(showId), because("PROFILE_NOT_FOUND"));
    await second.ambient.account.disconnectSpotify();
    await assert.rejects(second.ambient.account.spotifyAccess(), because("ACCOUNT_DISABLED"));
    await assert.rejects(second.ambient.follows.follow(ben.uid), because("PERMISSION_DENIED"));
    await show.end();
  });

  it("is a new account after the next sign-in", async () => {
    const app = openApp(endpoints);
    const ambient = openAmbient({ ...app.firebase, sdk: firebaseJs });
    const { uid, isNewUser } = await ambient.account.signIn(
      await authorizeAt(endpoints, "listener-gus"),
    );
    assert.deepEqual([uid, isNewUser], [gus.uid, true]);
    const profile = await first(ambient.account.profile(uid), (found) => found !== undefined);
    assert.equal(profile?.bio, "");
    ambient.close();
    await app.close();
  });
});
