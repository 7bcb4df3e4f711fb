import {
  commentBatch,
  givenShow,
  givenUsers,
  liveShow,
  newDraft,
  newSpeakRequest,
  now,
  paths,
  scheduledShow,
} from "../support/rules/builders.js";
import { ada, dan, hal, hosts, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses, set, update } from "../support/rules/world.js";
import { compiledFilter, wordPattern } from "../../functions/src/wordFilter/wordPattern.js";

const filter = `shows/show-1/filter/words`;
const service = "config/words";
const words = (...list: string[]) => ({ words: list, pattern: wordPattern(list) });
const comment = (text: string, id = "comment-2") => commentBatch(dan, { text }, id);

describe("filtered words", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  describe("of a show", () => {
    beforeEach(async () => {
      await givenShow(liveShow({ hasWordFilter: true }));
      await given({ [filter]: words("spam", "реклама") });
    });

    for (const text of [
      "spam",
      "Sp4m!",
      "no s.p.a.m, please",
      "Реклама",
      "a\nspaaam",
      "s  p...a@m",
      "$PAM",
    ]) {
      it(`keep a comment out: ${JSON.stringify(text)}`, async () => {
        await refuses(as(dan).writes(...comment(text)));
      });
    }

    it("work with the longest lists of a show and the service", async () => {
      const list = (word: string) =>
        Array.from({ length: 100 }, (_, index) => `${word}${100 + index}`);
      const own = compiledFilter(list("badwor"), words(...list("foulon")));
      await given({ [filter]: own });
      const long = "lorem ipsum ".repeat(36);
      await refuses(as(dan).writes(...comment(`${long} BADW0R.199, please`)));
      await refuses(as(dan).writes(...comment(`${long} fou1 on 150`)));
      await allows(as(dan).writes(...comment(`${long} badwor 200, foulon 99`)));
    });

    it("let other comments through", async () => {
      await allows(as(dan).writes(...comment("spa music and spammers")));
    });

    it("keep a message of a request to speak out, and let others through", async () => {
      const ask = (message: string) =>
        set(paths.speakRequest(dan), newSpeakRequest(dan, { message }));
      await refuses(as(dan).writes(ask("hear my spam")));
      await allows(as(dan).writes(ask("hear my song")));
    });

    it("are read by hosts alone, and written by nobody", async () => {
      for (const caller of hosts) await allows(as(caller).gets(filter));
      for (const caller of [dan, hal, signedOut]) await refuses(as(caller).gets(filter));
      for (const caller of [ada, dan]) {
        await refuses(as(caller).writes(update(filter, { pattern: null })));
      }
      await refuses(
        as(ada).writes(update(paths.show(), { hasWordFilter: false, updatedAt: now() })),
      );
    });

    it("count only while the show says so", async () => {
      await givenShow(liveShow());
      await allows(as(dan).writes(...comment("spam")));
    });
  });

  describe("of the service", () => {
    beforeEach(() => given({ [service]: words("spam") }));

    it("keep titles and descriptions out, at creation and later", async () => {
      for (const changes of [{ title: "Spam night" }, { description: "All s p a m" }]) {
        await refuses(as(ada).writes(set(paths.show(), newDraft(changes))));
      }
      await allows(as(ada).writes(set(paths.show(), newDraft({ title: "Spa night" }))));
      await given({ [paths.show()]: scheduledShow() });
      const edit = (changes: object) => update(paths.show(), { ...changes, updatedAt: now() });
      await refuses(as(ada).writes(edit({ title: "Spam night" })));
      await allows(as(ada).writes(edit({ title: "Spa night" })));
    });

    it("keep profiles out", async () => {
      await refuses(as(dan).writes(update(paths.user(dan), { bio: "I sell spam" })));
      await allows(as(dan).writes(update(paths.user(dan), { bio: "I sell records" })));
    });

    it("keep nothing out while the list is empty", async () => {
      await given({ [service]: words() });
      await allows(as(ada).writes(set(paths.show(), newDraft({ title: "Spam night" }))));
    });

    it("are read and written by nobody", async () => {
      for (const caller of [ada, signedOut]) await refuses(as(caller).gets(service));
      await refuses(as(ada, { admin: true }).gets(service));
      await refuses(as(ada, { admin: true }).writes(set(service, words())));
    });
  });
});
