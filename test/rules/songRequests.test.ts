import assert from "node:assert/strict";
import { collection, collectionGroup, query, where } from "firebase/firestore";
import {
  endedShow,
  givenShow,
  participant,
  paths,
  showId,
  songRequest,
} from "../support/rules/builders.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
  eve,
  hosts,
  nameOf,
  notHosts,
  signedOut,
} from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  merge,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.songRequest();
const other = paths.songRequest("B".repeat(22));

describe("shows/songRequests", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [path]: songRequest(dan), [other]: songRequest(cleo) });
  });

  describe("reading", () => {
    for (const host of hosts) {
      it(`lets ${nameOf(host)}, a host, read all`, async () => {
        assert.ok(await allows(as(host).gets(path)));
        const all = as(host).lists((db) => collection(db, `shows/${showId}/songRequests`));
        assert.deepEqual(await allows(all), [path, other].sort());
      });
    }

    for (const caller of notHosts.filter((person) => person !== dan)) {
      it(`refuses ${nameOf(caller)}, who did not request it`, async () => {
        await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/songRequests`)));
      });
    }

    it("lets a person read and list their own, also after leaving", async () => {
      await given({ [paths.participant(dan)]: participant(dan, { state: "left" }) });
      assert.ok(await allows(as(dan).gets(path)));
      const own = as(dan).lists((db) =>
        query(collection(db, `shows/${showId}/songRequests`), where("requestedBy", "==", dan.uid)),
      );
      assert.deepEqual(await allows(own), [path]);
      await refuses(as(dan).lists((db) => collection(db, `shows/${showId}/songRequests`)));
    });

    it("refuses lists across shows", async () => {
      for (const caller of [ada, dan, signedOut] as const) {
        const everywhere = as(caller).lists((db) =>
          query(collectionGroup(db, "songRequests"), where("requestedBy", "==", dan.uid)),
        );
        await refuses(everywhere);
      }
    });
  });

  it("is written only by the server: nobody invents a track or decides directly", async () => {
    const mine = paths.songRequest("C".repeat(22));
    for (const caller of [ada, ben, cleo, dan, ...absent, signedOut] as const) {
      await refuses(as(caller).writes(set(mine, songRequest(caller === signedOut ? dan : caller))));
      await refuses(as(caller).writes(update(path, { status: "accepted" })));
      await refuses(as(caller).writes(merge(path, { track: { name: "Anything" } })));
    }
  });

  describe("withdrawing", () => {
    it("lets a person delete their open request, also after leaving and the end", async () => {
      await allows(as(dan).writes(remove(path)));
      assert.equal(await stored(path), undefined);
      await givenShow(endedShow());
      await given({ [path]: songRequest(eve) });
      await allows(as(eve).writes(remove(path)));
    });

    it("refuses anybody else, hosts included", async () => {
      for (const caller of [ada, ben, cleo, ...absent, signedOut] as const) {
        await refuses(as(caller).writes(remove(path)));
      }
    });

    for (const status of ["accepted", "declined"]) {
      it(`refuses it for a request that is ${status}: the song could be requested again`, async () => {
        await given({ [path]: songRequest(dan, { status, decidedBy: ada.uid }) });
        await refuses(as(dan).writes(remove(path)));
      });
    }
  });
});
