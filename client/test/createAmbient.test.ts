import assert from "node:assert/strict";
import { deleteApp, initializeApp, type FirebaseApp } from "firebase/app";
import { connectFirestoreEmulator, getFirestore, setLogLevel } from "firebase/firestore";
import { createAmbient, type AmbientOptions } from "../src/createAmbient.js";

describe("createAmbient", () => {
  let app: FirebaseApp;
  let opened: number;
  let options: AmbientOptions;

  before(() => {
    setLogLevel("silent");
  });
  beforeEach(() => {
    app = initializeApp({ projectId: "demo-ambient", apiKey: "local", appId: "local" });
    opened = 0;
    options = {
      app,
      openFirestore() {
        opened += 1;
        const firestore = getFirestore(app);
        connectFirestoreEmulator(firestore, "127.0.0.1", 1);
        return firestore;
      },
    };
  });
  afterEach(() => deleteApp(app));

  for (const sharesFirestore of [false, true]) {
    it(`${sharesFirestore ? "leaves" : "closes"} a Firestore that it ${sharesFirestore ? "shares" : "opened"} at the sign-out`, async () => {
      const ambient = createAmbient({ ...options, sharesFirestore });
      ambient.config.subscribe(() => undefined);
      await ambient.account.signOut();
      assert.equal(opened, sharesFirestore ? 1 : 2);
      ambient.close();
    });
  }

  it("trusts the app's report that there is no network", async () => {
    const connectivity = { isOnline: () => false, subscribe: () => () => undefined };
    const ambient = createAmbient({ ...options, connectivity });
    const connection = await new Promise((resolve) => ambient.connection.subscribe(resolve));
    assert.equal(connection, "offline");
    ambient.close();
  });
});
