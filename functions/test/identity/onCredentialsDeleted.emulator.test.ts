import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { accountRef, credentialsRef } from "../../src/collections.js";
import { onCredentialsDeleted } from "../../src/identity/onCredentialsDeleted.js";
import { firestore as suite, quietFirestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { fakeAccounts } from "../support/fakeAccounts.js";

describe("a grant that expires", () => {
  const uid = "spotify_ada";
  const account = { spotifyId: "ada", spotifyLinked: true, spotifyGrantedAt: Timestamp.now() };
  const accounts = fakeAccounts();
  let firestore: Firestore;
  beforeEach(() => {
    firestore = quietFirestore();
  });
  afterEach(() => firestore.terminate());
  const isLinked = async () => (await accountRef(firestore, uid).get()).data()?.spotifyLinked;
  const deleted = () => onCredentialsDeleted({ firestore, accounts }, { params: { uid } });

  it("is no longer linked, however often its event comes", async () => {
    await accountRef(firestore, uid).set(account);
    await deleted();
    await deleted();
    assert.equal(await isLinked(), false);
  });

  it("stays linked if the person has signed in again before the event came", async () => {
    await accountRef(firestore, uid).set(account);
    await firestore.doc(credentialsRef(firestore, uid).path).set({ scopes: [] });
    await deleted();
    assert.equal(await isLinked(), true);
  });

  it("creates no account for a person who was deleted", async () => {
    await deleted();
    assert.equal((await accountRef(firestore, uid).get()).exists, false);
  });

  it("is noticed by the deployed function", async () => {
    const someone = "spotify_whose-grant-expires";
    await accountRef(suite, someone).set(account);
    const credentials = suite.doc(credentialsRef(suite, someone).path);
    await credentials.set({ scopes: [] });
    await credentials.delete();
    await eventually("that the account is not linked", async () =>
      (await accountRef(suite, someone).get()).data()?.spotifyLinked === false ? true : undefined,
    );
  });
});
