import assert from "node:assert/strict";
import type { Ambient } from "../../client/src/ambient.js";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import { first } from "./subscribed.js";

/**
 * An evening of a creator and a listener, told in what their apps see. The real Ambient and the one in memory have to
 * tell the same.
 */
export async function evening(creator: Ambient, listener: Ambient): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  const refused = async (work: Promise<unknown>) => {
    told.push(
      await work.then(
        () => "accepted",
        (error: unknown) => (error instanceof AmbientError ? error.reason : error),
      ),
    );
  };
  const uid = listener.account.uid.current ?? "";
  const showId = await creator.shows.create({ title: "Night drive", tags: [] });
  await refused(first(listener.shows.show(showId), () => true));
  await refused(listener.join(showId));
  const desk = await creator.start(showId);
  const show = await listener.join(showId);
  told.push(show.me.current.role, show.details.current.title, show.details.current.settings);
  told.push((await first(show.feed, (feed) => feed?.audience.listeners === 1))?.audience.listeners);

  await refused(show.stage.setMode("music"));
  await refused(desk.stage.decide(uid, "accept"));
  await show.stage.ask("I was there!");
  const [request] = await first(desk.stage.requests(), (requests) => requests.length > 0);
  told.push(request?.message, await desk.stage.decide(uid, "accept"));
  told.push((await first(show.me, ({ role }) => role === "speaker")).canPublish);
  const people = await first(show.stage.people, ({ length }) => length === 2);
  told.push(people.map(({ role }) => role).sort());
  await show.stage.setRole(uid, "listener");
  told.push((await first(show.stage.request, (own) => own?.status === "cancelled"))?.status);

  told.push(await desk.stage.setRole(uid, "cohost"));
  await first(show.me, ({ invitedTo }) => invitedTo === "cohost");
  told.push(await show.stage.acceptInvitation());

  await show.comments.send("What a song!");
  const [song] = await first(desk.comments.latest, ({ length }) => length === 1);
  if (!song) throw new Error("the comment is there");
  await desk.comments.send("Thanks!", { replyTo: song, mentions: [song.authorUid] });
  const comments = await first(show.comments.latest, ({ length }) => length === 2);
  const [latest, earliest] = comments;
  told.push(comments.map(({ text }) => text));
  told.push(comments.map((comment) => show.comments.addressesMe(comment)));
  told.push(latest && (await show.comments.original(latest))?.text);
  await desk.comments.pin(earliest?.id ?? null);
  told.push((await first(show.comments.pinned, (pinned) => pinned !== null))?.text);
  await desk.comments.hide(latest?.id ?? "");
  await show.stage.setRole(uid, "listener");
  told.push((await first(show.comments.latest, ({ length }) => length === 1))[0]?.text);

  told.push(await show.songRequests.request("spotify:track:5W3cjX2J3tjhG8zb6u0qHn"));
  await desk.songRequests.vote("5W3cjX2J3tjhG8zb6u0qHn");
  const [wanted] = await first(desk.songRequests.open, ([found]) => found?.votes === 2);
  assert.ok(wanted);
  told.push(wanted.id, wanted.hasMyVote, wanted.requestedBy === uid);
  told.push(await desk.songRequests.decide(wanted.id, "accept"));
  const [own] = await first(show.songRequests.mine, ([found]) => found?.status === "accepted");
  told.push(own?.decidedBy === desk.uid);
  const playlist = await first(show.music.playlist, (found) => found?.tracks.length === 1);
  told.push(playlist?.tracks[0]?.uri);
  await refused(show.songRequests.request("spotify:track:5W3cjX2J3tjhG8zb6u0qHn"));

  await creator.shows.edit(showId, { title: "Day drive" });
  told.push((await first(show.details, ({ title }) => title === "Day drive")).status);

  await desk.configure({ slowModeSeconds: 30 });
  told.push((await first(show.details, ({ settings }) => settings?.slowModeSeconds === 30)).status);
  told.push((await desk.stage.setMode("music")).mode);
  told.push((await first(show.music.playback, (now) => now?.mode === "music"))?.trackUri);
  told.push((await desk.stage.setMode("talk")).mode);

  await refused(show.moderation.hideComments(uid));
  await desk.moderation.hideComments(uid);
  const hidden = await first(desk.comments.latest, (all) => all.every((each) => each.hidden));
  told.push(hidden.length, latest && (await desk.comments.original(latest)));
  await desk.moderation.remove(uid);
  told.push(await first(show.presence, ({ kind }) => kind === "gone"));
  const again = await listener.join(showId);
  const { listeners, comments: count, speakers } = await desk.end();
  told.push({ listeners, count, speakers });
  told.push(await first(again.presence, ({ kind }) => kind === "over"));
  await refused(listener.join(showId));
  const past = await first(listener.shows.show(showId), (found) => found?.status === "ended");
  told.push(past?.title);
  return told;
}
