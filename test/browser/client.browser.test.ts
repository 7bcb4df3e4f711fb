import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { eventually } from "../../functions/test/support/eventually.js";
import { openBrowser } from "./browser.js";
import { ClientPage, serveClient } from "./clientPage.js";
import "./tellPagesOnFailure.js";

/** The bundled client package, running in a browser against a real LiveKit. */
describe("the client package in a browser", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveClient>>;
  let ben: ClientPage;
  let dan: ClientPage;
  let dansOtherTab: ClientPage;
  let showId: string;

  before(async () => {
    endpoints = await runningSuite();
    [browser, served] = await Promise.all([openBrowser(), serveClient()]);
    const open = (persona: string) => ClientPage.open(browser, served.url, endpoints, persona);
    ben = await open("creator-ben");
    dan = await open("listener-dan");
    dansOtherTab = await open("listener-dan");
    showId = await ben.create("Night drive");
    await ben.enter("start", showId);
    await dan.enter("join", showId);
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  it("connects to the voices and plays the creator's voice", async () => {
    await ben.is({ sound: "connected" });
    await dan.is({ sound: "connected", isHeard: false });
    await ben.do("audio", "unmute");
    await ben.is({ microphone: "on" });
    await dan.is({ isHeard: true, voices: [ben.uid], microphonesOn: ben.uid });
  });

  it("silences the voices during music and restores the creator's voice afterwards", async () => {
    await ben.do("stage", "setMode", "music");
    await dan.is({ isHeard: false, voices: [], microphonesOn: "" });
    await ben.is({ microphone: "waiting" });
    await ben.do("stage", "setMode", "talk");
    await ben.is({ microphone: "on" });
    await dan.is({ isHeard: true, microphonesOn: ben.uid });
  });

  it("reports a refused microphone and uses it once it is allowed", async () => {
    await dan.do("stage", "ask");
    await ben.do("stage", "decide", dan.uid, "accept");
    await dan.refuseMicrophone(true);
    await dan.is({ presence: "present" });
    await dan.do("audio", "unmute");
    await dan.is({ microphone: "refused" });
    await dan.refuseMicrophone(false);
    await dan.do("audio", "unmute");
    const both = [ben.uid, dan.uid].toSorted().join(" ");
    await dan.is({ microphone: "on", microphonesOn: both });
    await ben.is({ isHeard: true, microphonesOn: both });
  });

  it("mutes a speaker at the host's request, and lets them unmute", async () => {
    await ben.do("moderation", "mute", dan.uid);
    await dan.is({ microphone: "muted" });
    await ben.is({ microphonesOn: ben.uid });
    await dan.do("audio", "unmute");
    await dan.is({ microphone: "on" });
  });

  it("silences a demoted speaker, and nobody else", async () => {
    await ben.do("stage", "setRole", dan.uid, "listener");
    await ben.is({ isHeard: false, microphonesOn: ben.uid });
    await dan.is({ microphone: "off", isHeard: true, voices: [ben.uid] });
  });

  it("notices a lost network and recovers when it returns", async () => {
    await dan.context.setOffline(true);
    await dan.is({ network: "offline" });
    // Firestore never queues a transaction: it fails now and is not retried later.
    await dan.fails("OFFLINE", "stage", "cancelAsk");
    await dan.context.setOffline(false);
    await dan.is({ network: "online", sound: "connected", isHeard: true });
  });

  it("moves the sound to the newest tab, where it stays until another tab takes over", async () => {
    await dansOtherTab.enter("join", showId);
    await dansOtherTab.is({ sound: "connected" });
    await dan.is({ sound: "elsewhere", presence: "present" });
    await dan.do("audio", "takeOver");
    await dan.is({ sound: "connected" });
    await dansOtherTab.is({ sound: "elsewhere" });
  });

  it("closes the sound when the participant is removed", async () => {
    await ben.do("moderation", "remove", dan.uid);
    await dan.is({ presence: "gone", sound: "closed", isHeard: false });
    await dansOtherTab.is({ presence: "gone", sound: "closed" });
  });

  it("clears the local cache at sign-out even with other tabs open", async () => {
    const eve = await ClientPage.open(browser, served.url, endpoints, "listener-eve");
    const tab = await eve.openTab(endpoints);
    for (const page of [eve, tab]) await page.enter("join", showId);
    assert.equal((await eve.caches()).length, 1);
    await eve.signOut();
    await tab.is({ presence: "gone", sound: "closed" });
    await tab.signOut();
    // Each tab clears the cache, and the later of them finishes it.
    await eventually("no cache", async () =>
      (await tab.caches()).length === 0 ? true : undefined,
    );
    await eve.close();
  });

  it("clears the cache of an earlier session on an immediate sign-out", async () => {
    const gus = await ClientPage.open(browser, served.url, endpoints, "listener-gus");
    await gus.enter("join", showId);
    const later = await gus.openTab(endpoints);
    await gus.closeTab();
    assert.equal((await later.caches()).length, 1);
    await later.signOut();
    assert.deepEqual(await later.caches(), []);
    await later.close();
  });

  it("delivers account details to a subscriber who subscribes before sign-in is restored", async () => {
    const fay = await ClientPage.open(browser, served.url, endpoints, "listener-fay");
    const tab = await fay.openTab(endpoints, "client.subscribeEarly()");
    await tab.enter("join", showId);
    await tab.is({ early: "delivered" });
    await fay.close();
  });

  it("closes the sound when the show ends", async () => {
    await ben.do("show", "end");
    await ben.is({ presence: "over", sound: "closed" });
  });
});
