import type { TrackLength } from "../../../functions/src/contract/playbackAt.js";
import type { PlayerReport, Recording } from "../player/player.js";

/** A show's track, with whatever identifies its recording. */
export interface RecordedTrack extends TrackLength, Partial<Recording> {
  readonly durationMs: number;
}

/** Releases of a recording differ by silence at their ends, while another version differs by more. */
const LENGTH_TOLERANCE_MS = 3_000;

/**
 * The URI under which the reported track is in the list. A listener in another country may hear another release of it,
 * with a URI of its own. Spotify used to say which track was meant (`linked_from`), and still does to apps with an
 * extended quota; development mode lost that field in February 2026. It kept the ISRC (removed in February, back in
 * March), which names a recording: equal codes mean the same one. Some reissues have another code, and older playlists
 * of Ambient have none. Then title, first artist and approximate length decide. A listener who chooses the same song
 * from another album by themselves counts as following, which does no harm: they hear the show's song.
 */
export function uriInList(
  { trackUri, recording }: Pick<PlayerReport, "trackUri" | "recording">,
  list: readonly RecordedTrack[],
): string | null {
  if (!recording || list.some(({ uri }) => uri === trackUri)) return trackUri;
  return list.find((track) => isSameRecording(track, recording))?.uri ?? trackUri;
}

function isSameRecording(track: RecordedTrack, played: Recording): boolean {
  if (track.isrc !== undefined && track.isrc === played.isrc) return true;
  const { name, artists = [] } = track;
  return (
    name !== undefined &&
    folded(name) === folded(played.name) &&
    folded(artists[0] ?? "") === folded(played.artists[0] ?? "") &&
    Math.abs(track.durationMs - played.durationMs) <= LENGTH_TOLERANCE_MS
  );
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}
