import assert from "node:assert/strict";
import { openAmbient } from "../../client/src/ambient.js";
import { deviceClock, type LocalClock } from "../../client/src/clock/localClock.js";
import { measured } from "../../client/src/clock/measured.js";
import { stringField } from "../../client/src/json.js";
import { spotifyOf } from "../../client/src/music/spotifyPlayer.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import { sessionOf } from "../../client/src/show/show.js";
import { failure } from "../../client/test/support/failure.js";
import { phoneOf } from "../../local/clientApp/ambient.js";
import { openApp } from "../../local/clientApp/app.js";
import { authorizeAt } from "../../local/clientApp/signIn.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite, setDisabled } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { sdkWithOnSnapshot } from "../support/sdkWithOnSnapshot.js";
import { ended, first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/** The device's clock, with a count of its pending timers. */
function waitingClock(): LocalClock & { readonly waiting: () => number } {
  const waiting = new Set<symbol>();
  return {
    ...deviceClock,
    waiting: () => waiting.size,
    after: (ms, run) => {
      const one = Symbol();
      waiting.add(one);
      const cancel = deviceClock.after(ms, () => {
        waiting.delete(one);
        run();
      });
      return () => {
        waiting.delete(one);
        cancel();
      };
    },
  };
}

/** What the client package releases when a user, a sign-in or a show goes away. */
describe("the client package, releasing resources,", () => {
  let endpoints: Endpoints;

  before(async () => {
    endpoints = await runningSuite();
  });

  it("closes a show that this version cannot read", async () => {
    const cleo = await phoneOf(endpoints, "creator-cleo");
    const newer = await cleo.ambient.shows.create({ title: "From the future" });
    const cleos = await cleo.ambient.start(newer);
    await rewrite(endpoints, `shows/${newer}`, { visibility: { stringValue: "subscribers" } });
    await first(cleos.details, ({ visibility }) => visibility === "unknown");
    assert.equal(cleos.presence.current.kind, "present", "the rest of the show is there");
    await rewrite(endpoints, `shows/${newer}`, { visibility: { stringValue: "public" } });
    await rewrite(endpoints, `shows/${newer}`, { title: { integerValue: "3000" } });
    const presence = await first(cleos.presence, ({ kind }) => kind !== "present");
    assert.deepEqual(presence, { kind: "gone", reason: "OUTDATED" });
    assert.equal((await ended(cleo.ambient.shows.show(newer))).reason, "OUTDATED");
    await rewrite(endpoints, `shows/${newer}`, { title: { stringValue: "From the future" } });
    await (await cleo.ambient.join(newer)).end();
    await cleo.close();
  });

  it("signs out when the account is disabled", async () => {
    const gus = await phoneOf(endpoints, "listener-gus");
    const user = gus.app.firebase.auth.currentUser;
    assert.ok(user);
    const lost = ended(gus.ambient.discover.live());
    await setDisabled(endpoints, gus.uid, true);
    // The SDK refreshes the token like this once it is an hour old.
    await assert.rejects(user.getIdToken(true), { code: "auth/user-disabled" });
    assert.equal((await lost).reason, "SIGNED_OUT");
    assert.equal(gus.ambient.account.uid.current, null);
    await assert.rejects(
      gus.ambient.account.signIn(await authorizeAt(endpoints, "listener-gus")),
      because("ACCOUNT_DISABLED"),
    );
    await setDisabled(endpoints, gus.uid, false);
    await gus.ambient.account.signIn(await authorizeAt(endpoints, "listener-gus"));
    assert.equal(gus.ambient.account.uid.current, gus.uid);
    await gus.close();
  });

  it("can still pause the music after the sign-out, and forgets the token when the next user signs in", async () => {
    const phone = await phoneOf(endpoints, "listener-gus");
    const { ambient } = phone;
    const api = spotifyOf(ambient, { baseUrl: `http://${endpoints.spotify}/v1` });
    const uidAtSpotify = async () =>
      `spotify_${stringField((await api.request("GET", "/me")).body, "account_id") ?? ""}`;
    const gus = ambient.account.uid.current;
    assert.equal(await uidAtSpotify(), gus);
    await ambient.account.signOut();
    assert.equal(await uidAtSpotify(), gus, "music that still plays has to be paused");
    const { uid: eve } = await ambient.account.signIn(await authorizeAt(endpoints, "listener-eve"));
    assert.notEqual(eve, gus);
    assert.equal(await uidAtSpotify(), eve);
    await phone.close();
  });

  it("disconnects Spotify on request, until the user signs in again", async () => {
    const phone = await phoneOf(endpoints, "listener-eve");
    const { account } = phone.ambient;
    await account.spotifyAccess();
    await account.disconnectSpotify();
    await first(account.details, (details) => details?.spotifyLinked === false);
    await assert.rejects(account.spotifyAccess(), because("SPOTIFY_RELINK_REQUIRED"));
    await assert.rejects(spotifyOf(phone.ambient).request("GET", "/me"), failure("relinkRequired"));
    await account.signIn(await authorizeAt(endpoints, "listener-eve"));
    await first(account.details, (details) => details?.spotifyLinked === true);
    await account.spotifyAccess();
    await phone.close();
  });

  it("clears the previous user's data before the next user is signed in", async () => {
    const events: string[] = [];
    const sdk: FirebaseSdk = {
      ...firebaseJs,
      firestore: {
        ...firebaseJs.firestore,
        async terminate(db) {
          await firebaseJs.firestore.terminate(db);
          events.push("cleared");
        },
      },
    };
    const phone = await phoneOf(endpoints, "listener-gus", sdk);
    const { account, discover, shows } = phone.ambient;
    const gus = phone.uid;
    events.length = 0;
    const lost = ended(discover.live());
    account.uid.subscribe((uid) => events.push(uid ?? "nobody"));
    const { uid: eve } = await account.signIn(await authorizeAt(endpoints, "listener-eve"));
    assert.equal((await lost).reason, "SIGNED_OUT");
    assert.deepEqual(events, [gus, "nobody", "cleared", eve]);
    assert.deepEqual(await first(shows.mine(), () => true), { items: [], next: undefined });
    await phone.close();
  });

  it("ends user subscriptions at sign-out, even those made before sign-in, and keeps public ones", async () => {
    const app = openApp(endpoints);
    let opened = 0;
    const sdk = sdkWithOnSnapshot((real, args) => {
      if (stringField(args[0], "path") === "config/client") opened += 1;
      return real(args);
    });
    const ambient = openAmbient({ ...app.firebase, sdk });
    const lost = ended(ambient.account.details);
    const closed = [ambient.config, ambient.connection].map(ended);
    const early = ended(ambient.discover.live());
    await first(ambient.connection, (connection) => connection === "online");
    await ambient.account.signIn(await authorizeAt(endpoints, "listener-gus"));
    const late = ended(ambient.discover.live());
    const before = opened;
    await ambient.account.signOut();
    for (const error of await Promise.all([lost, late, early])) {
      assert.equal(error.reason, "SIGNED_OUT");
    }
    assert.equal((await ended(ambient.shows.mine())).reason, "SIGNED_OUT");
    await first(ambient.connection, (connection) => connection === "online");
    assert.equal(opened - before, 2, "both are followed by the new Firestore instance");
    ambient.close();
    for (const error of await Promise.all(closed)) assert.equal(error.reason, "CLOSED");
    assert.equal((await ended(ambient.connection)).reason, "CLOSED");
    await app.close();
  });

  it("stops measuring the server's clock when the show ends or closes", async () => {
    const local = waitingClock();
    const cleo = await phoneOf(endpoints, "creator-cleo", firebaseJs, local);
    const showId = await cleo.ambient.shows.create({ title: "Half past" });
    const before = local.waiting();
    const begun = await cleo.ambient.start(showId);
    await measured(sessionOf(begun).clock, local, 30_000);
    assert.ok(local.waiting() > before, "the clock is measured repeatedly");
    await begun.end();
    await first(begun.presence, ({ kind }) => kind === "over");
    assert.equal(local.waiting(), before);
    const later = await cleo.ambient.shows.create({ title: "Half past, again" });
    const left = await cleo.ambient.start(later);
    await measured(sessionOf(left).clock, local, 30_000);
    left.close();
    assert.equal(local.waiting(), before);
    await (await cleo.ambient.join(later)).end();
    await cleo.close();
  });
}).timeout(90_000);
