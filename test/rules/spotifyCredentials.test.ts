import { collection } from "firebase/firestore";
import { paths } from "../support/rules/builders.js";
import { ada, ben, signedOut } from "../support/rules/personas.js";
import { as, emptyWorld, given, refuses, remove, set, update } from "../support/rules/world.js";

describe("spotifyCredentials", () => {
  beforeEach(async () => {
    await emptyWorld();
    await given({ [paths.credentials(ada)]: { refreshToken: "sealed", keyVersion: 1 } });
  });

  it("cannot be read, not even by the owner or an admin", async () => {
    for (const requests of [as(ada), as(ben), as(signedOut), as(ada, { admin: true })]) {
      await refuses(requests.gets(paths.credentials(ada)));
      await refuses(requests.lists((db) => collection(db, "spotifyCredentials")));
    }
  });

  it("cannot be written", async () => {
    for (const requests of [as(ada), as(ben), as(signedOut), as(ada, { admin: true })]) {
      await refuses(requests.writes(update(paths.credentials(ada), { keyVersion: 2 })));
      await refuses(requests.writes(remove(paths.credentials(ada))));
      await refuses(requests.writes(set(paths.credentials(ben), { refreshToken: "mine" })));
    }
  });
});
