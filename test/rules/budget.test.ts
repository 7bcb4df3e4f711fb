import {
  comment,
  commentBatch,
  givenShow,
  liveShow,
  newDraft,
  newReactions,
  newSongVotes,
  newSpeakRequest,
  now,
  paths,
  playback,
  playlist,
  reactions,
  secondsAgo,
  settings,
  speakRequest,
  stamp,
  suspension,
} from "../support/rules/builders.js";
import { ada, ben, dan } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, merge, set, update } from "../support/rules/world.js";

/**
 * The emulator refuses a request above 1,000 expressions or 10 document lookups (20 per batch). The
 * largest request of each kind must stay below that.
 */
describe("the rules budget", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow(
      liveShow({
        settings: settings({ slowModeSeconds: 300, adaptiveSlowMode: true }),
        adaptedSlowModeSeconds: 30,
      }),
    );
    // A suspension that is over costs the rules the most.
    await given(
      Object.fromEntries(
        [ada, ben, dan].map((person) => [
          paths.suspension(person),
          suspension(person, secondsAgo(60)),
        ]),
      ),
    );
  });

  it("covers a comment with its stamp and a heartbeat", async () => {
    await given({
      [paths.show()]: liveShow({
        settings: settings({ slowModeSeconds: 300, adaptiveSlowMode: true }),
        adaptedSlowModeSeconds: 30,
        hasWordFilter: true,
      }),
      [`${paths.show()}/filter/words`]: {
        words: ["spam"],
        pattern: "(?i).* (?:s+ ?p+ ?a+ ?m+) .*",
        servicePattern: "(?i).* (?:s+ ?c+ ?a+ ?m+) .*",
      },
      [paths.comment("y".repeat(64))]: comment(ben),
      [paths.activity(dan)]: {
        lastCommentAt: secondsAgo(301),
        lastCommentId: "comment-0",
        seenAt: secondsAgo(21),
      },
    });
    const [commentWrite] = commentBatch(
      dan,
      {
        text: "x".repeat(500),
        replyTo: { commentId: "y".repeat(64), authorUid: ben.uid },
        mentions: Array.from({ length: 5 }, (_, index) => `spotify_${index}${"z".repeat(119)}`),
      },
      "x".repeat(64),
    );
    await allows(
      as(dan).writes(
        commentWrite,
        merge(paths.activity(dan), { ...stamp("x".repeat(64)), seenAt: now() }),
      ),
    );
  });

  it("covers a comment that a host sends and pins together with new settings", async () => {
    await allows(
      as(ben).writes(
        ...commentBatch(ben),
        update(paths.show(), {
          pinnedCommentId: "comment-1",
          settings: settings({ maxSpeakers: 20, adaptiveSlowMode: true, songRequestsOpen: true }),
          updatedAt: now(),
        }),
      ),
    );
  });

  it("covers a comment together with reactions and a speak request", async () => {
    await given({
      [paths.comment("comment-0")]: comment(ben),
      [paths.activity(dan)]: { ...stamp("comment-0"), lastCommentAt: secondsAgo(301) },
      [paths.reactions(dan)]: reactions(),
      [paths.speakRequest(dan)]: speakRequest(dan, {
        status: "rejected",
        decidedAt: secondsAgo(61),
        decidedBy: ada.uid,
      }),
    });
    await allows(
      as(dan).writes(
        ...commentBatch(dan, {
          text: "x".repeat(500),
          replyTo: { commentId: "comment-0", authorUid: ben.uid },
          mentions: [ada.uid, ben.uid],
        }),
        set(paths.reactions(dan), newReactions({ clap: 89, wow: 1 })),
        set(paths.speakRequest(dan), newSpeakRequest(dan, { message: "x".repeat(140) })),
      ),
    );
  });

  it("covers reactions of every kind", async () => {
    await given({ [paths.reactions(dan)]: reactions() });
    await allows(
      as(dan).writes(
        set(
          paths.reactions(dan),
          newReactions({ clap: 50, heart: 13, fire: 12, laugh: 11, wow: 10 }),
        ),
      ),
    );
  });

  it("covers a skip to the last of 500 tracks", async () => {
    await given({ [paths.playlist]: playlist(500), [paths.playback]: playback() });
    await allows(
      as(ben).writes(
        update(paths.playback, {
          trackUri: "spotify:track:499",
          trackIndex: 499,
          positionMs: 180_000,
          paused: false,
          at: now(),
          by: ben.uid,
          sequence: 8,
        }),
      ),
    );
  });

  it("covers a pause while the playlist of 500 tracks is newer than the playback", async () => {
    await given({
      [paths.playlist]: playlist(500, { revision: 5 }),
      [paths.playback]: playback({ trackIndex: 499, trackUri: "spotify:track:499" }),
    });
    await allows(
      as(ben).writes(
        update(paths.playback, {
          positionMs: 180_000,
          paused: true,
          at: now(),
          by: ben.uid,
          sequence: 8,
        }),
      ),
    );
  });

  it("covers the largest draft", async () => {
    const offered = Array.from({ length: 50 }, (_, index) => `tag-${index}`);
    await given({
      [paths.quota(ada)]: { openDrafts: 19 },
      [paths.terms(ada)]: { version: 2 },
      "config/client": { termsVersion: 2, tags: offered },
      "config/words": { words: ["spam"], pattern: "(?i).* (?:s+ ?p+ ?a+ ?m+) .*" },
    });
    await allows(
      as(ada).writes(
        set(
          paths.show("x".repeat(64)),
          newDraft({
            title: "x".repeat(100),
            description: "x".repeat(1000),
            scheduledFor: secondsAgo(-3600),
            tags: offered.slice(-3),
            settings: settings({ maxSpeakers: 20, adaptiveSlowMode: true, songRequestsOpen: true }),
          }),
        ),
      ),
    );
  });

  it("covers the largest change of a live show's title, description and tags", async () => {
    const offered = Array.from({ length: 50 }, (_, index) => `tag-${index}`);
    await given({
      "config/client": { termsVersion: 2, tags: offered },
      "config/words": { words: ["spam"], pattern: "(?i).* (?:s+ ?p+ ?a+ ?m+) .*" },
    });
    await allows(
      as(ada).writes(
        update(paths.show(), {
          title: "x".repeat(100),
          description: "x".repeat(1000),
          tags: offered.slice(-3),
          updatedAt: now(),
        }),
      ),
    );
  });

  it("covers twenty song votes", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => String(index).padStart(22, "A"));
    await given({ [paths.songVotes(dan)]: newSongVotes([], { at: secondsAgo(6) }) });
    await allows(as(dan).writes(set(paths.songVotes(dan), newSongVotes(ids))));
  });

  it("covers the largest profile", async () => {
    const link = `https://a.example/${"x".repeat(182)}`;
    await allows(
      as(ada).writes(
        update(paths.user(ada), {
          bio: "x".repeat(500),
          links: [link, link, link, link, link],
          supportLink: link,
          updatedAt: now(),
        }),
      ),
    );
  });

  it("covers a repeated speak request", async () => {
    await given({
      [paths.speakRequest(dan)]: speakRequest(dan, {
        status: "rejected",
        decidedAt: secondsAgo(61),
        decidedBy: ada.uid,
      }),
    });
    await allows(
      as(dan).writes(
        set(paths.speakRequest(dan), newSpeakRequest(dan, { message: "x".repeat(140) })),
      ),
    );
  });

  it("covers hiding twenty comments at once", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => paths.comment(`comment-${index}`));
    await given(Object.fromEntries(ids.map((id) => [id, comment(dan)])));
    await allows(as(ben).writes(...ids.map((id) => update(id, { hidden: true }))));
  });
});
