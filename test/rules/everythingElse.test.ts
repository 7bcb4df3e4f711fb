import { collection, collectionGroup } from "firebase/firestore";
import { givenShow, paths, showId } from "../support/rules/builders.js";
import { ada, dan, nameOf, signedOut } from "../support/rules/personas.js";
import { as, emptyWorld, given, refuses, remove, set, update } from "../support/rules/world.js";

/** The server's own collections, and subcollections that do not exist. */
const unnamed = [
  `liveShows/${ada.uid}`,
  `stages/${showId}`,
  `stages/${showId}/leases/${dan.uid}`,
  `quotas/${dan.uid}`,
  `deletions/${dan.uid}`,
  `showIds/${showId}`,
  `limits/signIn_${dan.uid}`,
  `admins/${ada.uid}`,
  paths.credentials(ada),
  "devices/device-1",
  `suspensions/${dan.uid}`,
  `confirmations/setAdmin_${ada.uid}`,
  "audioEvents/event-1",
  "sweeps/shows",
  `users/${ada.uid}/notes/note-1`,
  `${paths.show()}/notes/note-1`,
  `${paths.show()}/feed/older`,
  `${paths.show()}/playlist/next`,
  `${paths.show()}/playback/before`,
  `${paths.show()}/summary/draft`,
  `${paths.participant(ada)}/notes/note-1`,
  `${paths.comment()}/replies/reply-1`,
] as const;

describe("paths without a rule", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given(Object.fromEntries(unnamed.map((path) => [path, { uid: ada.uid }])));
  });

  for (const path of unnamed) {
    it(`closes ${path}`, async () => {
      const all = [as(ada), as(dan), as(signedOut), as(ada, { admin: true })];
      await refuses(
        ...all.flatMap((requests) => [
          requests.gets(path),
          requests.writes(update(path, { mine: true })),
          requests.writes(remove(path)),
          requests.writes(set(`${path}-2`, { uid: ada.uid })),
        ]),
      );
    });
  }

  for (const [who, caller, claims] of [
    [nameOf(ada), ada, {}],
    [nameOf(dan), dan, {}],
    [nameOf(signedOut), signedOut, {}],
    ["an admin", ada, { admin: true }],
  ] as const) {
    it(`refuses every list to ${who}`, async () => {
      const own = ["liveShows", "stages", "audioEvents", "quotas", "showIds", "limits"];
      own.push("admins", "suspensions", "confirmations", "deletions", "sweeps");
      own.push("spotifyCredentials", "devices");
      const requests = as(caller, claims);
      const ofGroups = [
        "leases",
        "quotas",
        "showIds",
        "limits",
        "deletions",
        "shows",
        "comments",
        "activity",
        "reactions",
        "bans",
        "feed",
        "playlist",
        "notes",
        "notices",
      ];
      await refuses(
        ...[...own, `stages/${showId}/leases`].map((name) =>
          requests.lists((db) => collection(db, name)),
        ),
        ...ofGroups.map((name) => requests.lists((db) => collectionGroup(db, name))),
      );
    });
  }
});
