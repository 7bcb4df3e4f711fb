import { useEffect, useState } from "preact/hooks";
import { z } from "zod";

const KEY = "panel";

export const panelNames = ["stage", "comments", "music", "people", "host"] as const;
export type PanelName = (typeof panelNames)[number];

const stored = z.object({ showId: z.string(), panel: z.enum(panelNames) });

/** The panel that a phone shows. A reload keeps it; a person who enters the show again begins at the stage. */
export function usePanel(
  showId: string,
  isHost: boolean,
): [panel: PanelName, choose: (panel: PanelName) => void] {
  const [chosen, setChosen] = useState(() => keptPanel(showId));
  // Does not run on a reload.
  useEffect(
    () => () => {
      sessionStorage.removeItem(KEY);
    },
    [],
  );
  const choose = (panel: PanelName) => {
    sessionStorage.setItem(KEY, JSON.stringify({ showId, panel }));
    setChosen(panel);
  };
  return [chosen === "host" && !isHost ? "stage" : chosen, choose];
}

function keptPanel(showId: string): PanelName {
  try {
    const kept = stored.parse(JSON.parse(sessionStorage.getItem(KEY) ?? ""));
    return kept.showId === showId ? kept.panel : "stage";
  } catch {
    return "stage";
  }
}
