import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import { spotifyControl } from "../../local/spotify/control/client.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { addSongRequests } from "./addSongRequests.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, denied, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** A slow phone: 1.6 Mbit/s, 150 ms for each round trip, and a quarter of this machine's speed. */
const slow = {
  network: {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1_000_000) / 8,
    uploadThroughput: (0.75 * 1_000_000) / 8,
  },
  cpu: { rate: 4 },
};
/** With the code of all pages in it, the script alone has 290 kB. */
const MAX_REQUESTS = 6;
const MAX_BYTES = 240_000;
/** The show also needs its own code; LiveKit, for the audio, follows. */
const MAX_BYTES_WITH_SHOW = 330_000;

describe("the demo's pages and links", () => {
  const title = "Harbour lights";
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;
  let place: string;

  const open = (options: Parameters<typeof DemoPage.open>[2] = {}) =>
    DemoPage.open(browser, endpoints, options);
  const search = ({ page }: DemoPage) => new URL(page.url()).search;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await open({ persona: "creator-ben" });
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    ({ place } = ben);
  });
  after(async () => {
    await spotifyControl(`http://${endpoints.spotify}`).resetPlayers();
    await browser.close();
  });

  it("names the linked show before the sign-in, and returns to it afterwards", async () => {
    dan = await open({ place, viewport: phone });
    await dan.seesHeading(title);
    await dan.sees("with Ben Lindqvist");
    await dan.page.locator(".live-badge").waitFor();
    await dan.isAccessible("a link to a show, signed out");
    await dan.page.getByRole("link", { name: /^Hal.*isn't on the app's allow-list$/ }).waitFor();
    await dan.page.getByRole("link", { name: /^Dan/ }).click();
    await dan.sees("On stage");
    assert.equal(dan.place, place);
    assert.equal(search(dan), "", "a copied address names nobody");
    await dan.page.reload();
    await dan.sees("On stage");
    assert.equal(search(dan), "");

    const nobody = await open({ place: "#/show/no-such-show", viewport: phone });
    await nobody.sees("The show behind this link doesn't exist, or it isn't public yet.");
    await nobody.isAccessible("a link to no show, signed out");
    await nobody.close();
    const fan = await open({ place: "#/creator/spotify_nobody", viewport: phone });
    await fan.sees("Sign in to see this page.");
    await fan.close();
  });

  it("closes a dialog with Back, and stays on the page", async () => {
    await ben.click("End show");
    const dialog = ben.page.getByRole("dialog");
    await dialog.waitFor();
    await ben.page.goBack();
    await dialog.waitFor({ state: "detached" });
    assert.equal(ben.place, place);
    await ben.button("End show").and(ben.page.locator(":focus")).waitFor();
    // Closed otherwise, it leaves nothing behind in the history.
    await ben.page.getByRole("link", { name: "Your account, Ben Lindqvist" }).click();
    await ben.seesHeading("Your account");
    await ben.page.goBack();
    await ben.sees("On stage");
    await ben.click("End show");
    await ben.click("Keep going");
    await dialog.waitFor({ state: "detached" });
    await ben.button("End show").and(ben.page.locator(":focus")).waitFor();
    await ben.page.waitForFunction("history.state === null");
    await ben.page.goBack();
    await ben.seesHeading("Live & upcoming");
    await ben.page.goForward();
    await ben.sees("On stage");
    // A reload closes it as well, and a link in it takes its place.
    await ben.click("End show");
    await dialog.waitFor();
    await ben.page.reload();
    await ben.sees("On stage");
    await ben.page.waitForFunction("history.state === null");
    await ben.page.getByRole("button", { name: /^Dan/ }).click();
    await ben.page.getByRole("link", { name: "See their shows" }).click();
    await ben.seesHeading("Dan");
    await ben.page.goBack();
    await ben.sees("On stage");
    assert.equal(await dialog.count(), 0);
  });

  it("closes each dialog of a show with Back", async () => {
    const nameOf = ({ page }: DemoPage) => page.getByRole("button", { name: /^Dan/ }).first();
    await ben.write("Welcome aboard.");
    await dan.click("Chat");
    await dan.sees("Welcome aboard.");
    const dialogs: readonly (readonly [DemoPage, () => Promise<void>])[] = [
      [ben, () => ben.page.getByRole("button", { name: "Sound settings" }).first().click()],
      [ben, () => ben.click("Banned people")],
      [ben, () => nameOf(ben).click()],
      [
        ben,
        async () => {
          await nameOf(ben).click();
          await ben.click("Remove");
          await ben.button("Cancel").waitFor();
        },
      ],
      ...["Remove and ban", "Hide all their comments"].map(
        (action) =>
          [
            ben,
            async () => {
              await nameOf(ben).click();
              await ben.click(action);
              await ben.button("Cancel").waitFor();
            },
          ] as const,
      ),
      [dan, () => dan.onComment("Ben Lindqvist", "Report")],
    ];
    for (const [person, open] of dialogs) {
      const dialog = person.page.getByRole("dialog");
      await open();
      await dialog.waitFor();
      await person.page.goBack();
      await dialog.waitFor({ state: "detached" });
      assert.equal(person.place, place);
      await person.page.waitForFunction("history.state === null");
    }
    const menu = dan.page.getByRole("menu");
    await dan.click("Options for comment by Ben Lindqvist");
    await menu.waitFor();
    await dan.page.goBack();
    await menu.waitFor({ state: "detached" });
    assert.equal(dan.place, place);
    assert.equal(await dan.focus(), "Options for comment by Ben Lindqvist");
    await dan.click("Stage");
  });

  it("lets a listener report the show", async () => {
    await dan.click("More about this show");
    await dan.page.getByRole("menuitem", { name: "Report show" }).click();
    await dan.page.getByLabel("What's wrong?").fill("The title is misleading.");
    await dan.isAccessible("reporting a show");
    await dan.click("Send report");
    await dan.sees("Thanks. Our admins will look into it.");
    await dan.click("Done");
    assert.equal(await ben.button("Report show").count(), 0, "the creator's own show");
  });

  it("offers what helps if Spotify refuses, and a choice of devices", async () => {
    const eve = await open({ persona: "listener-eve", place, viewport: phone });
    await ben.click("Play music");
    await eve.sees(/^Music needs Spotify Premium/);
    const premium = eve.page.getByRole("link", { name: "See Spotify Premium" });
    assert.equal(await premium.getAttribute("href"), "https://www.spotify.com/premium/");
    assert.equal(await eve.button("Try again").count(), 0);
    await eve.click("Music");
    await eve.sees("Now playing");
    assert.equal(await eve.page.getByText(/plays as a generated tone/).count(), 0);
    await eve.isAccessible("music without Premium");
    await eve.close();

    const spotify = spotifyControl(`http://${endpoints.spotify}`);
    const device = { restricted: false, volumePercent: 50 };
    await spotify.setDevices("listener-dan", [
      { ...device, id: "kitchen", name: "Kitchen", type: "Speaker", active: false },
      { ...device, id: "phone", name: "Phone", type: "Smartphone", active: true },
    ]);
    await dan.click("Music");
    await dan.sees(/plays as a generated tone/);
    const choose = () => dan.click("Choose a device");
    await choose();
    await dan.page.getByRole("button", { name: /^Phone.*active$/ }).waitFor();
    await dan.isAccessible("choosing a device");
    await dan.page.getByRole("button", { name: /^Kitchen/ }).click();
    await dan.button("Choose a device").and(dan.page.locator(":focus")).waitFor();
    await choose();
    await dan.page.getByRole("button", { name: /^Kitchen.*active$/ }).waitFor();
    await dan.page.goBack();
    await dan.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(dan.place, place);
    await dan.hears("music");

    const volume = dan.page.getByLabel("Music volume");
    await dan.click("Sound settings");
    await volume.fill("0");
    assert.equal(await volume.getAttribute("aria-valuetext"), "0%");
    await dan.hearsNo("music");
    await volume.fill("100");
    await dan.hears("music");
    // As on an iPhone, where a page cannot set it.
    await dan.page.getByLabel("Voice volume").waitFor();
    await dan.page.keyboard.press("Escape");
    await dan.page.evaluate(
      'Object.defineProperty(HTMLMediaElement.prototype, "volume", { get: () => 1, set() {} })',
    );
    await dan.click("Sound settings");
    await volume.waitFor();
    assert.equal(await dan.page.getByLabel("Voice volume").count(), 0);
    await dan.page.keyboard.press("Escape");

    await dan.page.getByRole("link", { name: "Your account, Dan" }).click();
    await dan.click("Disconnect Spotify");
    await dan.sees("Not connected. Sign in again to play music.");
    await dan.page.goBack();
    await ben.click("Next track");
    await dan.click("Sign in with Spotify again");
    await dan.sees("Now playing");
    assert.equal(dan.place, place);
    await dan.hears("music");
  });

  it("lets a listener request songs, and a host add them to the playlist or decline them", async () => {
    const fay = await open({ persona: "listener-fay", place });
    const songs = ({ page }: DemoPage) => page.getByRole("region", { name: "Song requests" });
    await dan.click("Music");
    const requests = songs(dan);
    await requests.getByText("Which song should come next?").waitFor();
    await requests.getByRole("textbox").fill("Midnight");
    await requests.getByRole("button", { name: "Search" }).click();
    const results = requests.getByRole("list", { name: "Results" }).getByRole("button");
    await results.first().waitFor();
    await dan.isAccessible("a search for a song to request");
    const nameOf = async (at: number) =>
      ((await results.nth(at).getAttribute("aria-label")) ?? "").replace("Request ", "");
    const [first, second] = [await nameOf(0), await nameOf(1)];
    const third = await nameOf(2);
    const button = (page: DemoPage, name: string) =>
      songs(page).getByRole("button", { name, exact: true });
    const request = async (person: DemoPage, name: string) => {
      await songs(person).getByRole("textbox").fill("Midnight");
      await songs(person).getByRole("button", { name: "Search" }).click();
      await button(person, `Request ${name}`).click();
    };
    await results.first().click();
    // A person may vote once in five seconds, and a request is a vote, so each step is another person's.
    await button(ben, `Vote for ${first}, 1 vote`).click();
    await button(ben, `Take back your vote for ${first}, 2 votes`).waitFor();
    await request(fay, second);
    await button(fay, `Withdraw your request for ${second}`).waitFor();
    await dan.isAccessible("song requests on a phone");
    await button(ben, `Decline ${second}`).waitFor();
    await ben.isAccessible("song requests at a host");
    await button(ben, `Add to playlist: ${first}`).click();
    await dan.sees(`“${isolated(first)}” was added to the playlist.`);
    await dan.page.locator(".toast", { hasText: first }).waitFor();
    await button(fay, `Withdraw your request for ${second}`).click();
    await button(ben, `Decline ${second}`).waitFor({ state: "detached" });

    await request(dan, third);
    await addSongRequests(endpoints, place.split("/").at(-1) ?? "", 1);
    const others = [third, "Song 1"];
    for (const name of others) await button(ben, `Decline ${name}`).waitFor();
    await ben.click("Decline all");
    await ben.isAccessible("declining all songs");
    const question = ben.page.getByRole("dialog");
    await ben.page.goBack();
    await question.waitFor({ state: "detached" });
    await ben.click("Decline all");
    await ben.page.route("**/decideSongRequest", (route) => route.fulfill(denied), { times: 1 });
    await question.getByRole("button", { name: "Decline all" }).click();
    await question.getByRole("alert").waitFor();
    await ben.page.waitForFunction(`document.querySelectorAll(".song").length === 1`);
    await question.getByRole("button", { name: "Decline all" }).click();
    for (const name of others) {
      await button(ben, `Decline ${name}`).waitFor({ state: "detached" });
    }
    await dan.sees(`The hosts declined “${isolated(third)}”.`);
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });

    await ben.page.getByRole("switch", { name: "Song requests" }).click();
    await dan.sees("The hosts aren't taking song requests right now.");
    await requests.getByRole("textbox").waitFor({ state: "detached" });
    await dan.click("Stage");
    await requests.waitFor({ state: "hidden" });
    await fay.close();
  });

  it("lets the creator rename a live show", async () => {
    const card = ben.page.getByRole("form", { name: "Title and description" });
    await card.getByLabel("Title", { exact: true }).fill("Harbour lights, late");
    await card.getByLabel("What's it about?").fill("Songs for the way home.");
    await card.getByRole("button", { name: "Save" }).click();
    await dan.seesHeading("Harbour lights, late");
    await dan.page.locator(".toast", { hasText: "The show is now called" }).waitFor();
    assert.match(await dan.page.title(), /^Harbour lights, late · /);
    await dan.dismissToasts();
    assert.equal(await ben.page.getByText(/^The show is now called/).count(), 0);
    await dan.click("Stage");
    await dan.sees(/Songs for the way home\./);
    assert.ok(await card.getByRole("button", { name: "Save" }).isDisabled());
  });

  it("loads fast on a slow phone, and opens the live show there", async () => {
    const page = await dan.context.newPage();
    const cdp = await dan.context.newCDPSession(page);
    const urls = new Map<string, string>();
    let bytes = 0;
    cdp.on("Network.requestWillBeSent", ({ request, requestId }) => {
      // Icons in the page.
      if (!request.url.startsWith("data:")) urls.set(requestId, request.url);
    });
    cdp.on("Network.dataReceived", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await cdp.send("Network.enable");
    await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
    await cdp.send("Network.emulateNetworkConditions", slow.network);
    await cdp.send("Emulation.setCPUThrottlingRate", slow.cpu);
    const from = performance.now();
    await page.goto(`http://${endpoints.hosting ?? ""}/?as=listener-dan`, { waitUntil: "commit" });
    await page.getByRole("heading", { name: "Live & upcoming" }).waitFor();
    const ms = Math.round(performance.now() - from);
    // Requests to Firebase begin beside the heading, a few before it and a few after.
    const own = [...urls.values()].filter((url) => url.includes(endpoints.hosting ?? ""));
    const found = `${own.length} requests of ${urls.size}, ${bytes} bytes, ${ms} ms`;
    process.stdout.write(`      until the first heading: ${found}\n`);
    assert.ok(own.length <= MAX_REQUESTS, own.join("\n"));
    assert.ok(bytes > 100_000 && bytes <= MAX_BYTES, found);
    await page.getByRole("region", { name: "Live now" }).locator(`[href="${place}"]`).click();
    await page.getByRole("region", { name: "On stage", exact: true }).waitFor();
    assert.ok(bytes <= MAX_BYTES_WITH_SHOW, `${bytes} bytes with the show`);
    process.stdout.write(`      until the live show: ${bytes} bytes\n`);
    await page.close();
  });

  it("follows and copies the links of an ended show and its creator, and shows its summary", async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    const moments = ben.page.getByRole("region", { name: "Moments" });
    await moments.getByText(/^Most tuned in: [1-4] (person|people)$/).waitFor();
    const listeners = [2, 9, 4, 10];
    await rewrite(endpoints, `shows/${place.split("/").at(-1)}/summary/final`, {
      durationMs: { integerValue: "240000" },
      peak: { integerValue: "11" },
      audience: {
        arrayValue: {
          values: listeners.map((count, minute) => ({
            mapValue: {
              fields: {
                minute: { integerValue: `${minute}` },
                listeners: { integerValue: `${count}` },
              },
            },
          })),
        },
      },
    });
    await moments.getByText("Most tuned in: 11 people").waitFor();
    await moments.getByText("Biggest rise: 7 people").waitFor();
    await ben.isAccessible("a summary with moments");
    await dan.seesHeading("Thanks for listening");
    await dan.button("Copy link").waitFor();
    await dan.isAccessible("the end of a show on a phone");
    const late = await open({ place });
    await late.sees("Sign in to see what was played.");
    assert.equal(await late.page.getByText(/come straight to this show/).count(), 0);
    await late.close();
    await dan.click("Follow Ben Lindqvist");
    await dan.button("Unfollow Ben Lindqvist").waitFor();
    await dan.page.getByRole("link", { name: "Ambient" }).click();
    await dan.page.getByLabel("Search shows and creators").fill("Lindqvist");
    const creators = dan.page.getByRole("region", { name: "Creators" });
    await creators.getByRole("button", { name: "Unfollow Ben Lindqvist" }).click();
    await creators.getByRole("button", { name: "Follow Ben Lindqvist", exact: true }).waitFor();
    await creators.getByRole("link", { name: /^Ben Lindqvist/ }).click();
    await dan.seesHeading("Ben Lindqvist");
    await dan.button("Copy link").waitFor();
    await dan.isAccessible("a creator on a phone");
  });

  it("offers the link of an unlisted show, which is in no list", async () => {
    await ben.page.getByRole("link", { name: "Ambient" }).click();
    await ben.page.getByRole("link", { name: "New show" }).click();
    await ben.page.getByLabel("Title").fill("Between us");
    await ben.page.getByRole("switch", { name: "Unlisted" }).click();
    await ben.click("Create show");
    await ben.sees(/^Only people with the link can find this show/);
    assert.equal(await ben.page.getByText(/“Coming up”/).count(), 0);
    await ben.button("Copy link").waitFor();
    await ben.isAccessible("an unlisted show");
    const draft = ben.place;
    await ben.click("Choose a playlist");
    await ben.page.getByRole("dialog").waitFor();
    await ben.page.goBack();
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(ben.place, draft);
    await ben.click("Delete draft");
    await ben.seesHeading("Delete the draft?");
    await ben.page.goBack();
    await ben.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(ben.place, draft);
    await ben.click("Delete draft");
    await ben.isAccessible("deleting a draft");
    await ben.click("Delete now");
    await ben.seesHeading("Live & upcoming");
  });
});
