import { AudienceChart } from "../audience/AudienceChart.js";
import { RequestQueue } from "../stage/RequestQueue.js";
import { SettingsCard } from "./SettingsCard.js";

/** The part of the page for hosts. */
export function HostPanel() {
  return (
    <div class="panel panel-host">
      <RequestQueue />
      <AudienceChart />
      <SettingsCard />
    </div>
  );
}
