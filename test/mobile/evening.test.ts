import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { z } from "zod";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { openBrowser } from "../browser/browser.js";
import { runningSuite } from "../support/suite.js";
import "../browser/tellPagesOnFailure.js";
import { expo, installApp } from "./app.js";
import { AppPage } from "./appPage.js";

/** The app's web build, as a creator and a listener use it, against the suite. */
describe("an evening with the mobile app", function () {
  this.timeout(120_000);
  // Each step goes on where the one before stopped.
  this.bail(true);
  let build: string;
  let browser: Browser;
  let endpoints: Endpoints;
  let ben: AppPage;
  let dan: AppPage;
  let showId: string;

  before(async function () {
    this.timeout(300_000);
    endpoints = await runningSuite();
    build = await mkdtemp(join(tmpdir(), "ambient-mobile-web-"));
    await installApp();
    await expo(["export", "--platform", "web", "--output-dir", build], {
      EXPO_PUBLIC_SUITE: "/endpoints.json",
    });
    browser = await openBrowser();
    ben = await AppPage.open(browser, build, endpoints);
    dan = await AppPage.open(browser, build, endpoints);
  });
  after(async () => {
    await browser.close();
    await rm(build, { recursive: true });
  });

  /** Where pictures of the screens go, if anyone wants them: each in light and dark, and with large text. */
  const pictures = process.env.AMBIENT_PICTURES;
  const look = async (app: AppPage, name: string) => {
    if (pictures === undefined) return;
    const { page } = app;
    const take = (kind: string) =>
      page.screenshot({ path: join(pictures, `${name}-${kind}.png`), animations: "disabled" });
    await take("light");
    await app.withLargeText(() => take("large"));
    await page.emulateMedia({ colorScheme: "dark" });
    await take("dark");
    await page.emulateMedia({ colorScheme: "light" });
  };

  it("has no push on the web, where it would need a service worker", async () => {
    const folder = join(build, "_expo/static/js/web");
    const scripts = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")),
    );
    assert.ok(scripts.some((script) => script.includes("Continue with Spotify")));
    assert.ok(
      !scripts.some((script) => /onNotificationOpenedApp|displayNotification/.test(script)),
    );
  });

  it("signs people in with Spotify, and keeps them signed in", async () => {
    await dan.sees("Continue with Spotify");
    await look(dan, "sign-in");
    assert.deepEqual(await dan.accessibilityProblems(), []);
    await ben.signIn("Ben");
    await dan.signIn("Dan");
    await dan.goTo("/profile");
    await dan.page.getByRole("heading", { name: /^Dan/ }).waitFor();
  });

  it("shows a draft to its creator, and not to somebody with its link", async () => {
    await ben.openTab("Profile");
    await ben.write("Title of a new show", "Night drive");
    await ben.press("Create the show");
    await ben.page.getByRole("button", { name: "Go live" }).waitFor();
    await look(ben, "draft");
    showId = await draftOf(endpoints, "Night drive");
    await dan.goTo(`/s/${showId}`);
    await dan.page.getByRole("heading", { name: "Not available" }).waitFor();
    await look(dan, "not-available");
    await dan.goTo("/");
  });

  it("takes the show live, where others find it", async () => {
    await ben.press("Go live");
    await ben.page.getByRole("region", { name: "Hosting" }).waitFor();
    await dan.openTab("Discover");
    const row = dan.page.getByRole("link", { name: /^Night drive, Ben.*, Live/ }).first();
    await row.waitFor();
    await look(dan, "discover");
    assert.deepEqual(await dan.accessibilityProblems(), []);
    await row.click();
    await dan.page.getByRole("button", { name: /^Follow Ben/, disabled: false }).waitFor();
    await look(dan, "show-outside");
    await dan.press("Join");
    await dan.page.getByRole("region", { name: "On stage" }).waitFor();
  });

  it("delivers comments and reactions", async () => {
    await dan.write("Your comment", "What a song!");
    await dan.press("Send");
    await ben.sees("What a song!");
    await dan.press(/^heart, /);
    await ben.page.getByRole("button", { name: "heart, 1" }).waitFor();
    await dan.page.getByRole("region", { name: "Comments" }).scrollIntoViewIfNeeded();
    await look(dan, "comments");
  });

  it("brings a raised hand to the stage and back", async () => {
    await dan.press("Raise your hand");
    await dan.page.getByRole("region", { name: "Your hand is up" }).waitFor();
    await look(ben, "host");
    await ben.page.getByRole("region", { name: "Hosting" }).scrollIntoViewIfNeeded();
    await look(ben, "hosting");
    await ben.press("Accept Dan");
    await dan.press("Turn the microphone on");
    // While a button is pressed, it is paler than it may be at rest.
    await dan.page.getByRole("button", { name: "Mute yourself" }).waitFor();
    await dan.page.getByRole("button", { name: /^Dan, Speaker, you(, speaking)?$/ }).waitFor();
    await ben.page.getByRole("button", { name: /^Dan.*, Speaker/ }).waitFor();
    await look(dan, "on-stage");
    assert.deepEqual(await dan.accessibilityProblems(), []);
    await dan.press("Leave the stage");
    await dan.page.getByRole("button", { name: /again in|Raise/ }).waitFor();
  });

  it("shows the music with its source", async () => {
    await ben.press("Choose a playlist");
    await ben.press("Sunday soul");
    await ben.press("Play music");
    const music = dan.page.getByRole("region", { name: "Now playing" });
    await music.getByText("Music from Spotify").waitFor();
    await music.getByRole("button", { name: "OPEN SPOTIFY" }).waitFor();
    await music.scrollIntoViewIfNeeded();
    await look(dan, "music");
    assert.deepEqual(await dan.withLargeText(() => dan.textsCutOff()), []);
    assert.deepEqual(await dan.accessibilityProblems(), []);
    await ben.press("Back to talk");
    await music.waitFor({ state: "detached" });
  });

  it("lets people report, and a host invite somebody, who may decline", async () => {
    await dan.page.getByRole("button", { name: /^Ben.*, Creator/ }).click();
    await dan.write("What is wrong", "Not a night drive.");
    await look(dan, "person");
    await dan.press("Report Ben");
    await dan.page.getByRole("button", { name: "Report Ben" }).waitFor({ state: "detached" });
    await ben.page.getByRole("button", { name: "Dan: What a song!" }).click();
    await ben.page.getByRole("button", { name: "Remove: Dan" }).waitFor();
    await look(ben, "person-host");
    await ben.press("Invite to speak: Dan");
    await dan.page.getByRole("button", { name: "Decline the invitation" }).waitFor();
    await look(dan, "invited");
    await dan.press("Decline the invitation");
    await dan.page
      .getByRole("button", { name: "Decline the invitation" })
      .waitFor({ state: "detached" });
  });

  it("lets people leave, and opens a share link in a cold app", async () => {
    await dan.press("Leave");
    await dan.page.getByRole("tab", { name: "Discover" }).waitFor();
    await ben.page.getByText("0 listeners").waitFor();
    await dan.goTo(`/s/${showId}`);
    await dan.press("Join");
    await ben.page.getByText("1 listener").waitFor();
  });

  it("ends the show for everyone", async () => {
    ben.page.on("dialog", (dialog) => void dialog.accept());
    await ben.press("End the show");
    for (const { page } of [ben, dan]) {
      await page.getByRole("heading", { name: "The show is over" }).waitFor();
    }
    await look(dan, "over");
    await dan.press("Back");
  });

  it("has the notifications and their settings", async () => {
    await dan.openTab("Notifications");
    await dan.page.getByRole("switch", { name: "Show notifications" }).click();
    await dan.page.getByRole("switch", { name: /^Quiet/ }).waitFor({ state: "detached" });
    await look(dan, "notifications");
    assert.deepEqual(await dan.accessibilityProblems(), []);
  });

  it("deletes the account", async () => {
    await dan.openTab("Profile");
    await dan.sees("You have no shows yet.");
    await look(dan, "profile");
    assert.deepEqual(await dan.withLargeText(() => dan.textsCutOff()), []);
    dan.page.on("dialog", (dialog) => void dialog.accept());
    await dan.press("Delete your account");
    await dan.sees("Continue with Spotify");
  });
});

/** The id of a show by its title. The app's addresses do not have it. */
async function draftOf({ firestore, projectId }: Endpoints, title: string): Promise<string> {
  const address = `http://${firestore}/v1/projects/${projectId}/databases/(default)/documents:runQuery`;
  const value = { stringValue: title };
  const answer = await fetch(address, {
    method: "POST",
    headers: { authorization: "Bearer owner" },
    body: JSON.stringify({
      structuredQuery: {
        from: [{ collectionId: "shows" }],
        where: { fieldFilter: { field: { fieldPath: "title" }, op: "EQUAL", value } },
      },
    }),
  });
  const [found] = queried.parse(await answer.json());
  return found?.document.name.split("/").at(-1) ?? "";
}

const queried = z.array(z.object({ document: z.object({ name: z.string() }) }));
