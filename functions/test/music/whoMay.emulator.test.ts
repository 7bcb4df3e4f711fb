import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import type { Caller } from "../../src/caller.js";
import { Refusal } from "../../src/errors.js";
import { nightDrive } from "../../../local/spotify/catalogue/namedTracks.js";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { playlistRef } from "../../src/collections.js";
import { addShowTrack } from "../../src/music/addShowTrack.js";
import { editShowPlaylist } from "../../src/music/editShowPlaylist.js";
import { setShowPlaylist } from "../../src/music/setShowPlaylist.js";
import { showStatus, type ShowStatus } from "../../src/contract/shows.js";
import { quietFirestore } from "../support/backstage.js";
import { castOf, type Cast, type PartName } from "../support/cast.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { grid, type Grid } from "../support/grid.js";
import { startOwnSpotify, storeGrant, type OwnSpotify } from "../support/ownSpotify.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";
import { tracks, uriOf } from "../support/tracks.js";

const callers = [
  "creator",
  "cohost",
  "speaker",
  "listener",
  "invited",
  "left",
  "removed",
  "banned",
  "stranger",
  "admin",
] as const satisfies readonly PartName[];

type Attempt = (deps: ShowEdges, caller: Caller, showId: string) => Promise<unknown>;

/** Expected outcomes by caller and show status. */
const attempts: Record<string, { attempt: Attempt; outcomes: Grid }> = {
  "setting the playlist": {
    attempt: (deps, caller, showId) =>
      setShowPlaylist(deps, caller, { showId, playlistId: playlistIds.nightDrive }),
    outcomes: grid(`
                      draft        scheduled    live         ended        cancelled
      creator         yes          yes          yes          SHOW_OVER    SHOW_OVER
      everybody else  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR
    `),
  },
  "editing the playlist": {
    attempt: (deps, caller, showId) =>
      editShowPlaylist(deps, caller, { showId, revision: 1, trackUris: [uriOf("B"), uriOf("A")] }),
    outcomes: grid(`
                      draft     scheduled  live      ended      cancelled
      creator         yes       yes        yes       SHOW_OVER  SHOW_OVER
      cohost          yes       yes        yes       SHOW_OVER  SHOW_OVER
      everybody else  NOT_HOST  NOT_HOST   NOT_HOST  NOT_HOST   NOT_HOST
    `),
  },
  "adding a track": {
    attempt: (deps, caller, showId) =>
      addShowTrack(deps, caller, {
        showId,
        trackUri: `spotify:track:${nightDrive[0]?.id ?? ""}`,
        requestId: "request",
      }),
    outcomes: grid(`
                      draft     scheduled  live      ended      cancelled
      creator         yes       yes        yes       SHOW_OVER  SHOW_OVER
      cohost          yes       yes        yes       SHOW_OVER  SHOW_OVER
      everybody else  NOT_HOST  NOT_HOST   NOT_HOST  NOT_HOST   NOT_HOST
    `),
  },
};

describe("permissions for a show's music", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let deps: ShowEdges;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(() => {
    const edges = showEdges(firestore);
    const { clock } = edges;
    deps = { ...edges, spotify: spotify.gateway(clock), catalog: spotify.catalog(clock) };
  });

  const castWithMusic = async (
    names: readonly PartName[],
    status: ShowStatus,
    grant: Parameters<typeof storeGrant>[2],
  ): Promise<Cast> => {
    const cast = await castOf(firestore, status, "creator", names);
    await playlistRef(firestore, cast.showId).set({ revision: 1, tracks: tracks("A B") });
    await Promise.all(names.map((name) => storeGrant(deps, cast.uid(name), grant)));
    return cast;
  };
  /** "yes", or the reason of the refusal. */
  const outcomeOf = async (attempt: Attempt, cast: Cast, name: PartName): Promise<string> => {
    try {
      await attempt(deps, { uid: cast.uid(name), isAdmin: name === "admin" }, cast.showId);
      return "yes";
    } catch (error) {
      assert.ok(error instanceof Refusal, String(error));
      return error.reason;
    }
  };

  for (const [what, { attempt, outcomes }] of Object.entries(attempts)) {
    for (const status of showStatus.options) {
      it(`${what} of a show that is ${status}`, async () => {
        const grant = await spotify.grant(deps.clock, "creator-ada");
        const expected = callers.map((name) => {
          const row = outcomes.rows.includes(name) ? name : "everybody else";
          return { name, outcome: outcomes.at(row, status) };
        });
        const allowed = expected.filter(({ outcome }) => outcome === "yes");
        const refused = expected.filter(({ outcome }) => outcome !== "yes");

        const namesOf = (some: typeof expected) => some.map(({ name }) => name);
        const unchanged = await castWithMusic(namesOf(refused), status, grant);
        const before = await everythingAbout(firestore, unchanged.showId);
        for (const { name, outcome } of refused) {
          assert.equal(await outcomeOf(attempt, unchanged, name), outcome, name);
        }
        assert.deepEqual(await everythingAbout(firestore, unchanged.showId), before);

        for (const { name, outcome } of allowed) {
          const cast = await castWithMusic([name], status, grant);
          assert.equal(await outcomeOf(attempt, cast, name), outcome, name);
        }
      });
    }
  }
});
