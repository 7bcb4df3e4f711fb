import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { personas } from "../../local/spotify/personas.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { setDisabled } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, denied, forge, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** How each is known among all that Firestore is asked for. */
const REQUESTS = "collectionId%22%3A%22speakRequests";
const FEED = "feed%2Flatest";
const DETAILS = "private%2Faccount";
const FOLLOWS = "following%2F";

/**
 * Auth in the page sees, as it sees what another tab has written, that its token is an hour old, and asks
 * for the next one.
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

/** What a person is told whose sign-in is lost, refused, or worth less than he thought. */
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
    page.getByRole("alert").getByText("You cannot do this here.");
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

  it("tells one whose account is disabled, and leads him back to where he was", async () => {
    const gus = await open("listener-gus", place);
    await gus.sees("On stage");
    const before = addressOf(gus);
    const persona = personas.find(({ id }) => id === "listener-gus");
    const uid = `spotify_${persona?.accountId ?? "nobody"}`;
    await setDisabled(endpoints, uid, true);
    try {
      await gus.page.evaluate(ageToken("listener-gus"));
      await gus.sees("You are signed out.");
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

  it("tells of a sign-out the other tabs alone, and signs nobody in by itself", async () => {
    const fay = await open("listener-fay");
    const tab = await fay.openTab(place);
    await tab.sees("On stage");
    await fay.page.getByRole("link", { name: /^Your account/ }).click();
    await fay.seesHeading("About you");
    // Not even in the moment before the start page is loaded.
    await fay.page.evaluate(`new MutationObserver(() => {
      if (document.body.innerText.includes("Sign in again")) sessionStorage.setItem("told", "yes");
    }).observe(document.body, { childList: true, subtree: true })`);
    await fay.click("Sign out");
    await fay.page.waitForURL((url) => url.search === "");
    await fay.seesHeading("Host a show as");
    assert.equal(await fay.button("Sign in again").count(), 0);
    assert.equal(await fay.page.evaluate('sessionStorage.getItem("told")'), null);
    await tab.sees("You are signed out.");
    await tab.button("Sign in again").waitFor();
    assert.equal(tab.place, place);
    await fay.close();
  });

  it("tries a sign-in that was refused again for the same person and place", async () => {
    const dan = await open();
    const signingIn = await dan.hold("**/signInWithSpotify");
    await dan.page.goto(new URL(`/?as=listener-dan${place}`, dan.page.url()).href);
    await (await signingIn.asked).fulfill(denied);
    await dan.seesHeading("You are not signed in");
    await dan.sees("You cannot do this here.");
    await dan.isAccessible("refused sign-in");
    await dan.click("Try again with Spotify");
    await dan.page.getByRole("link", { name: "Your account, Dan" }).waitFor();
    await dan.sees("On stage");
    assert.equal(addressOf(dan), `/?as=listener-dan${place}`);
    await dan.close();
  });

  it("leads who comes back from Spotify with no attempt of ours to the start", async () => {
    const nobody = await open();
    await nobody.page.goto(new URL("/callback?code=c&state=of-nobody", nobody.page.url()).href);
    await nobody.seesHeading("You are not signed in");
    await nobody.click("Try again with Spotify");
    await nobody.page.getByRole("link", { name: "Agree as Fay" }).click();
    await nobody.seesHeading("What is on");
    assert.equal(addressOf(nobody), "/#/");
    await nobody.close();
  });

  it("says nothing of one's Spotify before it is known, nor where it cannot be", async () => {
    const dan = await open("listener-dan");
    const details = await dan.hold("**/Listen/channel**", DETAILS);
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    const asked = await details.asked;
    const loading = dan.page.getByRole("status", { name: "Loading your connection to Spotify" });
    const connected = dan.page.getByText(/^(Not c|C)onnected/);
    await loading.waitFor();
    assert.equal(await connected.count(), 0);
    await dan.isAccessible("loading the connection to Spotify");
    await forge(asked, (part) => part.replace(DETAILS, "private%2Fstranger"));
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

  it("tells a host that it is not known whose hands are up, or who listens", async () => {
    const queue = ben.page.getByRole("region", { name: /^Requests/ });
    const audience = ben.page.getByRole("region", { name: "Audience" });
    const requests = await ben.hold("**/Listen/channel**", REQUESTS);
    await ben.page.reload();
    const askedForRequests = await requests.asked;
    await queue.getByRole("status", { name: "Loading the requests" }).waitFor();
    await forge(askedForRequests, (part) =>
      part.replace(REQUESTS, "collectionId%22%3A%22strangers"),
    );
    await queue.filter({ has: refused(ben) }).waitFor();
    assert.equal(await queue.getByText("No hands are up").count(), 0);
    await ben.isAccessible("no requests");

    const count = await ben.hold("**/Listen/channel**", FEED);
    await ben.page.reload();
    const askedForCount = await count.asked;
    await audience.getByRole("status", { name: "Loading the audience" }).waitFor();
    assert.equal(await audience.getByText(/at most/).count(), 0);
    await ben.isAccessible("counting the audience");
    await forge(askedForCount, (part) => part.replace(FEED, "strangers%2Flatest"));
    await audience.filter({ has: refused(ben) }).waitFor();
    assert.equal(await audience.getByText(/at most/).count(), 0);
    await ben.isAccessible("no audience");

    await ben.page.reload();
    await queue.getByText("No hands are up").waitFor();
    await audience.getByText(/at most/).waitFor();
    await ben.click("End show");
    await ben.click("End it now");
    await ben.seesHeading("That was your show");
  });

  it("tells why one cannot follow a creator", async () => {
    await ben.page.getByRole("link", { name: "Ambient" }).click();
    await ben.page.getByRole("link", { name: "New show" }).click();
    await ben.page.getByLabel("Title").fill("Matinee");
    await ben.page.getByLabel("Announce it for").fill("2036-05-01T20:00");
    await ben.click("Announce the show");
    await ben.sees(/^Announced for /);
    const dan = await open("listener-dan");
    const follows = await dan.hold("**/Listen/channel**", FOLLOWS);
    await dan.page.getByRole("link", { name: "Matinee" }).click();
    await forge(await follows.asked, (part) => part.replace(FOLLOWS, "strangers%2F"));
    await refused(dan).waitFor();
    assert.ok(await dan.button("Follow Ben Lindqvist").isDisabled());
    await dan.isAccessible("no following");
    await ben.click("Cancel the show");
    await dan.seesHeading("Matinee was cancelled");
  });
});
