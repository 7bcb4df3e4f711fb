import { setTimeout as sleep } from "node:timers/promises";
import { connectAudio, type AudioClient } from "../../local/audioClient/audioClient.js";
import { carryOutOrders, on } from "../../local/process/orders/carryOut.js";
import { soundOrders } from "./soundOrders.js";

/** A process of participants that only listen. */
const clients: AudioClient[] = [];

on(soundOrders.connect, async ({ rooms }) => {
  for (const room of rooms) clients.push(await connectAudio(room));
  return null;
});
on(soundOrders.hear, async ({ uid, seconds }) => {
  const from = performance.now();
  await sleep(seconds * 1_000);
  const to = performance.now();
  return clients.map((client) => client.heardMs(uid, { from, to }) / (to - from));
});

carryOutOrders();
