/**
 * The sound of a show. It is an entry of its own, so that an app without audio does not bundle LiveKit.
 *
 * @packageDocumentation
 */
import {
  connectAudio,
  type AudioConnection,
  type Microphone,
  type ShowAudio,
} from "@ambient/client/audio";
import {
  followMusic,
  type MusicFollower,
  type PlayerAdapter,
  type Show,
} from "@ambient/client/core";
import { useEffect, useRef, useState } from "react";
import { useObservable } from "./useObservable.js";

/**
 * The sound of a show on this device.
 *
 * @example
 * ```ts
 * const isHere = ({ follower }: Sound<PlayerAdapter>) => follower !== undefined;
 * ```
 */
export interface Sound<Player> {
  readonly show: Show;
  readonly audio: ShowAudio;
  /** Undefined while another tab or device of the same person plays the audio. */
  readonly follower: MusicFollower | undefined;
  readonly player: Player;
  /** Opens the audio again after it was closed. */
  readonly reopen: () => void;
}

/**
 * Opens the sound of a show during the person's stay: voices, and music in step on the player that `openPlayer`
 * returns. Both stop here when another tab or device takes over. If the browser blocks sound, the first touch starts
 * them. Call it once, above all views, with `useCurrentShow()`.
 *
 * @example
 * ```ts
 * const sound = useSound(useCurrentShow(), () => webApiPlayer(spotifyOf(ambient), deviceClock));
 * ```
 */
export function useSound<Player extends PlayerAdapter & { close?(): unknown }>(
  show: Show | undefined,
  openPlayer: (show: Show) => Player,
): Sound<Player> | undefined {
  const [sound, setSound] = useState<Sound<Player>>();
  const [opening, setOpening] = useState(0);
  const open = useRef(openPlayer);
  open.current = openPlayer;
  useEffect(() => {
    if (!show) return undefined;
    const player = open.current(show);
    const audio = connectAudio(show);
    const reopen = () => {
      setOpening(opening + 1);
    };
    let follower: MusicFollower | undefined;
    const follow = (isHere: boolean) => {
      if (isHere) follower ??= followMusic(show, player);
      else {
        // Another device of the same Spotify account plays: a pause from here would stop it.
        follower?.release();
        follower = undefined;
      }
      setSound({ show, audio, follower, player, reopen });
    };
    // Music does not wait for voices.
    follow(true);
    const stopConnection = audio.connection.subscribe((connection) => {
      // In two tabs at once, two players would be audibly out of step.
      if (connection === "elsewhere") follow(false);
      if (connection === "connected" || connection === "none") follow(true);
    });
    const stopTouches = onTouch(() => {
      // `canPlay` reports a refusal.
      if (!audio.canPlay.current) audio.unlockAudio().catch(() => undefined);
    });
    return () => {
      stopTouches();
      stopConnection();
      follower?.close();
      audio.close();
      player.close?.();
      setSound(undefined);
    };
  }, [show, opening]);
  // The previous show's audio is closed.
  return sound?.show === show ? sound : undefined;
}

/** In a browser. A finger that comes down may start to scroll, so browsers count a touch only when it is lifted. */
function onTouch(touched: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const events = ["pointerup", "keydown"] as const;
  for (const event of events) document.addEventListener(event, touched);
  return () => {
    for (const event of events) document.removeEventListener(event, touched);
  };
}

/**
 * The state of the voices.
 *
 * @example
 * ```ts
 * const isMuted = ({ microphone }: AudioState) => microphone === "off";
 * ```
 */
export interface AudioState {
  readonly connection: AudioConnection;
  readonly microphone: Microphone;
  /** False while the browser waits for a click: call `audio.unlockAudio` from one. */
  readonly canPlay: boolean;
  /** The uids whose microphones are on. */
  readonly microphonesOn: readonly string[];
  readonly voices: ShowAudio["voices"]["current"];
}

/**
 * Follows the voices of a show. Act with `audio` in a `useAction`.
 *
 * @example
 * ```ts
 * const { connection, microphone } = useAudio(audio);
 * ```
 */
export function useAudio(audio: ShowAudio): AudioState {
  return {
    connection: useObservable(audio.connection).value,
    microphone: useObservable(audio.microphone).value,
    canPlay: useObservable(audio.canPlay).value,
    microphonesOn: useObservable(audio.microphonesOn).value,
    voices: useObservable(audio.voices).value,
  };
}
