import assert from "node:assert/strict";
import {
  commentBatch,
  givenShow,
  givenUsers,
  newDraft,
  newSpeakRequest,
  participant,
  paths,
  secondsAgo,
} from "../support/rules/builders.js";
import { ada, ben, dan, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  refuses,
  remove,
  set,
  update,
} from "../support/rules/world.js";

const config = "config/client";
const terms = (version: number) => ({
  version,
  ageBand: "adult",
  acceptedAt: secondsAgo(60),
});
const create = set(paths.show(), newDraft());

describe("the terms in force", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [config]: { minVersions: {}, features: {}, termsVersion: 2 } });
  });

  it("must be accepted before a show is created", async () => {
    await refuses(as(ada).writes(create));
    await given({ [paths.terms(ada)]: terms(1) });
    await refuses(as(ada).writes(create));
    await given({ [paths.terms(ada)]: terms(2) });
    await allows(as(ada).writes(create));
  });

  it("of another person do not count", async () => {
    await given({ [paths.terms(ben)]: terms(2) });
    await refuses(as(ada).writes(create));
  });

  it("need not be accepted while there are none", async () => {
    await given({ [config]: { minVersions: {}, features: {} } });
    await allows(as(ada).writes(create));
    await givenGone(config);
    await allows(as(ada).writes(set(paths.show("show-2"), newDraft())));
  });

  it("must be accepted before commenting and asking to speak", async () => {
    await givenShow();
    const ask = set(paths.speakRequest(dan), newSpeakRequest(dan));
    await given({ [paths.participant(dan)]: participant(dan, { hasAcceptedTerms: false }) });
    await refuses(as(dan).writes(...commentBatch(dan)));
    await refuses(as(dan).writes(ask));
    await allows(as(dan).gets(paths.feed));
    await given({ [paths.participant(dan)]: participant(dan, { hasAcceptedTerms: true }) });
    await allows(as(dan).writes(...commentBatch(dan)));
    await allows(as(dan).writes(ask));
  });

  it("are readable only by their owner, and writable by nobody", async () => {
    await given({ [paths.terms(dan)]: terms(1) });
    assert.equal((await allows(as(dan).gets(paths.terms(dan))))?.version, 1);
    for (const caller of [ada, signedOut]) await refuses(as(caller).gets(paths.terms(dan)));
    await refuses(as(ada, { admin: true }).gets(paths.terms(dan)));
    for (const caller of [dan, ada]) {
      await refuses(as(caller).writes(update(paths.terms(dan), { version: 2 })));
      await refuses(as(caller).writes(remove(paths.terms(dan))));
      await refuses(as(caller).writes(set(paths.terms(caller), terms(2))));
    }
  });
});
