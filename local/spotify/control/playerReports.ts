import { z } from "zod";

import { device } from "../playback/device.js";
import { playerCommand } from "../playback/player.js";
import type { State } from "../state.js";

/** The state of one user's player and library. */
export const playerReport = z.strictObject({
  persona: z.string(),
  devices: z.array(device),
  playing: z.boolean(),
  /** Null if nothing was ever started. */
  uri: z.string().nullable(),
  positionMs: z.number(),
  /** The whole queue. */
  uris: z.array(z.string()),
  /** The last hundred commands that a device obeyed, oldest first. */
  commands: z.array(playerCommand),
  /** The URIs in the user's library. */
  saved: z.array(z.string()),
});
export type PlayerReport = z.infer<typeof playerReport>;

export function playerReports(state: State): readonly PlayerReport[] {
  return state.people.all().map((persona) => {
    const player = state.players.of(persona);
    const playback = state.players.playback(persona);
    return {
      persona: persona.id,
      devices: [...player.devices],
      playing: playback?.playing ?? false,
      uri: playback?.uris[playback.index] ?? null,
      positionMs: playback?.positionMs ?? 0,
      uris: [...(playback?.uris ?? [])],
      commands: [...player.commands],
      saved: [...state.libraries.of(persona.id)],
    };
  });
}
