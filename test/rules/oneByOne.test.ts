import { collection, documentId, query, where } from "firebase/firestore";
import {
  endedShow,
  givenShow,
  newSongVotes,
  paths,
  playback,
  playlist,
  reactions,
  secondsAgo,
  showId,
} from "../support/rules/builders.js";
import { ada, dan, nameOf, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

/** A reader of each document that may be read, but never listed. */
const readers = [
  [`users/${ada.uid}/private/account`, ada],
  [paths.terms(ada), ada],
  [paths.hidden(ada), ada],
  [paths.follows(ada), ada],
  [`users/${ada.uid}/private/notifications`, ada],
  [`supportAccounts/${ada.uid}`, ada],
  [paths.songVotes(dan), dan],
  [paths.reactions(dan), dan],
  [paths.saves(dan), dan],
  [`shows/${showId}/filter/words`, ada],
  [paths.feed, dan],
  [paths.playlist, dan],
  [paths.setlist, dan],
  [paths.summary, ada],
  [paths.playback, dan],
  ["config/client", signedOut],
] as const;

describe("documents that are read one by one", () => {
  before(async () => {
    await emptyWorld();
    await givenShow(endedShow());
    await given({
      ...Object.fromEntries(readers.map(([path]) => [path, { uid: ada.uid }])),
      [paths.songVotes(dan)]: newSongVotes([], { at: secondsAgo(60) }),
      [paths.reactions(dan)]: reactions(),
      [paths.playlist]: playlist(1),
      [paths.playback]: playback(),
    });
  });

  for (const [path, reader] of readers) {
    it(`lets ${nameOf(reader)} get ${path}, but not query its id`, async () => {
      await allows(as(reader).gets(path));
      const parent = path.slice(0, path.lastIndexOf("/"));
      const id = path.slice(parent.length + 1);
      await refuses(
        as(reader).lists((db) => query(collection(db, parent), where(documentId(), "==", id))),
      );
    });
  }
});
