import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { ClientPage, serveClient } from "./clientPage.js";
import "./tellPagesOnFailure.js";

/** The client package as an app has it: bundled, in a browser, with the real LiveKit. */
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

  it("connects to the voices, and lets the creator be heard", async () => {
    await ben.is({ sound: "connected" });
    await dan.is({ sound: "connected", isHeard: false });
    await ben.do("audio", "speak");
    await ben.is({ microphone: "on" });
    await dan.is({ isHeard: true, voices: [ben.uid], microphonesOn: ben.uid });
  });

  it("plays no voice over the music, and the creator again after it", async () => {
    await ben.do("stage", "setMode", "music");
    await dan.is({ isHeard: false, microphonesOn: "" });
    await ben.is({ microphone: "waiting" });
    await ben.do("stage", "setMode", "talk");
    await ben.is({ microphone: "on" });
    await dan.is({ isHeard: true, microphonesOn: ben.uid });
  });

  it("says that the microphone was refused, and takes it when it is allowed", async () => {
    await dan.do("stage", "ask");
    await ben.do("stage", "decide", dan.uid, "accept");
    await dan.refuseMicrophone(true);
    await dan.is({ presence: "present" });
    await dan.do("audio", "speak");
    await dan.is({ microphone: "refused" });
    await dan.refuseMicrophone(false);
    await dan.do("audio", "speak");
    const both = [ben.uid, dan.uid].toSorted().join(" ");
    await dan.is({ microphone: "on", microphonesOn: both });
    await ben.is({ isHeard: true, microphonesOn: both });
  });

  it("is muted by a host, and speaks again when one wants to", async () => {
    await ben.do("moderation", "mute", dan.uid);
    await dan.is({ microphone: "off" });
    await ben.is({ microphonesOn: ben.uid });
    await dan.do("audio", "speak");
    await dan.is({ microphone: "on" });
  });

  it("notices that the network is gone, and comes back with it", async () => {
    await dan.context.setOffline(true);
    await dan.is({ network: "offline" });
    // A transaction is never queued: it fails now, and does nothing later.
    await dan.fails("OFFLINE", "stage", "cancelAsk");
    await dan.context.setOffline(false);
    await dan.is({ network: "online", sound: "connected", isHeard: true });
  });

  it("gives the sound to the later tab of one person, without a fight", async () => {
    await dansOtherTab.enter("join", showId);
    await dansOtherTab.is({ sound: "connected" });
    await dan.is({ sound: "elsewhere", presence: "present" });
    await dan.do("audio", "takeOver");
    await dan.is({ sound: "connected" });
    await dansOtherTab.is({ sound: "elsewhere" });
  });

  it("drops the sound with everything else when one is removed", async () => {
    await ben.do("moderation", "remove", dan.uid);
    await dan.is({ presence: "gone", sound: "closed", isHeard: false });
    await dansOtherTab.is({ presence: "gone", sound: "closed" });
  });

  it("leaves nothing on the device at a sign-out, whatever other tabs are open", async () => {
    const eve = await ClientPage.open(browser, served.url, endpoints, "listener-eve");
    const tab = await eve.openTab(endpoints);
    for (const page of [eve, tab]) await page.enter("join", showId);
    assert.equal((await eve.caches()).length, 1);
    await eve.signOut();
    await tab.is({ presence: "gone", sound: "closed" });
    await tab.signOut();
    assert.deepEqual(await tab.caches(), []);
    await eve.close();
  });

  it("leaves nothing of the last time either, where one signs out at once", async () => {
    const gus = await ClientPage.open(browser, served.url, endpoints, "listener-gus");
    await gus.enter("join", showId);
    const later = await gus.openTab(endpoints);
    await gus.closeTab();
    assert.equal((await later.caches()).length, 1);
    await later.signOut();
    assert.deepEqual(await later.caches(), []);
    await later.close();
  });

  it("tells of one's own account whoever asks before it is known that one is signed in", async () => {
    const fay = await ClientPage.open(browser, served.url, endpoints, "listener-fay");
    const tab = await fay.openTab(endpoints, "client.subscribeEarly()");
    await tab.enter("join", showId);
    await tab.is({ early: "told" });
    await fay.close();
  });

  it("ends", async () => {
    await ben.do("show", "end");
    await ben.is({ presence: "over", sound: "closed" });
  });
});
