import {
  endedShow,
  givenShow,
  liveShow,
  paths,
  playback,
  playlist,
  secondsAgo,
  showId,
} from "../support/rules/builders.js";
import { ada, ben, dan, gus, hal, signedOut } from "../support/rules/personas.js";
import {
  as,
  emptyWorld,
  given,
  givenGone,
  refuses,
  remove,
  set,
  update,
  type Write,
} from "../support/rules/world.js";

const report = { reporterUid: dan.uid, showId, uid: hal.uid, reason: "spam" };
const figures = { durationMs: 3_600_000, listeners: 12, peak: 9, comments: 40, speakers: 3 };

/** Documents that people may read, and which nobody but the server writes. */
const documents = {
  "config/client": { minVersions: { ios: 3 }, features: {} },
  [paths.account(dan)]: { spotifyId: "dan", country: "SE", spotifyLinked: true },
  [paths.follows(dan)]: { creatorUids: [ada.uid] },
  [paths.notice(dan)]: { kind: "decision", reason: "Against rule 3", createdAt: secondsAgo(60) },
  "reports/report-1": { ...report, createdAt: secondsAgo(60) },
  [paths.showSearch()]: { rank: 0, at: secondsAgo(60), prefixes: ["n"], creatorUid: ada.uid },
  [paths.creatorSearch(ada)]: { followerCount: 3, prefixes: ["a"] },
  [paths.ban(gus)]: { uid: gus.uid, by: ada.uid, at: secondsAgo(60), reason: null },
  [paths.feed]: { audience: { listeners: 4 }, comments: [], updatedAt: secondsAgo(2) },
  [paths.playlist]: playlist(3),
  [paths.timeline(7)]: playback(),
  [paths.setlist]: { tracks: [] },
  [paths.summary]: figures,
};

describe("documents that only the server writes", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given(documents);
  });

  for (const [path, data] of Object.entries(documents)) {
    it(`refuses every write to ${path}`, async () => {
      const banned = path === paths.ban(gus) ? [gus] : [];
      const all = [
        ...[ada, ben, dan, ...banned, signedOut].map((caller) => as(caller)),
        as(ada, { admin: true }),
      ];
      const refuseAll = (...writes: readonly Write[]) =>
        refuses(...all.flatMap((requests) => writes.map((write) => requests.writes(write))));
      const shows = path.startsWith(paths.show()) ? [liveShow(), endedShow()] : [liveShow()];
      for (const show of shows) {
        await given({ [paths.show()]: show, [path]: data });
        await refuseAll(update(path, { mine: true }), set(path, data), remove(path));
        await givenGone(path);
        await refuseAll(set(path, data), set(`${path}-2`, data));
      }
    });
  }
});
