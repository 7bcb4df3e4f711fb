import { useObservable } from "@ambient/react";
import { AudienceChart } from "../audience/AudienceChart.js";
import { RequestQueue } from "../stage/RequestQueue.js";
import { EditShowCard } from "./EditShowCard.js";
import { SettingsCard } from "./SettingsCard.js";
import { useLiveShow } from "./ShowContext.js";
import { WordFilterCard } from "./WordFilterCard.js";

/** The part of the page for hosts. */
export function HostPanel() {
  const { show } = useLiveShow();
  const details = useObservable(show.details).value;
  const { role } = useObservable(show.me).value;
  return (
    <div class="panel panel-host">
      <RequestQueue />
      <AudienceChart />
      <SettingsCard />
      {role === "creator" && <EditShowCard show={details} />}
      {role === "creator" && <WordFilterCard showId={show.id} />}
    </div>
  );
}
