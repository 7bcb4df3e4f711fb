import { deleteDoc, doc, getDoc, serverTimestamp, setDoc } from "firebase/firestore";
import assert from "node:assert/strict";
import {
  playlistRef,
  playlistRevisionRef,
  showIdRef,
  showRef,
  stageRef,
  trackRequestRef,
} from "../../src/collections.js";
import { showDocument } from "../../src/contract/shows.js";
import { eraseDraft } from "../../src/shows/eraseDraft.js";
import { onShowWritten } from "../../src/shows/onShowWritten.js";
import {
  appOf,
  firestore,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { countedDependencies } from "../support/countedDependencies.js";
import { eventually } from "../support/eventually.js";
import { countRoundTrips } from "../support/roundTrips.js";
import { tracks, uriOf } from "../support/tracks.js";

const newDraft = ({ uid, displayName, photoUrl }: Person) => ({
  creatorUid: uid,
  creator: { displayName, photoUrl },
  title: "Mine now",
  description: "",
  visibility: "public",
  status: "draft",
  createdAt: serverTimestamp(),
  updatedAt: serverTimestamp(),
});

async function givenPlaylist(showId: string): Promise<void> {
  await playlistRef(firestore, showId).set({ revision: 1, tracks: tracks("A B") });
  await playlistRevisionRef(firestore, showId, 1).set({ tracks: tracks("A B") });
  const request = { revision: 1, trackUri: uriOf("B"), by: "spotify_ada" };
  await trackRequestRef(firestore, showId, "request").set(request);
}

const beneath = async (showId: string) =>
  (
    await Promise.all(
      [showRef(firestore, showId), stageRef(firestore, showId)].map((ref) => ref.listCollections()),
    )
  )
    .flat()
    .map(({ path }) => path);

describe("a deleted draft", () => {
  it("leaves nothing behind, and nobody gets its id", async () => {
    const [ada, ben] = [await somebody("Ada"), await somebody("Ben")];
    const [adas, bens] = [await appOf(ada), await appOf(ben)];
    const [showId, other] = [await showIn("draft", ada), await showIn("draft", ada)];
    await Promise.all([showId, other].map(givenPlaylist));
    await eventually("that the id is recorded", async () =>
      (await showIdRef(firestore, showId).get()).exists ? true : undefined,
    );

    await deleteDoc(doc(adas.db, `shows/${showId}`));
    for (const [app, person] of [
      [bens, ben],
      [adas, ada],
    ] as const) {
      const taking = setDoc(doc(app.db, `shows/${showId}`), newDraft(person));
      await assert.rejects(taking, { code: "permission-denied" });
    }
    await assert.rejects(getDoc(doc(bens.db, `shows/${showId}/playlist/current`)), {
      code: "permission-denied",
    });
    await eventually("that nothing is left", async () =>
      (await beneath(showId)).length === 0 ? true : undefined,
    );
    assert.equal((await beneath(other)).length, 3, "other drafts keep what they have");
    await Promise.all([adas.close(), bens.close()]);
  });

  it("is erased again without harm, and a show that exists is not", async () => {
    const ada = await somebody("Ada");
    const showId = await showIn("draft", ada);
    await givenPlaylist(showId);
    await eraseDraft({ firestore }, showId);
    assert.equal((await beneath(showId)).length, 3);
    showDocument.parse((await showRef(firestore, showId).get()).data());
    await eraseDraft({ firestore }, "no-such-show");
  });

  it("causes no further write once it is erased, so that its events come to an end", async () => {
    const quiet = quietFirestore();
    const counter = countRoundTrips(quiet);
    const nothing = await showRef(quiet, "no-such-show").get();
    const deps = countedDependencies(quiet);
    const event = { params: { showId: nothing.id }, data: { before: nothing, after: nothing } };
    const again = await counter.during(() => onShowWritten(deps, event));
    assert.deepEqual(again.requests, []);
    const { requests } = await counter.during(() => eraseDraft(deps, nothing.id));
    assert.deepEqual(requests, ["batchGetDocuments", "listCollectionIds", "listCollectionIds"]);
    await quiet.terminate();
  });
});
