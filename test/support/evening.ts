import assert from "node:assert/strict";
import type { Ambient } from "../../client/src/ambient.js";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import { first } from "./subscribed.js";

/**
 * An evening of a creator and a listener, as their apps see it. The real Ambient and the one in memory must show the same.
 */
export async function evening(creator: Ambient, listener: Ambient): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const refused = async (work: Promise<unknown>) => {
    seen.push(
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
  await refused(listener.shows.cancel(showId));
  const desk = await creator.start(showId);
  const show = await listener.join(showId);
  seen.push(show.me.current.role, show.details.current.title, show.details.current.settings);
  seen.push((await first(show.feed, (feed) => feed?.audience.listeners === 1))?.audience.listeners);

  await refused(show.stage.setMode("music"));
  await refused(show.stage.setRole(uid, "cohost"));
  await refused(desk.stage.decide(uid, "accept"));
  await show.stage.ask("I was there!");
  const [request] = await first(desk.stage.requests(), (requests) => requests.length > 0);
  seen.push(request?.message, await desk.stage.decide(uid, "accept"));
  seen.push((await first(show.me, ({ role }) => role === "speaker")).canPublish);
  const people = await first(show.stage.people, ({ length }) => length === 2);
  seen.push(people.map(({ role }) => role).sort());
  await show.stage.setRole(uid, "listener");
  seen.push((await first(show.stage.request, (own) => own?.status === "cancelled"))?.status);

  seen.push(await desk.stage.setRole(uid, "cohost"));
  await first(show.me, ({ invitedTo }) => invitedTo === "cohost");
  seen.push(await show.stage.acceptInvitation());

  await show.comments.send("What a song!");
  const [song] = await first(desk.comments.latest, ({ length }) => length === 1);
  if (!song) throw new Error("the comment is there");
  await desk.comments.send("Thanks!", { replyTo: song, mentions: [song.authorUid] });
  const comments = await first(show.comments.latest, ({ length }) => length === 2);
  const [latest, earliest] = comments;
  seen.push(comments.map(({ text }) => text));
  seen.push(comments.map((comment) => show.comments.addressesMe(comment)));
  seen.push(latest && (await show.comments.original(latest))?.text);
  await desk.comments.pin(earliest?.id ?? null);
  seen.push((await first(show.comments.pinned, (pinned) => pinned !== null))?.text);
  await desk.comments.hide(latest?.id ?? "");
  await show.stage.setRole(uid, "listener");
  seen.push((await first(show.comments.latest, ({ length }) => length === 1))[0]?.text);

  seen.push(await show.songRequests.request("spotify:track:5W3cjX2J3tjhG8zb6u0qHn"));
  await desk.songRequests.vote("5W3cjX2J3tjhG8zb6u0qHn");
  const [wanted] = await first(desk.songRequests.open, ([found]) => found?.votes === 2);
  assert.ok(wanted);
  seen.push(wanted.id, wanted.hasMyVote, wanted.requestedBy === uid);
  seen.push(await desk.songRequests.decide(wanted.id, "accept"));
  const [own] = await first(show.songRequests.mine, ([found]) => found?.status === "accepted");
  seen.push(own?.decidedBy === desk.uid);
  const playlist = await first(show.music.playlist, (found) => found?.tracks.length === 1);
  seen.push(playlist?.tracks[0]?.uri);
  await refused(show.songRequests.request("spotify:track:5W3cjX2J3tjhG8zb6u0qHn"));

  await creator.shows.edit(showId, { title: "Day drive" });
  seen.push((await first(show.details, ({ title }) => title === "Day drive")).status);

  await desk.configure({ slowModeSeconds: 30 });
  seen.push((await first(show.details, ({ settings }) => settings?.slowModeSeconds === 30)).status);
  seen.push((await desk.stage.setMode("music")).mode);
  seen.push((await first(show.music.playback, (now) => now?.mode === "music"))?.trackUri);
  seen.push((await desk.stage.setMode("talk")).mode);

  await refused(show.moderation.hideComments(uid));
  await desk.moderation.hideComments(uid);
  const hidden = await first(desk.comments.latest, (all) => all.every((each) => each.hidden));
  seen.push(hidden.length, latest && (await desk.comments.original(latest)));
  await desk.moderation.remove(uid);
  seen.push(await first(show.presence, ({ kind }) => kind === "gone"));
  const again = await listener.join(showId);
  const { listeners, comments: count, speakers } = await desk.end();
  seen.push({ listeners, count, speakers });
  seen.push(await first(again.presence, ({ kind }) => kind === "over"));
  await refused(listener.join(showId));
  const past = await first(listener.shows.show(showId), (found) => found?.status === "ended");
  seen.push(past?.title);
  return seen;
}
