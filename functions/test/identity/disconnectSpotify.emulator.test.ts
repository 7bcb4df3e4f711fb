import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { codeChallengeOf } from "../../../local/spotify/accounts/pkce.js";
import { personas } from "../../../local/spotify/personas.js";
import {
  accountRef,
  commentRef,
  credentialsRef,
  notificationRef,
  participantRef,
  paymentRef,
  showRef,
  userRef,
} from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { signInWithSpotify } from "../../src/identity/signInWithSpotify.js";
import { readTogether } from "../../src/readTogether.js";
import { disconnectSpotify } from "../../src/identity/disconnectSpotify.js";
import type { SpotifyGateway } from "../../src/ports/spotifyGateway.js";
import { onCredentialsDeleted } from "../../src/identity/onCredentialsDeleted.js";
import { getSpotifyAccessToken } from "../../src/spotify/getSpotifyAccessToken.js";
import {
  participantIn,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { failRequests } from "../support/failRequests.js";
import { manualClock } from "../support/manualClock.js";
import { freshCipher } from "../support/noSpotify.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";
import { paymentOf } from "../support/supportScene.js";
import { fakeAccounts } from "../support/fakeAccounts.js";

const ada = personas.find(({ id }) => id === "creator-ada");
assert.ok(ada?.accountId && ada.email);
const uid = `spotify_${ada.accountId}`;

/** Everything Spotify reveals about Ada except the account id, which is Ada's uid here. */
const spotifyData = [ada.spotifyId, ada.displayName, ada.imageUrl, ada.email].map(String);

describe("disconnectSpotify", () => {
  const clock = manualClock();
  const cipher = freshCipher();
  let firestore: Firestore;
  let spotify: OwnSpotify;
  /** What Firebase Auth shows for the account. */
  let shown: { displayName: string; photoUrl: string | null } | undefined;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    await spotify.reset();
    // The mode in which Spotify reveals the most.
    await spotify.control.setQuotaMode("extended");
    await signIn();
  });

  const accounts: Dependencies["accounts"] = {
    ...fakeAccounts(),
    upsert: (_uid, person) => {
      shown = person;
      return Promise.resolve({ isDisabled: false });
    },
  };
  const deps = () => ({
    firestore,
    clock,
    cipher,
    accounts,
    newId: randomUUID,
    redirectUris: ["ambient://callback"],
    spotify: spotify.gateway(clock),
  });
  const signIn = async () => {
    const redirectUri = "ambient://callback";
    const codeVerifier = "v".repeat(43);
    const { code } = await spotify.control.authorize({
      persona: "creator-ada",
      clientId: "client",
      redirectUri,
      scopes: ["user-read-private", "user-read-email"],
      codeChallenge: codeChallengeOf(codeVerifier),
    });
    return signInWithSpotify(deps(), { code, redirectUri, codeVerifier });
  };
  const disconnect = () => disconnectSpotify(deps(), { uid });
  const documents = async () => {
    const [user, account, credentials] = await readTogether(
      firestore,
      userRef(firestore, uid),
      accountRef(firestore, uid),
      credentialsRef(firestore, uid),
    );
    return { user: user.data(), account: account.data(), credentials: credentials.data() };
  };
  const runOut = () =>
    credentialsRef(firestore, uid).update({ expiresAt: Timestamp.fromMillis(clock.now()) });

  it("removes the grant and all of Spotify's data", async () => {
    const before = JSON.stringify({ ...(await documents()), shown });
    for (const word of spotifyData) assert.ok(before.includes(word), word);
    await userRef(firestore, uid).update({ bio: "Slow songs.", followerCount: 7 });
    const { user: was } = await documents();
    clock.advance(60_000);

    assert.deepEqual(await disconnect(), {});
    const { user, account, credentials } = await documents();
    assert.equal(credentials, undefined);
    assert.deepEqual(Object.keys(account ?? {}).sort(), ["spotifyGrantedAt", "spotifyLinked"]);
    assert.partialDeepStrictEqual(account, { spotifyLinked: false });
    assert.deepEqual(user, {
      displayName: "Listener",
      photoUrl: null,
      spotifyUrl: null,
      bio: "Slow songs.",
      links: [],
      followerCount: 7,
      createdAt: was?.createdAt,
      updatedAt: Timestamp.fromMillis(clock.now()),
    });
    assert.deepEqual(shown, { displayName: "Listener", photoUrl: null });
    const after = JSON.stringify({ user, account, credentials, shown });
    for (const word of spotifyData) assert.ok(!after.includes(word), word);
  });

  it("removes the name and picture from the user's shows, participations, comments, payments and others' inboxes", async () => {
    const card = { displayName: ada.displayName ?? "", photoUrl: ada.imageUrl ?? null };
    const me = { ...card, uid };
    const [ben, own] = await Promise.all([
      somebody("Ben", firestore),
      showIn("ended", me, {}, firestore),
    ]);
    const other = await showIn("live", ben, {}, firestore);
    await participantIn(other, me, {}, firestore);
    const mine = commentRef(firestore, other, "mine");
    const bens = commentRef(firestore, other, "bens");
    const comment = (author: Person) => ({
      authorUid: author.uid,
      author: { displayName: author.displayName, photoUrl: author.photoUrl },
      text: "Hello",
      createdAt: Timestamp.fromMillis(clock.now()),
      hidden: true,
    });
    const announced = notificationRef(firestore, ben.uid, "live");
    const given = paymentRef(firestore, "given");
    await Promise.all([
      mine.set(comment(me)),
      bens.set(comment(ben)),
      given.set(paymentOf(me, ben)),
      announced.set({
        kind: "live",
        showId: own,
        title: "Night drive",
        creatorUid: uid,
        creator: card,
        scheduledFor: null,
        createdAt: Timestamp.now(),
        pushAttempts: 1,
        readAt: null,
        expiresAt: Timestamp.now(),
      }),
    ]);

    await disconnect();
    const nameless = { displayName: "Listener", photoUrl: null };
    assert.deepEqual((await showRef(firestore, own).get()).data()?.creator, nameless);
    const place = await participantRef(firestore, other, uid).get();
    assert.partialDeepStrictEqual(place.data(), { uid, state: "present", ...nameless });
    assert.deepEqual((await mine.get()).data(), { ...comment(me), author: nameless });

    assert.deepEqual((await given.get()).data()?.supporter, nameless);
    assert.deepEqual((await announced.get()).data()?.creator, nameless);
    assert.deepEqual((await bens.get()).data(), comment(ben));
    const [show, bensPlace] = await Promise.all([
      showRef(firestore, other).get(),
      participantRef(firestore, other, ben.uid).get(),
    ]);
    assert.equal(show.data()?.creator.displayName, "Ben");
    assert.equal(bensPlace.data()?.displayName, "Ben");
  });

  describe("interrupted while it replaces the copies of the name", () => {
    const comment = (id: string) => commentRef(firestore, "show", id);
    const nameOf = async (id: string) => (await comment(id).get()).data()?.author.displayName;
    beforeEach(async () => {
      // More than one request of Firestore's bulk writer.
      const batch = firestore.batch();
      for (let index = 0; index < 21; index += 1) {
        batch.set(comment(`${index}`), {
          authorUid: uid,
          author: { displayName: "Ada", photoUrl: null },
          text: "Hello",
          createdAt: Timestamp.now(),
          hidden: false,
        });
      }
      await batch.commit();
      let writes = 0;
      const isFirstWrite = (method: string) => method === "batchWrite" && (writes += 1) === 1;
      const failing = failRequests(firestore, (_, method) => isFirstWrite(method));
      await assert.rejects(disconnect());
      failing.stop();
    });

    it("is still linked, so that the app offers to disconnect again", async () => {
      assert.equal(await nameOf("0"), "Ada");
      assert.partialDeepStrictEqual(await documents(), {
        account: { spotifyLinked: true },
        credentials: undefined,
      });
      assert.deepEqual(await disconnect(), {});
      assert.equal(await nameOf("0"), "Listener");
      assert.equal((await documents()).account?.spotifyLinked, false);
    });

    it("is completed by the event of the deleted grant", async () => {
      await onCredentialsDeleted(deps(), { params: { uid } });
      for (const id of ["0", "20"]) assert.equal(await nameOf(id), "Listener");
      assert.equal((await documents()).account?.spotifyLinked, false);
    });

    it("does not touch a person who has signed in again since", async () => {
      await signIn();
      const before = await documents();
      await onCredentialsDeleted(deps(), { params: { uid } });
      assert.deepEqual(await documents(), before);
    });
  });

  it("gives the same result when called twice", async () => {
    assert.deepEqual(await disconnect(), {});
    const before = await documents();
    assert.deepEqual(await disconnect(), {});
    assert.deepEqual(await documents(), before);
    assert.deepEqual(await Promise.all([callAgain(disconnect), callAgain(disconnect)]), [{}, {}]);
    assert.deepEqual(await documents(), before);
  });

  it("creates no documents for a user who has none", async () => {
    const nobody = `spotify_${randomUUID()}`;
    assert.deepEqual(await disconnectSpotify(deps(), { uid: nobody }), {});
    for (const ref of [userRef, accountRef, credentialsRef]) {
      assert.equal((await ref(firestore, nobody).get()).exists, false);
    }
  });

  it("does not affect other users", async () => {
    const other = `spotify_${randomUUID()}`;
    const stored = (await credentialsRef(firestore, uid).get()).data();
    assert.ok(stored);
    await credentialsRef(firestore, other).set(stored);
    await disconnect();
    assert.ok((await credentialsRef(firestore, other).get()).exists);
  });

  it("leaves no access token available", async () => {
    await disconnect();
    await assert.rejects(
      getSpotifyAccessToken(deps(), { uid }),
      refuses("SPOTIFY_RELINK_REQUIRED"),
    );
  });

  describe("during a refresh of the grant", () => {
    /** A gateway that disconnects the user right after Spotify's answer. */
    const disconnectsMeanwhile = (answer: "grants" | "refuses"): SpotifyGateway => {
      const gateway = spotify.gateway(clock);
      return {
        ...gateway,
        async refreshAccessToken(...args) {
          if (answer === "refuses") await spotify.control.revoke("creator-ada");
          try {
            return await gateway.refreshAccessToken(...args);
          } finally {
            await disconnect();
          }
        },
      };
    };

    for (const answer of ["grants", "refuses"] as const) {
      it(`does not restore the grant when Spotify ${answer} it`, async () => {
        await runOut();
        await assert.rejects(
          getSpotifyAccessToken({ ...deps(), spotify: disconnectsMeanwhile(answer) }, { uid }),
          refuses("SPOTIFY_RELINK_REQUIRED"),
        );
        const { credentials, account } = await documents();
        assert.equal(credentials, undefined);
        assert.equal(account?.spotifyLinked, false);
      });
    }
  });

  it("is undone by signing in again", async () => {
    const before = await documents();
    await disconnect();
    const { isNewUser } = await signIn();
    assert.equal(isNewUser, false);
    const after = await documents();
    assert.deepEqual(after.account, before.account);
    assert.partialDeepStrictEqual(after.user, {
      displayName: ada.displayName,
      photoUrl: ada.imageUrl,
      createdAt: before.user?.createdAt,
    });
    assert.deepEqual(shown?.displayName, ada.displayName);
    await getSpotifyAccessToken(deps(), { uid });
  });
});
