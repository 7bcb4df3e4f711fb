import assert from "node:assert/strict";
import { Timestamp } from "firebase/firestore";
import { rankLive } from "../../src/discover/rankLive.js";
import type { ShowDetails } from "../../src/shows/showDetails.js";

const NOW = Date.UTC(2026, 10, 24, 20);
const MINUTE_MS = 60_000;
const at = (minutesAgo: number) => Timestamp.fromMillis(NOW - minutesAgo * MINUTE_MS);

const show = (id: string, listeners: number, minutesAgo: number): ShowDetails => ({
  id,
  creatorUid: `creator of ${id}`,
  creator: { displayName: id, photoUrl: null },
  title: id,
  description: "",
  visibility: "public",
  status: "live",
  scheduledFor: null,
  startedAt: at(minutesAgo),
  audience: { listeners, peak: listeners, countedAt: at(0) },
  createdAt: at(minutesAgo),
  updatedAt: at(0),
});

const order = (shows: readonly ShowDetails[], ...followed: readonly string[]) =>
  rankLive(shows, { now: NOW, followed: new Set(followed.map((id) => `creator of ${id}`)) }).map(
    ({ id }) => id,
  );

describe("the order of live shows", () => {
  const old = 10 * 60;

  it("follows the audience among shows of the same age", () => {
    assert.deepEqual(order([show("a", 3, old), show("b", 300, old), show("c", 30, old)]), [
      "b",
      "c",
      "a",
    ]);
  });

  it("ranks a new show as if it had eight times as many listeners, for a while", () => {
    const large = show("large", 100, old);
    assert.deepEqual(order([large, show("new", 13, 0)]), ["new", "large"]);
    assert.deepEqual(order([large, show("new", 11, 0)]), ["large", "new"]);
    assert.deepEqual(order([large, show("new", 13, 20)]), ["large", "new"]);
    assert.deepEqual(order([large, show("empty and new", 0, 0)]), ["large", "empty and new"]);
  });

  it("ranks a followed creator's show as if it had sixteen times as many", () => {
    const shows = [show("large", 100, old), show("mine", 6, old)];
    assert.deepEqual(order(shows, "mine"), ["mine", "large"]);
    assert.deepEqual(order(shows, "somebody else"), ["large", "mine"]);
  });

  it("is the same however the shows arrive, also among equals and with clocks that differ", () => {
    const shows = [show("b", 5, old), show("a", 5, old), show("ahead", 5, -5)];
    assert.deepEqual(order(shows), ["ahead", "a", "b"]);
    assert.deepEqual(order(shows.toReversed()), ["ahead", "a", "b"]);
    const { audience: _, startedAt: __, ...bare } = show("bare", 0, 0);
    assert.deepEqual(order([bare, ...shows]), ["ahead", "a", "b", "bare"]);
  });
});
