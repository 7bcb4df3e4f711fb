import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { joinShow } from "../../functions/src/contract/audience.js";
import { endShow, startShow } from "../../functions/src/contract/shows.js";
import { acceptInvitation, setRole, setStageMode } from "../../functions/src/contract/stage.js";
import type { App } from "../../local/clientApp/app.js";
import { signInAs } from "../../local/clientApp/signIn.js";
import { showIn } from "../../functions/test/support/backstage.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { openPhone, servePhone, type Phone } from "./phonePage.js";
import "./tellPagesOnFailure.js";

const AUDIBLE_RMS = 0.01;

/** The stage for three people in a browser: livekit-client, real sound, the real server. */
describe("the stage in a browser", () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof servePhone>>;
  let apps: App[] = [];
  let phones: Phone[] = [];
  let ben: App, dan: App, eve: App;
  let bens: Phone, dans: Phone, eves: Phone;
  let showId: string;

  before(async () => {
    const endpoints = await runningSuite();
    [browser, served] = await Promise.all([openBrowser(), servePhone()]);
    [ben, dan, eve] = await Promise.all([
      signInAs(endpoints, "creator-ben"),
      signInAs(endpoints, "listener-dan"),
      signInAs(endpoints, "listener-eve"),
    ]);
    apps = [ben, dan, eve];
    [bens, dans, eves] = await Promise.all([
      openPhone(browser, served.url),
      openPhone(browser, served.url),
      openPhone(browser, served.url),
    ]);
    phones = [bens, dans, eves];
    showId = await showIn("draft", { uid: ben.uid, displayName: "Ben", photoUrl: null });
    await bens.connect((await ben.call(startShow, { showId })).audio);
    await dans.connect((await dan.call(joinShow, { showId })).audio);
    await eves.connect((await eve.call(joinShow, { showId })).audio);
  });
  after(async () => {
    await ben.call(endShow, { showId });
    await Promise.all(phones.map((phone) => phone.close()));
    await browser.close();
    await Promise.all([served.close(), ...apps.map((app) => app.close())]);
  });

  it("plays the creator's voice to both listeners", async () => {
    assert.equal(await bens.speak(440), "speaking");
    await Promise.all([dans.hears(ben.uid), eves.hears(ben.uid)]);
    assert.ok((await dans.level(ben.uid)) > AUDIBLE_RMS);
  });

  it("does not let a listener speak", async () => {
    assert.equal(await dans.speak(660), "refused");
    assert.equal(await eves.level(dan.uid), 0);
  });

  it("lets an invited listener speak, and silences them when they are demoted", async () => {
    await ben.call(setRole, { showId, uid: dan.uid, role: "speaker" });
    await dan.call(acceptInvitation, { showId });
    await dans.mayPublish(true);
    assert.equal(await dans.speak(660), "speaking");
    await Promise.all([bens.hears(dan.uid), eves.hears(dan.uid)]);

    await ben.call(setRole, { showId, uid: dan.uid, role: "listener" });
    await Promise.all([bens.hearsNoMore(dan.uid), eves.hearsNoMore(dan.uid)]);
    // The creator is still heard.
    await Promise.all([dans.hears(ben.uid), eves.hears(ben.uid)]);
    await dans.mayPublish(false);
    assert.equal(await dans.speak(660), "refused");
  });

  it("silences even the creator during music, and lets them speak again in talk mode", async () => {
    await ben.call(setStageMode, { showId, mode: "music" });
    await Promise.all([dans.hearsNoMore(ben.uid), eves.hearsNoMore(ben.uid)]);
    await bens.mayPublish(false);
    assert.equal(await bens.speak(440), "refused");

    await ben.call(setStageMode, { showId, mode: "talk" });
    await bens.mayPublish(true);
    assert.equal(await bens.speak(440), "speaking");
    await Promise.all([dans.hears(ben.uid), eves.hears(ben.uid)]);
  });
});
