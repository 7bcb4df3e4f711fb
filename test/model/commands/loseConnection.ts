import fc from "fast-check";
import { firestore } from "../../../functions/test/support/backstage.js";
import { eventually } from "../../../functions/test/support/eventually.js";
import { sweeping } from "../../../functions/test/support/sweeping.js";
import { accepted } from "../command.js";
import { isPresent, withAbsence } from "../state.js";
import { person, show, unlessDeleted } from "./calling.js";

/** A present person's connection is lost for longer than the grace period, and a sweep notices. */
export const loseConnection = fc.record({ caller: person, show }).map(({ caller, show }) =>
  unlessDeleted({
    caller,
    line: `${caller} loses the network ${JSON.stringify({ show })}`,
    isAlone: true,
    outcomes(world) {
      const { status, parts } = world.shows[show];
      if (status !== "live" || !isPresent(parts[caller])) return accepted(world, "not there");
      return accepted(withAbsence(world, show, caller, "lost"));
    },
    async send(theatre) {
      const id = theatre.showId(show);
      const isLive = (await firestore.doc(`shows/${id}`).get()).get("status") === "live";
      const participant = firestore.doc(`shows/${id}/participants/${theatre.uid(caller)}`);
      const stateNow = async (): Promise<unknown> => (await participant.get()).get("state");
      if (!isLive || (await stateNow()) !== "present") return "not there";
      await theatre.disconnect(show, caller);
      const sweeps = sweeping(id, theatre.livekit);
      // LiveKit's events of the connection may come late and renew the lease.
      await eventually(`${caller} is lost`, async () => {
        const aliveUntil = new Date(Date.now() - 1_000);
        await firestore.doc(`stages/${id}/leases/${theatre.uid(caller)}`).update({ aliveUntil });
        await sweeps.reconcile();
        return (await stateNow()) === "lost" ? true : undefined;
      });
      return "ok";
    },
  }),
);
