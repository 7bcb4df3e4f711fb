import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { english } from "../../../demo/src/words/english.js";
import { actions } from "../../actions/actions.js";

const demo = fileURLToPath(new URL("../../../demo/src/", import.meta.url));

/** The parts of the client, by the names that the demo gives them. */
const PARTS =
  "account|admin|ambient|comments|discover|follows|moderation|music|notifications|playlists|reactions|show|shows|songRequests|stage|stay|support";
const CALL = new RegExp(
  String.raw`(?<!(?:words|text)\.|[\w$])(?:(?:ambient|show|stay)\.)?\b(${PARTS})\.(?!map|flatMap|filter)(\w+)\(`,
  "g",
);

/** These change nothing. */
const reads = new Set(
  [
    "account.blocked account.export account.isBlocking account.notices account.profile",
    "admin.reports ambient.creator comments.addressesMe comments.original",
    "discover.byTag discover.live discover.liveFromFollowed discover.searchCreators discover.searchShows",
    "discover.upcoming discover.upcomingFromFollowed follows.followers follows.isFollowing follows.list",
    "moderation.bans notifications.hasReminder notifications.inbox notifications.unread",
    "playlists.mine playlists.search reactions.onBurst show.participant show.participants shows.check",
    "shows.compareWithLastShows shows.mine shows.setlistOf shows.show shows.summary shows.wordFilter",
    "stage.requests support.payment support.received",
  ].flatMap((line) => line.split(" ")),
);

/** Methods without a row in the table, each with its reason. */
const others: Readonly<Record<string, string>> = {
  "account.signIn": "follows Spotify's page; demoSignIn.browser.test.ts has its failures",
  "account.signOut": "works without a network",
  "notifications.markRead": "opening an entry does it, and leaves the page",
  "notifications.register": "the page does it by itself",
  "shows.countUse": "opening a link does it, and leaves the page",
  "stay.leave": "works without a network: the lease ends the stay",
  "stay.leaveNow": "like stay.leave",
  "support.refreshAccount": "the page does it by itself on the way back from Stripe",
};

describe("the table of the demo's actions", () => {
  it("has every method of the client that the demo calls", async () => {
    // By `useReactions`.
    const called = new Set(["reactions.send"]);
    for await (const file of glob("**/*.{ts,tsx}", { cwd: demo })) {
      // These contain texts whose keys have the same names.
      if (file.startsWith("words") || file.endsWith("paymentOutcome.ts")) continue;
      const source = await readFile(demo + file, "utf8");
      for (const [, part, method] of source.matchAll(CALL)) called.add(`${part}.${method}`);
    }
    assert.ok(called.size > 50, "calls were found");
    const known = new Set([
      ...actions.map(({ method }) => method),
      ...reads,
      ...Object.keys(others),
    ]);
    assert.deepEqual(
      [...called].filter((method) => !known.has(method)),
      [],
      "add an action to test/actions/table, or a reason to the list above",
    );
    assert.deepEqual(
      [...known].filter((method) => !called.has(method)),
      [],
      "the demo no longer calls these",
    );
  });

  it("has each action of a host on a person", () => {
    const names = actions.map(({ button }) => button);
    const buttons = Object.values(english.audience.actions);
    assert.deepEqual(
      buttons.filter((button) => !names.includes(button)),
      [],
    );
  });
});
