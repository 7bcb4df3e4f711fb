import assert from "node:assert/strict";
import { addSongRequests } from "../../browser/addSongRequests.js";
import type { DemoPage } from "../../browser/demoPage.js";
import { type Action, COMMIT, dialogOf, region, type ShowScene } from "../action.js";
import { isStored } from "../stored.js";

type MusicAction = Action<ShowScene>;

const byBen = ({ ben }: ShowScene) => ben;
const byDan = ({ dan }: ShowScene) => dan;

const namesOf = (person: DemoPage) =>
  region(person, "Playlist").locator(".track-name").allInnerTexts();
const nameAt = async (person: DemoPage, index: number) => (await namesOf(person))[index] ?? "";
const playingOf = (person: DemoPage) => person.page.locator(".now-title");
const sliderOf = ({ ben }: ShowScene) => ben.page.getByLabel("Track position");

/** What an action found before it acts, for its check. */
const noted: { track: string; names: readonly string[]; position: number } = {
  track: "",
  names: [],
  position: 0,
};

async function isPlaying({ dan }: ShowScene, name: string): Promise<void> {
  await playingOf(dan).getByText(name, { exact: true }).waitFor();
}

/** The playlist at a listener, once it is like that. */
async function hasTracks({ dan }: ShowScene, names: readonly string[]): Promise<void> {
  const shown = `[...document.querySelectorAll(".tracks .track-name")].map((name) => name.innerText)`;
  const list = JSON.stringify(names);
  await dan.page.waitForFunction(
    `JSON.stringify(${shown}.slice(0, ${names.length})) === ${JSON.stringify(list)}`,
  );
  assert.deepEqual(await namesOf(dan), names);
}

const step = (
  name: string,
  button: string,
  method: string,
  shows: MusicAction["shows"],
  reach?: MusicAction["reach"],
): MusicAction => ({
  name,
  method,
  person: byBen,
  ...(reach && { reach }),
  act: ({ ben }) => ben.click(button),
  request: [COMMIT, "playback/now"],
  isQuiet: true,
  refusal: { alertIn: ({ ben }) => ben.page.locator(".transport") },
  shows,
});

const songs = (person: DemoPage) => region(person, "Song requests");
const songButton = (person: DemoPage, name: string) =>
  songs(person).getByRole("button", { name, exact: true });

/** Leaves Dan in front of the first song that the search found. */
async function searchSong({ dan }: ShowScene): Promise<void> {
  await songs(dan).getByRole("textbox").fill("Midnight");
  await songs(dan).getByRole("button", { name: "Search" }).click();
  const found = songs(dan)
    .getByRole("button", { name: /^Request ./ })
    .first();
  await found.waitFor();
  noted.track = ((await found.getAttribute("aria-label")) ?? "").replace("Request ", "");
}

async function requestSong(scene: ShowScene): Promise<void> {
  await searchSong(scene);
  await songButton(scene.dan, `Request ${noted.track}`).click();
  await songButton(scene.ben, `Decline ${noted.track}`).waitFor();
}

/** The music of a live show, and the songs that the audience requests. */
export const music: readonly MusicAction[] = [
  {
    name: "add a track",
    method: "playlists.add",
    person: byBen,
    async reach({ ben }) {
      noted.names = await namesOf(ben);
      await ben.page.getByLabel("Search for a track to add").fill("Midnight");
      await ben.click("Search");
      const found = ben.button(/^Add .(?!.*playlist)/);
      await found.first().waitFor();
      for (const each of await found.all()) {
        const name = ((await each.getAttribute("aria-label")) ?? "").replace("Add ", "");
        if (noted.names.includes(name)) continue;
        noted.track = name;
        break;
      }
    },
    act: ({ ben }) => ben.click(`Add ${noted.track}`),
    request: ["**/addShowTrack"],
    refusal: { alertIn: ({ ben }) => region(ben, "Playlist") },
    async shows(scene) {
      // Beyond twelve, the list shows the rest on request.
      for (const person of [scene.ben, scene.dan]) await person.click(/^Show all \d+$/);
      await hasTracks(scene, [...noted.names, noted.track]);
    },
  },
  {
    name: "move a track",
    method: "playlists.reorder",
    person: byBen,
    async reach({ ben }) {
      noted.names = await namesOf(ben);
    },
    act: ({ ben }) => ben.click(`Move ${noted.names[0] ?? ""} down`),
    request: ["**/editShowPlaylist"],
    refusal: { alertIn: ({ ben }) => region(ben, "Playlist") },
    shows(scene) {
      const [first = "", second = "", ...others] = noted.names;
      return hasTracks(scene, [second, first, ...others]);
    },
  },
  {
    name: "remove a track",
    method: "playlists.reorder",
    person: byBen,
    async reach({ ben }) {
      noted.names = await namesOf(ben);
    },
    act: ({ ben }) => ben.click(`Remove ${noted.names.at(-1) ?? ""}`),
    request: ["**/editShowPlaylist"],
    refusal: { alertIn: ({ ben }) => region(ben, "Playlist") },
    shows: (scene) => hasTracks(scene, noted.names.slice(0, -1)),
  },
  {
    name: "play music",
    method: "stage.setMode",
    person: byBen,
    act: ({ ben }) => ben.click("Play music"),
    request: ["**/setStageMode"],
    refusal: { alertIn: ({ ben }) => ben.page.locator(".now-playing") },
    shows: async (scene) => isPlaying(scene, await nameAt(scene.dan, 0)),
  },
  step("pause", "Pause", "music.pause", ({ dan }) => dan.sees(/ · paused$/)),
  {
    name: "seek",
    method: "music.seek",
    person: byBen,
    async reach(scene) {
      await scene.ben.sees(/ · paused$/);
      noted.position = Number(await sliderOf(scene).inputValue());
    },
    act: (scene) => sliderOf(scene).press("ArrowRight"),
    request: [COMMIT, "playback/now"],
    isQuiet: true,
    refusal: { alertIn: ({ ben }) => ben.page.locator(".progress") },
    // A step of the slider is a second.
    shows: ({ endpoints, showId }) =>
      isStored(
        endpoints,
        `shows/${showId}/playback/now`,
        new RegExp(`"positionMs":\\{"integerValue":"${noted.position + 1_000}"`),
      ),
  },
  step("resume", "Resume", "music.play", ({ dan }) => dan.seesNoMore(/ · paused$/)),
  step("next track", "Next track", "music.next", async (scene) =>
    isPlaying(scene, await nameAt(scene.dan, 1)),
  ),
  step(
    "previous track",
    "Previous track",
    "music.previous",
    async (scene) => {
      await isPlaying(scene, await nameAt(scene.dan, 1));
      await scene.dan.page.waitForFunction(
        `document.querySelector('[aria-label="Track position"]').ariaValueNow < 20`,
      );
    },
    async (scene) => {
      for (let times = 0; times < 2; times += 1) await sliderOf(scene).press("PageUp");
      await scene.dan.page.waitForFunction(
        `document.querySelector('[aria-label="Track position"]').ariaValueNow > 20`,
      );
    },
  ),
  {
    name: "play another track",
    method: "music.play",
    person: byBen,
    async reach({ ben }) {
      noted.track = await nameAt(ben, 2);
    },
    act: ({ ben }) => ben.click(`Play ${noted.track}`),
    request: [COMMIT, "playback/now"],
    isQuiet: true,
    refusal: { alertIn: ({ ben }) => region(ben, "Playlist") },
    shows: (scene) => isPlaying(scene, noted.track),
  },
  {
    name: "back to talk",
    method: "stage.setMode",
    person: byBen,
    act: ({ ben }) => ben.click("Back to talk"),
    request: ["**/setStageMode"],
    refusal: { alertIn: ({ ben }) => ben.page.locator(".now-playing") },
    shows: ({ dan }) => dan.sees("Live talk"),
  },
  {
    name: "request a song",
    method: "songRequests.request",
    person: byDan,
    reach: searchSong,
    act: ({ dan }) => songButton(dan, `Request ${noted.track}`).click(),
    request: ["**/requestSong"],
    refusal: { alertIn: ({ dan }) => songs(dan) },
    async shows({ ben }) {
      await songButton(ben, `Vote for ${noted.track}, 1 vote`).waitFor();
      assert.equal(await ben.page.locator(".song").count(), 1);
    },
  },
  {
    name: "vote for a song",
    method: "songRequests.vote",
    person: byBen,
    act: ({ ben }) => songButton(ben, `Vote for ${noted.track}, 1 vote`).click(),
    request: [COMMIT, "songVotes"],
    refusal: { alertIn: ({ ben }) => songs(ben) },
    shows: ({ ben }) =>
      songButton(ben, `Take back your vote for ${noted.track}, 2 votes`).waitFor(),
  },
  {
    name: "take back a vote",
    method: "songRequests.unvote",
    person: byBen,
    act: ({ ben }) => songButton(ben, `Take back your vote for ${noted.track}, 2 votes`).click(),
    request: [COMMIT, "songVotes"],
    refusal: { alertIn: ({ ben }) => songs(ben) },
    shows: ({ ben }) => songButton(ben, `Vote for ${noted.track}, 1 vote`).waitFor(),
  },
  {
    name: "withdraw a song",
    method: "songRequests.withdraw",
    person: byDan,
    act: ({ dan }) => songButton(dan, `Withdraw your request for ${noted.track}`).click(),
    request: [COMMIT, "delete"],
    refusal: { alertIn: ({ dan }) => songs(dan) },
    shows: ({ ben }) => songButton(ben, `Decline ${noted.track}`).waitFor({ state: "detached" }),
  },
  {
    name: "add a requested song to the playlist",
    method: "songRequests.decide",
    person: byBen,
    async reach(scene) {
      await requestSong(scene);
      noted.names = await namesOf(scene.dan);
    },
    act: ({ ben }) => songButton(ben, `Add to playlist: ${noted.track}`).click(),
    request: ["**/decideSongRequest"],
    refusal: { alertIn: ({ ben }) => songs(ben) },
    shows: (scene) => hasTracks(scene, [...noted.names, noted.track]),
  },
  {
    name: "decline a song",
    method: "songRequests.decide",
    person: byBen,
    async reach({ ben, endpoints, showId }) {
      await addSongRequests(endpoints, showId, 1);
      await songButton(ben, "Decline Song 1").waitFor();
    },
    act: ({ ben }) => songButton(ben, "Decline Song 1").click(),
    request: ["**/decideSongRequest"],
    refusal: { alertIn: ({ ben }) => songs(ben) },
    shows: ({ ben }) => songButton(ben, "Decline Song 1").waitFor({ state: "detached" }),
  },
  {
    name: "decline all songs",
    method: "songRequests.decide",
    person: byBen,
    async reach({ ben, endpoints, showId }) {
      await addSongRequests(endpoints, showId, 3);
      for (const song of ["Song 2", "Song 3"]) await songButton(ben, `Decline ${song}`).waitFor();
      await ben.click("Decline all");
      await dialogOf(ben).waitFor();
    },
    act: ({ ben }) => dialogOf(ben).getByRole("button", { name: "Decline all" }).click(),
    request: ["**/decideSongRequest"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben }) {
      await ben.sees("No song requests");
      await dialogOf(ben).waitFor({ state: "detached" });
    },
  },
];
