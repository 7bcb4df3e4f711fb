import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import { personas } from "../../local/spotify/personas.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite, setDisabled } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, denied, forge, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** Strings that identify each Firestore query by its request body. */
const REQUESTS = "collectionId%22%3A%22speakRequests";
const FEED = "feed%2Flatest";
const DETAILS = "private%2Faccount";
const FOLLOWS = "following%2F";

/**
 * Makes the stored ID token look expired. Auth reads it as another tab's write and asks for a new
 * token.
 */
const ageToken = (persona: string) => `new Promise((resolve, reject) => {
  const opening = indexedDB.open("firebaseLocalStorageDb");
  opening.onerror = reject;
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("firebaseLocalStorage", "readwrite");
    transaction.onerror = reject;
    transaction.onabort = reject;
    transaction.oncomplete = () => {
      opening.result.close();
      resolve();
    };
    const store = transaction.objectStore("firebaseLocalStorage");
    store.get("firebase:authUser:local:${persona}").onsuccess = ({ target }) => {
      target.result.value.stsTokenManager.expirationTime = 1;
      store.put(target.result);
    };
  };
})`;

/** What people are told when their sign-in is lost or refused, or does not give them access. */
describe("signing in to the demo", () => {
  const title = "Door policy";
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let place: string;

  const open = (persona?: string, where = "#/") =>
    DemoPage.open(browser, endpoints, {
      ...(persona && { persona }),
      place: where,
      viewport: phone,
    });
  const refused = ({ page }: DemoPage) =>
    page.getByRole("alert").getByText("You can't do this here.");
  const addressOf = ({ page }: DemoPage) => {
    const { pathname, search, hash } = new URL(page.url());
    return `${pathname}${search}${hash}`;
  };

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await DemoPage.open(browser, endpoints, { persona: "creator-ben" });
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    ({ place } = ben);
  });
  after(() => browser.close());

  it("tells someone with a disabled account, and returns them to where they were", async () => {
    const gus = await open("listener-gus", place);
    await gus.sees("On stage");
    const before = addressOf(gus);
    const persona = personas.find(({ id }) => id === "listener-gus");
    const uid = `spotify_${persona?.accountId ?? "nobody"}`;
    await setDisabled(endpoints, uid, true);
    try {
      await gus.page.evaluate(ageToken("listener-gus"));
      await gus.sees("You're signed out.");
      await gus.seesHeading("Host a show as");
      await gus.isAccessible("sign-in lost");
    } finally {
      await setDisabled(endpoints, uid, false);
    }
    await gus.click("Sign in again");
    await gus.page.getByRole("link", { name: "Your account, Gus van der Meer" }).waitFor();
    await gus.sees("On stage");
    assert.equal(addressOf(gus), before);
    await gus.close();
  });

  it("reports a sign-out only to the other tabs, and signs nobody back in automatically", async () => {
    const fay = await open("listener-fay");
    const tab = await fay.openTab(place);
    await tab.sees("On stage");
    await fay.page.getByRole("link", { name: /^Your account/ }).click();
    await fay.seesHeading("About you");
    // The message must not appear even for a moment before the start page loads.
    await fay.page.evaluate(`new MutationObserver(() => {
      if (document.body.innerText.includes("Sign in again")) sessionStorage.setItem("was shown", "yes");
    }).observe(document.body, { childList: true, subtree: true })`);
    await fay.click("Sign out");
    await fay.page.waitForURL((url) => url.search === "");
    await fay.seesHeading("Host a show as");
    assert.equal(await fay.button("Sign in again").count(), 0);
    assert.equal(await fay.page.evaluate('sessionStorage.getItem("was shown")'), null);
    await tab.sees("You're signed out.");
    await tab.button("Sign in again").waitFor();
    assert.equal(tab.place, place);
    await fay.close();
  });

  it("asks a creator who is live before it signs them out", async () => {
    await ben.page.getByRole("link", { name: /^Your account/ }).click();
    await ben.click("Sign out");
    await ben.seesHeading("Sign out while you're live?");
    await ben.isAccessible("signing out while live");
    await ben.page.goBack();
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(ben.place, "#/account");
    await ben.page.goBack();
    await ben.sees("On stage");
  });

  it("retries a refused sign-in for the same person and page", async () => {
    const dan = await open();
    const signingIn = await dan.hold("**/signInWithSpotify");
    await dan.page.goto(new URL(`/?as=listener-dan${place}`, dan.page.url()).href);
    await (await signingIn.route).fulfill(denied);
    await dan.seesHeading("You're not signed in");
    await dan.sees("You can't do this here.");
    await dan.isAccessible("refused sign-in");
    await dan.click("Try again with Spotify");
    await dan.page.getByRole("link", { name: "Your account, Dan" }).waitFor();
    await dan.sees("On stage");
    assert.equal(addressOf(dan), `/${place}`);
    await dan.close();
  });

  it("sends someone who returns from Spotify without a pending sign-in to the start page", async () => {
    const nobody = await open();
    await nobody.page.goto(new URL("/callback?code=c&state=of-nobody", nobody.page.url()).href);
    await nobody.seesHeading("You're not signed in");
    await nobody.click("Try again with Spotify");
    await nobody.page.getByRole("link", { name: "Agree as Fay" }).click();
    await nobody.seesHeading("Live & upcoming");
    assert.equal(addressOf(nobody), "/#/");
    await nobody.close();
  });

  it("shows no Spotify connection while it is loading or cannot be read", async () => {
    const dan = await open("listener-dan");
    const details = await dan.hold("**/Listen/channel**", DETAILS);
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    const route = await details.route;
    const loading = dan.page.getByRole("region", { name: "Spotify" }).getByRole("status");
    const connected = dan.page.getByText(/^(Not c|C)onnected/);
    await loading.waitFor();
    assert.equal(await connected.count(), 0);
    await dan.isAccessible("loading the connection to Spotify");
    await forge(route, (part) => part.replace(DETAILS, "private%2Fstranger"));
    await refused(dan).waitFor();
    await loading.waitFor({ state: "detached" });
    assert.equal(await connected.count(), 0);
    assert.equal(await dan.button("Disconnect Spotify").count(), 0);
    await dan.isAccessible("no connection to Spotify");
    await dan.page.reload();
    await dan.sees(/^Connected/);
    await dan.button("Disconnect Spotify").waitFor();
    await dan.close();
  });

  it("downloads a person's data, and deletes the account after a confirmation", async () => {
    const gus = await open("listener-gus");
    await gus.page.getByRole("link", { name: /^Your account/ }).click();
    const [file] = await Promise.all([
      gus.page.waitForEvent("download"),
      gus.click("Download my data"),
    ]);
    assert.equal(file.suggestedFilename(), "ambient-account.ndjson");
    const saved = await readFile(await file.path(), "utf8");
    assert.ok(saved.split("\n").some((line) => line.includes("private/account")));
    await gus.click("Delete my account");
    await gus.sees("This can't be undone.");
    await gus.isAccessible("confirming the deletion");
    await gus.page.goBack();
    await gus.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(gus.place, "#/account");
    await gus.click("Delete my account");
    await gus.click("Delete permanently");
    await gus.seesHeading(/^Live talk and music/);
    assert.equal(addressOf(gus), "/");
    await gus.close();
  });

  it("requires accepted terms and a permitted age to create a show", async () => {
    const oldest = { stringValue: "1.0.0" };
    await rewrite(endpoints, "config/client", {
      minVersions: { mapValue: { fields: { ios: oldest, android: oldest, web: oldest } } },
      features: { mapValue: {} },
      termsVersion: { integerValue: "1" },
    });
    try {
      const eve = await open("listener-eve", "#/new");
      const create = async () => {
        await eve.page.getByLabel("Title").fill("After hours");
        await eve.click("Create show");
      };
      await eve.seesHeading("Terms");
      await eve.isAccessible("the terms");
      await create();
      await eve.sees("Please accept the terms first.");
      const year = eve.page.getByLabel("Year of birth");
      await year.fill(String(new Date().getFullYear() - 10));
      await eve.click("Accept terms");
      await eve.sees("You're not old enough for Ambient yet.");
      const accepting = await eve.hold("**/acceptTerms");
      await year.fill("1990");
      await eve.click("Accept terms");
      const invalid = await accepting.route;
      const sent = invalid.request().postData() ?? "";
      await invalid.continue({ postData: sent.replace("1990", "1.5") });
      await eve.sees("Please check what you entered.");
      await eve.click("Accept terms");
      await year.waitFor({ state: "detached" });
      await create();
      await eve.seesHeading("After hours");
      await eve.close();
    } finally {
      await rewrite(endpoints, "config/client", { termsVersion: undefined });
    }
  });

  it("tells a host when the requests or the audience cannot be read", async () => {
    const queue = ben.page.getByRole("region", { name: /^Requests/ });
    const audience = ben.page.getByRole("region", { name: "Tuned in" });
    const requests = await ben.hold("**/Listen/channel**", REQUESTS);
    await ben.page.reload();
    const requestsRoute = await requests.route;
    await queue.getByRole("status", { name: "Loading…" }).waitFor();
    await forge(requestsRoute, (part) => part.replace(REQUESTS, "collectionId%22%3A%22strangers"));
    await queue.filter({ has: refused(ben) }).waitFor();
    assert.equal(await queue.getByText("No raised hands").count(), 0);
    await ben.isAccessible("no requests");

    const count = await ben.hold("**/Listen/channel**", FEED);
    await ben.page.reload();
    const countRoute = await count.route;
    await audience.getByRole("status", { name: "Loading…" }).waitFor();
    assert.equal(await audience.getByText(/peak/).count(), 0);
    await ben.isAccessible("counting the audience");
    await forge(countRoute, (part) => part.replace(FEED, "strangers%2Flatest"));
    await audience.filter({ has: refused(ben) }).waitFor();
    assert.equal(await audience.getByText(/peak/).count(), 0);
    await ben.isAccessible("no audience");

    await ben.page.reload();
    await queue.getByText("No raised hands").waitFor();
    await audience.getByText(/peak/).waitFor();
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
  });

  it("says why a listener cannot follow a creator", async () => {
    await ben.page.getByRole("link", { name: "Ambient" }).click();
    await ben.page.getByRole("link", { name: "New show" }).click();
    await ben.page.getByLabel("Title").fill("Matinee");
    await ben.page.getByLabel("Start time").fill("2036-05-01T20:00");
    await ben.click("Schedule show");
    await ben.sees(/^Scheduled for /);
    const dan = await open("listener-dan");
    const follows = await dan.hold("**/Listen/channel**", FOLLOWS);
    await dan.page.getByRole("link", { name: "Matinee" }).click();
    await forge(await follows.route, (part) => part.replace(FOLLOWS, "strangers%2F"));
    await refused(dan).waitFor();
    assert.ok(await dan.button("Follow Ben Lindqvist").isDisabled());
    await dan.isAccessible("no following");
    await ben.click("Cancel show");
    await ben.click("Cancel now");
    await dan.seesHeading(`${isolated("Matinee")} was cancelled`);
  });
});
