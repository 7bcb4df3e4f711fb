import { asAmbientError } from "../errors/ambientError.js";
import { sessionOf, type Show } from "../show/show.js";
import { openAudioLock } from "./audioLock.js";
import { openLivekitRoom } from "./livekitRoom.js";
import { deviceMedia } from "./microphones.js";
import { ShowAudio, type AudioDependencies } from "./showAudio.js";
import type { OpenVoiceRoom } from "./voiceRoom.js";

/**
 * Connects to the voices of a show. LiveKit's client (`livekit-client`) is loaded only if the show has audio and
 * the app calls this. Voices play while the stage is in talk mode, and never over music. Set the log level of
 * LiveKit's client with `getLogger("ambient-audio")` from `livekit-client`. None of what it logs is an error of the
 * app: `connection` reports the state of the audio, and reconnecting is automatic.
 *
 * @example
 * ```ts
 * const audio = connectAudio(show);
 * audio.voices.subscribe((voices) => renderLevels(voices));
 * ```
 */
export function connectAudio(show: Show): ShowAudio {
  return connectRoom(show, openLivekitRoom);
}

export function connectRoom(show: Show, open: OpenVoiceRoom): ShowAudio {
  const session = sessionOf(show);
  const { backend, presence, showId } = session;
  const deps: AudioDependencies = {
    get audio() {
      return session.audio;
    },
    me: session.me,
    presence,
    playback: show.music.playback,
    local: backend.local,
    onForeground: backend.onForeground,
    openLock: openAudioLock(`ambient-audio/${session.uid}/${showId}`),
    media: deviceMedia(),
    async refresh() {
      try {
        return (await backend.call("refreshAudio", { showId })).audio;
      } catch (error) {
        throw await session.explain(asAmbientError(error));
      }
    },
  };
  const sound = new ShowAudio(deps, open);
  sound.connection.subscribe((connection) => {
    session.soundIs(sound, connection === "connected");
  });
  return sound;
}
