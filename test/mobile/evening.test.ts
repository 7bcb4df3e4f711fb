import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { COMMENTS_PER_PAGE } from "../../client/src/core.js";
import { playerReport } from "../../local/spotify/control/playerReports.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { addComments } from "../browser/addComments.js";
import { openBrowser } from "../browser/browser.js";
import { runningSuite } from "../support/suite.js";
import "../browser/tellPagesOnFailure.js";
import { expo, installApp } from "./app.js";
import { AppPage } from "./appPage.js";

/** The app's web build, as a creator and a listener use it, against the suite. */
describe("an evening with the mobile app", function () {
  this.timeout(120_000);
  // Each step continues where the one before stopped.
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
    await ben.write("Title", "Night drive");
    await ben.press("Create show");
    await ben.page.getByRole("button", { name: "Go live" }).waitFor();
    await look(ben, "draft");
    showId = await draftOf(endpoints, "Night drive");
    await dan.goTo(`/s/${showId}`);
    await dan.page.getByRole("heading", { name: "Show not found" }).waitFor();
    await look(dan, "not-available");
    await dan.goTo("/");
  });

  it("takes the show live, where others find it", async () => {
    await ben.press("Go live");
    await ben.page.getByRole("region", { name: "Host" }).waitFor();
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
    await dan.press(/hearts$/);
    await ben.page.getByRole("button", { name: "1 heart" }).waitFor();
    await dan.page.getByRole("region", { name: "Comments" }).scrollIntoViewIfNeeded();
    await look(dan, "comments");
  });

  it("says that the server does not answer, while it does not", async () => {
    const notice = dan.page.getByText("You're offline.").filter({ visible: true });
    await dan.page.context().setOffline(true);
    await notice.waitFor();
    await look(dan, "offline");
    await dan.page.context().setOffline(false);
    await notice.waitFor({ state: "detached" });
  });

  it("brings a raised hand to the stage and back", async () => {
    await dan.press("Raise hand");
    await dan.page.getByRole("region", { name: "Your hand is up" }).waitFor();
    await look(ben, "host");
    await ben.page.getByRole("region", { name: "Host" }).scrollIntoViewIfNeeded();
    await look(ben, "hosting");
    await ben.press("Accept Dan");
    await dan.press("Unmute");
    await dan.sees("You're live");
    await ben.page.getByRole("button", { name: /^Dan.*, Speaker, speaking$/ }).waitFor();
    await look(dan, "on-stage");
    assert.deepEqual(await dan.accessibilityProblems(), []);
    await dan.press("Leave stage");
    await dan.page.getByRole("button", { name: "Raise hand" }).waitFor();
  });

  it("plays the music on the listener's Spotify, and shows it with its source", async () => {
    await ben.press("Choose a playlist");
    await ben.press("Sunday soul");
    const played = spotifyObeys(dan, "play");
    await ben.press("Play music");
    await played;
    assert.equal((await playerOf(endpoints, "listener-dan"))?.playing, true);
    const music = dan.page.getByRole("region", { name: "Now playing" });
    await music.getByText("Music from Spotify").waitFor();
    await music.getByRole("button", { name: "OPEN SPOTIFY" }).waitFor();
    await music.scrollIntoViewIfNeeded();
    await look(dan, "music");
    assert.deepEqual(await dan.withLargeText(() => dan.textsCutOff()), []);
    assert.deepEqual(await dan.accessibilityProblems(), []);
    const paused = spotifyObeys(dan, "pause");
    await ben.press("Back to talk");
    await music.waitFor({ state: "detached" });
    await paused;
    assert.equal((await playerOf(endpoints, "listener-dan"))?.playing, false);
  });

  it("lets people report, and a host invite somebody, who may decline", async () => {
    await dan.page.getByRole("button", { name: /^Ben.*, Creator/ }).click();
    await dan.write("What's wrong?", "Not a night drive.");
    await look(dan, "person");
    await dan.press("Send report: Ben");
    await dan.page.getByRole("button", { name: "Send report: Ben" }).waitFor({ state: "detached" });
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
    await ben.sees("Ben Lindqvist · 0 listeners");
    await dan.goTo(`/s/${showId}`);
    await dan.press("Join");
    await ben.sees("Ben Lindqvist · 1 listener");
  });

  it("asks the creator before they leave their live show", async () => {
    const asking = ben.page.waitForEvent("dialog");
    const pressed = ben.press("Leave");
    const dialog = await asking;
    assert.equal(dialog.message(), "Leave your live show?\n“Night drive” continues without you.");
    await dialog.dismiss();
    await pressed;
    await ben.page.getByRole("region", { name: "Host" }).waitFor();
  });

  it("loads earlier comments while people scroll", async () => {
    await addComments(
      endpoints,
      showId,
      Array.from({ length: COMMENTS_PER_PAGE }, (_, index) => `Comment ${index + 1}`),
    );
    await dan.sees(`Comment ${COMMENTS_PER_PAGE}`);
    assert.equal(await dan.page.getByText("What a song!").count(), 0);
    await dan.scrollTo("What a song!");
    await look(dan, "earlier-comments");
  });

  it("ends the show for everyone", async () => {
    ben.page.on("dialog", (dialog) => void dialog.accept());
    await ben.press("End show");
    for (const { page } of [ben, dan]) {
      await page.getByRole("heading", { name: "Night drive has ended" }).waitFor();
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
    await dan.sees("You have no shows yet");
    await look(dan, "profile");
    assert.deepEqual(await dan.withLargeText(() => dan.textsCutOff()), []);
    dan.page.on("dialog", (dialog) => void dialog.accept());
    await dan.press("Delete my account");
    await dan.sees("Continue with Spotify");
  });
});

/** Resolves once Spotify has obeyed the command of a person's app. */
async function spotifyObeys(app: AppPage, command: "play" | "pause"): Promise<void> {
  await app.page.waitForResponse(
    (response) =>
      response.url().includes(`/v1/me/player/${command}`) &&
      response.request().method() === "PUT" &&
      response.ok(),
  );
}

async function playerOf({ spotify }: Endpoints, persona: string) {
  const response = await fetch(`http://${spotify}/__control/players`);
  return z
    .array(playerReport)
    .parse(await response.json())
    .find((player) => player.persona === persona);
}

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
