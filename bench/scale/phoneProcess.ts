import { setTimeout as sleep } from "node:timers/promises";
import { meterFirestore } from "./wire.js";
import { carryOutOrders, on } from "../../local/process/orders/carryOut.js";
import { BARE, orders } from "./orders.js";
import type { Phone } from "./phones.js";

/** A process of phones that carries out the bench's requests. */
const meter = meterFirestore();
// Import this after the meter is in place.
const { openPhone } = await import("./phones.js");
const phones: Phone[] = [];

on(orders.join, async ({ design, endpoints, showId, guests }) => {
  for (const guest of guests) phones.push(await openPhone(design, endpoints, showId, guest));
  return null;
});
on(orders.take, () => Promise.resolve(meter.take()));
on(orders.write, ({ phase, perSecond, seconds }) => write(phase, perSecond, seconds));
on(orders.listenBare, async ({ showId }) => {
  for (const phone of phones) await phone.listenBare(showId);
  return null;
});
on(orders.lags, ({ phase }) =>
  Promise.resolve(
    phones.flatMap(({ screen, bareScreen }) => (phase === BARE ? bareScreen : screen).lags(phase)),
  ),
);
on(orders.report, ({ written }) => {
  const reports = phones.map(({ screen }) => screen.report(written));
  return Promise.resolve({
    missed: reports.map(({ missed }) => [...missed]),
    duplicated: reports.reduce((total, report) => total + report.duplicated, 0),
  });
});
on(orders.leave, async () => {
  await Promise.all(phones.map((phone) => phone.leave()));
  return null;
});

/** The authors write in turns, because the rules allow each only one comment per second. */
async function write(phase: string, perSecond: number, seconds: number) {
  const ids: string[] = [];
  const failures: string[] = [];
  const sending: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    await sleep(Math.max(0, startedAt + (sent / perSecond) * 1_000 - performance.now()));
    const author = phones[sent % phones.length];
    if (!author) throw new Error("there is no author");
    sending.push(
      author.send(phase).then(
        (id) => void ids.push(id),
        (error: unknown) => void failures.push(String(error)),
      ),
    );
  }
  await Promise.all(sending);
  return { ids, failures };
}

carryOutOrders();
