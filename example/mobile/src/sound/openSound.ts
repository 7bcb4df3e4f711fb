import { connectAudio, type ShowAudio } from "@ambient/client/audio";
import type { Show } from "@ambient/client/core";

/** The voices of a show, on the web. */
export function openSound(show: Show): Promise<ShowAudio> {
  return Promise.resolve(connectAudio(show));
}
