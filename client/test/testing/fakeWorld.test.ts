import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { firstOf } from "../../src/observe/firstOf.js";
import { FakeWorld } from "../../src/testing/fakeWorld.js";

const because = (reason: string) => (error: unknown) =>
  error instanceof AmbientError && error.reason === reason;

/** That it agrees with the real client is shown by test/flows/fakeWorld.test.ts. */
describe("the fake world", () => {
  it("lists shows as discovery does: live ones, and not drafts", async () => {
    const world = new FakeWorld();
    const [ada, ben, dan] = ["Ada", "Ben", "Dan"].map((displayName) =>
      world.signIn({ displayName }),
    );
    assert.ok(ada && ben && dan);
    await ada.shows.create({ title: "A draft" });
    await ben.start(await ben.shows.create({ title: "Night drive" }));
    const titles = (await firstOf(dan.discover.live())).items.map(({ title }) => title);
    assert.deepEqual(titles, ["Night drive"]);
  });

  it("answers as a test wants it to", async () => {
    const world = new FakeWorld();
    world.answer("joinShow", () => {
      throw new AmbientError("BANNED");
    });
    const dan = world.signIn({ displayName: "Dan" });
    await assert.rejects(dan.join("show"), because("BANNED"));
  });

  it("refuses, like the server, to let anyone but the creator or a host change the show", async () => {
    const world = new FakeWorld();
    const [ada, dan] = [world.signIn({ displayName: "Ada" }), world.signIn({ displayName: "Dan" })];
    const uid = dan.account.uid.current ?? "";
    const showId = await ada.shows.create({ title: "Night drive" });
    await assert.rejects(dan.shows.cancel(showId), because("NOT_CREATOR"));
    await ada.start(showId);
    const show = await dan.join(showId);
    await assert.rejects(show.stage.setRole(uid, "cohost"), because("NOT_HOST"));
    await assert.rejects(show.stage.acceptInvitation(), because("NOT_INVITED"));
    assert.equal(show.me.current.role, "listener");
    assert.equal(show.details.current.status, "live");
  });

  it("names the callable that it does not answer", async () => {
    const dan = new FakeWorld().signIn({ displayName: "Dan" });
    await assert.rejects(
      dan.playlists.mine(),
      ({ cause }: Error) => cause instanceof Error && cause.message.includes("listMyPlaylists"),
    );
  });

  it("shows what a test sets", async () => {
    const world = new FakeWorld();
    const dan = world.signIn({ displayName: "Dan" });
    world.set("config/client", {
      minVersions: { ios: "2", android: "2", web: "2" },
      features: { music: false },
    });
    assert.equal((await firstOf(dan.config))?.features.music, false);
  });

  it("ends the subscriptions of a person who signs out, and nobody else's", async () => {
    const world = new FakeWorld();
    const [ada, dan] = [world.signIn({ displayName: "Ada" }), world.signIn({ displayName: "Dan" })];
    const ends: string[] = [];
    ada.discover.live().subscribe(
      () => undefined,
      ({ reason }) => ends.push(`Ada: ${reason}`),
    );
    dan.discover.live().subscribe(
      () => undefined,
      ({ reason }) => ends.push(`Dan: ${reason}`),
    );
    await dan.account.signOut();
    assert.deepEqual(ends, ["Dan: SIGNED_OUT"]);
    assert.equal(dan.account.uid.current, null);
  });
});
