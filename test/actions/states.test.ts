import assert from "node:assert/strict";
import { createShow, DemoPage } from "../browser/demoPage.js";
import "../browser/tellPagesOnFailure.js";
import { dialogOf, openDan, region, type Scene, uidOf } from "./action.js";
import { rewrite } from "../support/adminSide.js";
import { onTheirPages } from "./scenes.js";

describe("the demo's states over a reload", () => {
  const title = "Night drive";
  let scene: Scene;
  let ben: DemoPage;
  let dan: DemoPage;

  before(async () => {
    scene = await onTheirPages();
    ({ ben, dan } = scene);
    await createShow(ben, title);
  });
  after(() => scene.browser.close());

  const reload = () => Promise.all([ben, dan].map(({ page }) => page.reload()));

  it("a scheduled show, with a reminder", async () => {
    await ben.page.getByLabel("Start time").fill("2036-05-01T20:00");
    await ben.click("Schedule");
    await ben.sees(/^Scheduled for /);
    await dan.page.goto(new URL(ben.place, dan.page.url()).href);
    await dan.click("Remind me");
    await dan.button("Cancel reminder").waitFor();
    await reload();
    await ben.sees(/^Scheduled for /);
    await ben.button("Cancel show").waitFor();
    await dan.seesHeading(title);
    await dan.button("Cancel reminder").waitFor();
  });

  it("a raised hand", async () => {
    await ben.click("Go live");
    for (const person of [ben, dan]) await person.sees("On stage");
    await dan.click("Raise hand");
    await dan.click("Ask to speak");
    await dan.sees("Your hand is up.");
    await reload();
    await dan.sees("Your hand is up.");
    await ben.button("Accept Dan").waitFor();
    await dan.click("Lower hand");
  });

  it("an invitation to speak", async () => {
    await openDan(ben);
    await ben.click("Invite to speak");
    await dan.sees("You're invited to speak.");
    await reload();
    await dan.sees("You're invited to speak.");
  });

  it("a speaker, whom nobody hears before they unmute themselves", async () => {
    await dan.click("Accept");
    await dan.click("Unmute");
    await dan.sees("You're live");
    await reload();
    await dan.sees("You're muted");
    await dan.button("Leave stage").waitFor();
  });

  it("music", async () => {
    await ben.click("Play music");
    await dan.hears("music");
    await reload();
    await ben.sees("Now playing");
    await dan.hears("music");
    await ben.click("Back to talk");
    await dan.sees("Live talk");
    await dan.click("Leave stage");
    await dan.button(/^(Raise hand|You can ask again)/).waitFor();
  });

  it("an invitation to cohost", async () => {
    await openDan(ben);
    await ben.click("Make cohost");
    await dan.sees("You're invited to cohost.");
    await reload();
    await dan.sees("You're invited to cohost.");
    await dan.sees("Answer your invitation above.");
    await ben.button(/^Dan Invited/).waitFor();
  });

  it("a cohost", async () => {
    await dan.click("Accept");
    await dan.button("Leave stage").waitFor();
    await reload();
    await dan.button("Leave stage").waitFor();
    await dan.button("Play music").waitFor();
    await region(dan, "Settings").waitFor();
    assert.equal(await dan.button("End show").count(), 0, "the creator is here");
    await ben
      .button(/^Dan Cohost/)
      .first()
      .waitFor();
  });

  it("a show that waits for its host", async () => {
    const { place } = ben;
    await ben.close();
    // As the sweep does, once the lease of their connection has ended.
    const showId = place.split("/").at(-1) ?? "";
    await rewrite(scene.endpoints, `shows/${showId}/participants/${uidOf("creator-ben")}`, {
      state: { stringValue: "lost" },
    });
    await dan
      .button(/^Ben Lindqvist Creator/)
      .first()
      .waitFor({ state: "detached" });
    await dan.page.reload();
    await dan.seesHeading(title);
    await dan.button("Leave stage").waitFor();
    assert.equal(await dan.button(/^Ben Lindqvist Creator/).count(), 0);
    ben = await DemoPage.open(scene.browser, scene.endpoints, { persona: "creator-ben", place });
    await ben.button("End show").waitFor();
    await dan
      .button(/^Ben Lindqvist Creator/)
      .first()
      .waitFor();
  });

  it("a ban", async () => {
    await openDan(ben);
    await ben.confirm("Remove and ban");
    await dan.seesHeading("You were removed");
    await dialogOf(ben).waitFor({ state: "detached" });
    await reload();
    await dan.seesHeading("You can't join this show");
    await ben.click("Banned people");
    await ben.button("Lift ban on Dan").waitFor();
    await ben.click("Close");
  });

  it("the summary, and the end for the audience", async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    await reload();
    await ben.seesHeading("Your show summary");
    await dan.seesHeading(/has ended$/);
  });
});
