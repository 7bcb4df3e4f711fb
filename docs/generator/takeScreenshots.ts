import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seed } from "../../local/seed.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { spotifyControl } from "../../local/spotify/control/client.js";
import { openBrowser } from "../../test/browser/browser.js";
import {
  createShow,
  DemoPage,
  type DemoOptions,
  denied,
  desk,
  phone,
} from "../../test/browser/demoPage.js";

const directory = fileURLToPath(new URL("../screenshots/", import.meta.url));

const devices = { desk, phone };
const schemes = ["light", "dark"] as const;

/** Saves the demo's views as PNG files, for desktop and phone, in light and in dark mode. */
export async function takeScreenshots(endpoints: Endpoints): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  // Without an emoji font, emoji appear as boxes.
  await spotifyControl(`http://${endpoints.spotify}`).changePersona({
    id: "listener-fay",
    displayName: "Fay",
  });
  const browser = await openBrowser();
  const quiet = await openBrowser({ autoplay: false });
  const open = (options: DemoOptions) => DemoPage.open(browser, endpoints, options);
  try {
    await beforeAnybodyIsThere(open);
    await seed(endpoints);
    await aroundShows(open);
    await anEvening(open);
    await whatIsInTheWay(open, (options) => DemoPage.open(quiet, endpoints, options));
    await nowhere(open);
  } finally {
    await Promise.all([browser.close(), quiet.close()]);
  }
}

type Open = (options: DemoOptions) => Promise<DemoPage>;

/** Saves the current screen in light and in dark mode. */
async function capture({ page }: DemoPage, name: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: join(directory, `${name}-${colorScheme}.png`),
      animations: "disabled",
    });
  }
}

async function shoot(person: DemoPage, view: string): Promise<void> {
  const { page } = person;
  await page.mouse.move(0, 0);
  await page.evaluate("scrollTo(0, 0)");
  for (const [device, viewport] of Object.entries(devices)) {
    await page.setViewportSize(viewport);
    await capture(person, `${view}-${device}`);
  }
  await page.setViewportSize(desk);
  console.log(view);
}

/** Phones show one panel of a show at a time. Opens the others. */
async function shootParts(
  person: DemoPage,
  view: string,
  parts: readonly ("Chat" | "Music" | "People" | "Host")[],
): Promise<void> {
  await person.page.setViewportSize(phone);
  for (const part of parts) {
    await person.click(part);
    await capture(person, `${view}-panel-${part.toLowerCase()}-phone`);
  }
  await person.click("Stage");
  await person.page.setViewportSize(desk);
  console.log(`${view}, ${parts.join(", ")}`);
}

async function beforeAnybodyIsThere(open: Open): Promise<void> {
  const start = await open({});
  await start.seesHeading("Host a show as");
  await shoot(start, "start");
  await start.close();
  const ada = await open({ persona: "creator-ada" });
  await ada.sees("Nobody is live right now");
  await shoot(ada, "discover-empty");
  await ada.close();
}

async function aroundShows(open: Open): Promise<void> {
  const cleo = await open({ persona: "creator-cleo" });
  await cleo.seesHeading("Coming up");
  await cleo.sees("Night drive");
  await cleo.sees("Sunday soul");
  await cleo.sees("After dark");
  await shoot(cleo, "discover");
  await cleo.page.getByRole("link", { name: "New show" }).click();
  await cleo.seesHeading("New show");
  await shoot(cleo, "new-show");
  await cleo.page.getByRole("link", { name: /^Your account/ }).click();
  await cleo.seesHeading("About you");
  await shoot(cleo, "account");
  await cleo.page.goBack();
  await cleo.page.goBack();
  await cleo.page.getByRole("link", { name: "Sunday soul" }).click();
  await cleo.seesHeading("Sunday soul");
  await shoot(cleo, "coming-up");
  await cleo.close();
}

async function anEvening(open: Open): Promise<void> {
  const ben = await open({ persona: "creator-ben" });
  await createShow(ben, "Late shift");
  await ben.seesNoMore("This show has no music yet.");
  await shoot(ben, "before-the-show");
  await ben.click("Choose a playlist");
  await ben.page.getByRole("dialog").getByRole("listitem").first().waitFor();
  await shoot(ben, "playlists");
  await ben.page.keyboard.press("Escape");
  await ben.click("Go live");
  await ben.sees("No comments yet");
  await ben.sees("Live talk");
  await shoot(ben, "host-alone");
  const { place } = ben;
  const [dan, eve, fay, gus] = [
    await open({ persona: "listener-dan", place }),
    await open({ persona: "listener-eve", place }),
    await open({ persona: "listener-fay", place }),
    await open({ persona: "listener-gus", place }),
  ];
  const listeners = [dan, eve, fay, gus];
  for (const listener of listeners) await listener.sees("On stage");
  await ben.click("Unmute");
  await dan.click("Raise hand");
  await dan.page.getByLabel("What would you like to say?").fill("I was at that concert!");
  await shoot(dan, "raising-a-hand");
  await dan.click("Ask to speak");
  await dan.sees("Your hand is up.");
  await shoot(dan, "hand-is-up");
  await ben.click("Accept Dan");
  await dan.button("Unmute").waitFor();
  await dan.write("This one takes me back.");
  await fay.write("Where was this recorded?");
  await ben.write("In a garage in Malmö, in one night.");
  await gus.write("Greetings from Utrecht!");
  await ben.sees("Greetings from Utrecht!");
  await ben.onComment(undefined, "Pin");
  await fay.page.getByRole("complementary", { name: "Pinned comment" }).waitFor();
  await fay.click("Raise hand");
  await fay.page.getByLabel("What would you like to say?").fill("May I ask about the drums?");
  await fay.click("Ask to speak");
  await ben.sees("May I ask about the drums?");
  await fay.button(/Ben Lindqvist Creator ?, speaking/).waitFor();
  await shoot(ben, "host");
  await shoot(fay, "listener");
  await shootParts(ben, "host", ["Chat", "Music", "People", "Host"]);
  await shootParts(fay, "listener", ["Chat", "Music", "People"]);
  await shoot(dan, "on-stage");
  await dan.page.getByRole("link", { name: "Ambient" }).click();
  await dan.page.getByRole("link", { name: "Back to the show" }).waitFor();
  await dan.sees("Late shift");
  await dan.sees("Night drive");
  await shoot(dan, "another-page");
  await dan.page.getByRole("link", { name: "Back to the show" }).click();
  await dan.sees("On stage");
  await ben.click("Decline Fay");
  await fay.sees(/You can ask again in/);
  await shoot(fay, "rejected");
  await ben.page
    .getByRole("region", { name: "On stage" })
    .getByRole("button", { name: /^Dan/ })
    .click();
  await shoot(ben, "a-person");
  await ben.page.keyboard.press("Escape");
  await choose(ben, "Gus van der Meer");
  await ben.click("Invite to speak");
  await gus.sees("You're invited to speak.");
  await shoot(gus, "invited");
  await gus.click("Decline");
  await ben.page.getByLabel("Slow mode").selectOption("30 seconds");
  await gus.sees(/one comment every 30 seconds/);
  await gus.write("And thank you all.");
  await gus.button(/^Next comment in \d+ s\.$/).waitFor();
  await shoot(gus, "slow-mode");

  await ben.click("Play music");
  for (const person of [ben, ...listeners]) await person.sees("Now playing");
  await fay.hears("music");
  await shoot(ben, "host-music");
  await shoot(fay, "listener-music");
  await shoot(eve, "no-premium");
  await fay.cutNetwork();
  await fay.sees("You're offline.");
  await shoot(fay, "offline");
  await fay.restoreNetwork();
  await fay.seesNoMore("You're offline.");
  const second = await fay.openTab(place);
  await fay.sees("Audio is playing in another tab or on another device.");
  await shoot(fay, "another-tab");
  await second.page.close();
  await choose(ben, "Gus van der Meer");
  await ben.confirm("Remove and ban");
  await gus.seesHeading("You were removed");
  await shoot(gus, "removed");
  await ben.click("Banned people");
  await ben.button("Lift ban on Gus van der Meer").waitFor();
  await shoot(ben, "bans");
  await ben.page.keyboard.press("Escape");
  await eve.onComment("Fay", "Report");
  await shoot(eve, "report");
  const again = await open({ persona: "listener-gus", place });
  await again.seesHeading("You can't join this show");
  await shoot(again, "banned");
  await ben.click("End show");
  await shoot(ben, "before-the-end");
  await ben.click("End now");
  await ben.seesHeading("Your show summary");
  await ben.sees("Plays in Ambient");
  await shoot(ben, "summary");
  await fay.seesHeading("Thanks for listening");
  await shoot(fay, "thanks");
  const late = await open({ persona: "listener-dan", place });
  await late.seesHeading(/Late shift. has ended$/);
  await shoot(late, "over");
  for (const person of [ben, again, late, ...listeners]) await person.close();
}

async function whatIsInTheWay(open: Open, openQuiet: Open): Promise<void> {
  const ben = await open({ persona: "creator-ben" });
  await createShow(ben, "Rainy day");
  await ben.click("Go live");
  await ben.takeMicrophone("NotAllowedError");
  await ben.click("Unmute");
  await ben.sees("Your microphone is blocked. Please allow it in your settings.");
  await shoot(ben, "microphone-refused");
  await ben.giveMicrophone();
  await ben.click("Try again");
  await ben.button("Mute").waitFor();
  const dan = await open({ persona: "listener-dan" });
  await dan.page.route("**/endpoints.json", (route) => route.abort());
  await dan.page.reload();
  await dan.seesHeading("The local suite isn't running");
  await shoot(dan, "no-suite");
  await dan.page.unroute("**/endpoints.json");
  await dan.click("Try again");
  await dan.sees("Rainy day");
  await dan.cutNetwork();
  await dan.sees("You're offline.");
  await shoot(dan, "discover-offline");
  await dan.restoreNetwork();
  await dan.seesNoMore("You're offline.");
  const joining = await dan.hold("**/joinShow");
  await dan.page.getByRole("link", { name: "Rainy day" }).click();
  const route = await joining.route;
  await shoot(dan, "joining");
  await route.fulfill({ status: 500, headers: { "access-control-allow-origin": "*" } });
  await dan.seesHeading("This page can't be opened");
  await shoot(dan, "does-not-open");
  const music = await dan.hold("**/Listen/channel**", "playlist%2Fcurrent");
  await dan.click("Try again");
  const listening = await music.route;
  await dan.page.getByRole("region", { name: "Music" }).getByRole("status").waitFor();
  await shoot(dan, "loading");
  await listening.continue();
  await dan.sees("Live talk");
  await dan.click("Leave");
  await dan.seesHeading("You left the show");
  await shoot(dan, "left");
  await dan.click("Rejoin");
  await dan.sees("On stage");
  const second = await dan.openTab(dan.place);
  await dan.sees("Audio is playing in another tab or on another device.");
  const fetching = await dan.hold("**/refreshAudio");
  await dan.click("Listen here");
  await (await fetching.route).fulfill(denied);
  await dan.sees("The live audio isn't available.");
  await shoot(dan, "no-voices");
  await second.page.close();
  const signedIn = await openQuiet({ persona: "listener-gus" });
  const gus = await signedIn.openUntouched(ben.place);
  await gus.sees("Tap to listen");
  await shoot(gus, "one-touch");
  const cleo = await open({ persona: "creator-cleo" });
  await createShow(cleo, "Night bus");
  await cleo.click("Go live");
  await cleo.sees("On stage");
  await cleo.page.getByRole("link", { name: "Ambient" }).click();
  await cleo.page.getByRole("link", { name: "Rainy day" }).click();
  await cleo.seesHeading("You're live");
  await shoot(cleo, "on-air-already");
  for (const person of [ben, cleo, dan, signedIn]) await person.close();
}

async function choose(host: DemoPage, listener: string): Promise<void> {
  await host.page
    .getByRole("region", { name: /^People/ })
    .getByRole("button", { name: new RegExp(`^${listener} Listener$`) })
    .click();
}

async function nowhere(open: Open): Promise<void> {
  const dan = await open({ persona: "listener-dan", place: "#/show/no-such-show" });
  await dan.seesHeading("Show not found");
  await shoot(dan, "not-found");
  await dan.close();
  const hal = await open({ persona: "listener-hal" });
  await hal.seesHeading("You're not signed in");
  await shoot(hal, "not-allowed");
  await hal.close();
  const both = await open({});
  await both.page.getByRole("link", { name: /side by side/ }).click();
  for (const who of ["Creator", "Listener"]) {
    const half = both.page.frameLocator(`iframe[title^="${who}"]`);
    await half
      .getByText(/Ada Okafor/)
      .nth(1)
      .waitFor();
    await half.getByText("Live talk").waitFor();
  }
  await shoot(both, "side-by-side");
  await both.close();
}
