/**
 * Ambient's observables as React state. The names are those of `@ambient/react`, which replaces this file.
 */
import type { AudioConnection, Microphone, ShowAudio, Voice } from "@ambient/client/audio";
import {
  asAmbientError,
  deviceClock,
  followMusic,
  spotifyOf,
  webApiPlayer,
  type Ambient,
  type AmbientError,
  type Comment,
  type KnownObservable,
  type MusicFollower,
  type Observable,
  type Page,
  type Participant,
  type Playlist,
  type Profile,
  type Show,
  type ShowDetails,
  type SpeakRequest,
} from "@ambient/client/core";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { openSound } from "../sound/openSound";

/** What this file needs of an observable. */
type Subscribable<Value> = Pick<Observable<Value>, "subscribe">;

export type Loaded<Value> =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly value: Value }
  | { readonly kind: "failed"; readonly error: AmbientError; readonly retry: () => void };

interface Provided {
  readonly ambient: Ambient;
  /** Another address of Spotify's Web API, for a local suite. */
  readonly spotifyUrl: string | undefined;
}

const AmbientContext = createContext<Provided | undefined>(undefined);

export function AmbientProvider({
  ambient,
  spotifyUrl,
  children,
}: {
  readonly ambient: Ambient;
  readonly spotifyUrl?: string | undefined;
  readonly children: ReactNode;
}) {
  return <AmbientContext value={{ ambient, spotifyUrl }}>{children}</AmbientContext>;
}

function useProvided(): Provided {
  const provided = useContext(AmbientContext);
  if (!provided) throw new Error("Ambient's hooks need an AmbientProvider above them");
  return provided;
}

export function useAmbient(): Ambient {
  return useProvided().ambient;
}

/** Subscribes to what `open` returns, and again whenever one of `keys` changes. */
export function useSubscribable<Value>(
  open: () => Subscribable<Value>,
  keys: readonly unknown[],
): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setLoaded({ kind: "loading" });
    return open().subscribe(
      (value) => {
        setLoaded({ kind: "known", value });
      },
      (error) => {
        const retry = () => {
          setAttempt(attempt + 1);
        };
        setLoaded({ kind: "failed", error, retry });
      },
    );
  }, [...keys, attempt]);
  return loaded;
}

export function useObservable<Value>(observable: KnownObservable<Value>): Value {
  const subscribe = useCallback(
    (changed: () => void) => observable.subscribe(changed),
    [observable],
  );
  return useSyncExternalStore(subscribe, () => observable.current);
}

/** The value, or `otherwise` until it is known. */
export function valueOf<Value, Otherwise>(loaded: Loaded<Value>, otherwise: Otherwise) {
  return loaded.kind === "known" ? loaded.value : otherwise;
}

export interface Action {
  readonly isPending: boolean;
  readonly error: AmbientError | undefined;
  /** Runs one action at a time: a second tap during the first does nothing. */
  readonly run: (work: () => Promise<unknown>) => void;
}

/** An action that takes a while and may be refused. */
export function useAction(): Action {
  const [state, setState] = useState<Omit<Action, "run">>({ isPending: false, error: undefined });
  const isRunning = useRef(false);
  const run = useCallback((work: () => Promise<unknown>) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setState({ isPending: true, error: undefined });
    const finish = (error?: AmbientError) => {
      isRunning.current = false;
      setState({ isPending: false, error });
    };
    work().then(
      () => {
        finish();
      },
      (thrown: unknown) => {
        finish(asAmbientError(thrown));
      },
    );
  }, []);
  return { ...state, run };
}

export function useAccount(): {
  readonly uid: string | null | undefined;
  readonly profile: Loaded<Profile | undefined>;
} {
  const ambient = useAmbient();
  const uid = useObservable(ambient.account.uid);
  const profile = useSubscribable<Profile | undefined>(
    () => (uid ? ambient.account.profile(uid) : nothing),
    [ambient, uid],
  );
  return { uid, profile };
}

export function useShows(
  which: "live" | "upcoming" | "followed" | "mine",
): Loaded<readonly ShowDetails[]> {
  const ambient = useAmbient();
  const shows = useSubscribable((): Subscribable<Page<ShowDetails> | readonly ShowDetails[]> => {
    switch (which) {
      case "live":
        return ambient.discover.live();
      case "upcoming":
        return ambient.discover.upcoming();
      case "followed":
        return ambient.discover.liveFromFollowed();
      case "mine":
        return ambient.shows.mine({ limit: 5 });
    }
  }, [ambient, which]);
  if (shows.kind !== "known") return shows;
  return { kind: "known", value: "items" in shows.value ? shows.value.items : shows.value };
}

export type Stay =
  | { readonly kind: "outside"; readonly error?: AmbientError }
  | { readonly kind: "joining" }
  | { readonly kind: "in"; readonly show: Show };

export interface ShowState {
  readonly details: Loaded<ShowDetails | undefined>;
  readonly stay: Stay;
  readonly enter: (how: "join" | "start") => void;
  readonly leave: () => void;
}

/** A show, and the person's stay in it, which ends when the screen is closed. */
export function useShow(showId: string): ShowState {
  const ambient = useAmbient();
  const details = useSubscribable(() => ambient.shows.show(showId), [ambient, showId]);
  const [stay, setStay] = useState<Stay>({ kind: "outside" });
  const inside = useRef<Show>(undefined);
  /** An answer to an earlier attempt must not bring the person back. */
  const attempt = useRef(0);
  const quit = useCallback(() => {
    attempt.current += 1;
    const show = inside.current;
    inside.current = undefined;
    if (show) leaveQuietly(show);
  }, []);
  useEffect(() => quit, [ambient, showId, quit]);
  const enter = (how: "join" | "start") => {
    quit();
    const mine = attempt.current;
    setStay({ kind: "joining" });
    ambient[how](showId).then(
      (show) => {
        if (attempt.current !== mine) {
          leaveQuietly(show);
          return;
        }
        inside.current = show;
        setStay({ kind: "in", show });
      },
      (thrown: unknown) => {
        if (attempt.current !== mine) return;
        setStay({ kind: "outside", error: asAmbientError(thrown) });
      },
    );
  };
  const leave = () => {
    quit();
    setStay({ kind: "outside" });
  };
  return { details, stay, enter, leave };
}

/** The person has left this screen in any case, so a failure is of no interest. */
function leaveQuietly(show: Show): void {
  show
    .leave()
    .catch(() => undefined)
    .finally(() => {
      show.close();
    });
}

export interface StageState {
  readonly me: Participant;
  readonly people: Loaded<readonly Participant[]>;
  /** The person's own request to speak. */
  readonly request: SpeakRequest | undefined;
  /** For hosts: the pending requests. */
  readonly requests: readonly SpeakRequest[];
  readonly isHost: boolean;
}

export function useStage(show: Show): StageState {
  const me = useObservable(show.me);
  const isHost = me.role === "creator" || me.role === "cohost";
  const people = useSubscribable(() => show.stage.people, [show]);
  const request = useSubscribable(() => show.stage.request, [show]);
  const requests = useSubscribable<readonly SpeakRequest[]>(
    () => (isHost ? show.stage.requests() : noRequests),
    [show, isHost],
  );
  return {
    me,
    people,
    request: valueOf(request, undefined),
    requests: valueOf(requests, none),
    isHost,
  };
}

export function useComments(show: Show): Loaded<readonly Comment[]> {
  return useSubscribable(() => show.comments.latest, [show]);
}

export interface AudioState {
  readonly audio: ShowAudio | undefined;
  readonly connection: AudioConnection;
  readonly microphone: Microphone;
  readonly voices: readonly Voice[];
  readonly microphonesOn: readonly string[];
  /** False while the browser blocks sound. */
  readonly canPlay: boolean;
  readonly reopen: () => void;
}

/** The voices of a show while the component is mounted. */
export function useAudio(show: Show): AudioState {
  const [audio, setAudio] = useState<ShowAudio>();
  const [failed, setFailed] = useState(false);
  const [opening, setOpening] = useState(0);
  useEffect(() => {
    let isWanted = true;
    let opened: ShowAudio | undefined;
    setFailed(false);
    openSound(show).then(
      (connected) => {
        if (!isWanted) {
          connected.close();
          return;
        }
        opened = connected;
        setAudio(connected);
      },
      () => {
        if (isWanted) setFailed(true);
      },
    );
    return () => {
      isWanted = false;
      opened?.close();
      setAudio(undefined);
    };
  }, [show, opening]);
  return {
    audio,
    connection: useSometimes(audio?.connection, failed ? "closed" : "connecting"),
    microphone: useSometimes(audio?.microphone, "off"),
    voices: useSometimes(audio?.voices, noVoices),
    microphonesOn: useSometimes(audio?.microphonesOn, noUids),
    canPlay: useSometimes(audio?.canPlay, true),
    reopen: () => {
      setOpening(opening + 1);
    },
  };
}

/** An observable that does not exist yet. */
function useSometimes<Value>(
  observable: KnownObservable<Value> | undefined,
  otherwise: Value,
): Value {
  const subscribe = useCallback(
    (changed: () => void) => observable?.subscribe(changed) ?? (() => undefined),
    [observable],
  );
  return useSyncExternalStore(subscribe, () => (observable ? observable.current : otherwise));
}

/** How often the position in the track is shown. */
const POSITION_EVERY_MS = 500;

export interface MusicState {
  readonly mode: "talk" | "music";
  readonly playlist: Playlist | undefined;
  readonly moment: ReturnType<MusicFollower["moment"]>;
  readonly outcome: MusicFollower["current"]["outcome"];
  readonly resume: () => void;
}

/** Plays the show's music on the person's own Spotify while the component is mounted and `isHere` is true. */
export function useMusic(show: Show, isHere: boolean): MusicState {
  const { ambient, spotifyUrl } = useProvided();
  const playback = useSubscribable(() => show.music.playback, [show]);
  const playlist = useSubscribable(() => show.music.playlist, [show]);
  const follower = useRef<MusicFollower>(undefined);
  const [now, setNow] = useState<Pick<MusicState, "moment" | "outcome">>(silence);
  const isStillHere = useRef(isHere);
  isStillHere.current = isHere;
  useEffect(() => {
    if (!isHere) return undefined;
    const spotify = spotifyOf(ambient, spotifyUrl === undefined ? {} : { baseUrl: spotifyUrl });
    const music = followMusic(show, webApiPlayer(spotify, deviceClock));
    follower.current = music;
    const look = () => {
      setNow({ moment: music.moment(), outcome: music.current.outcome });
    };
    const stop = music.subscribe(look);
    const timer = setInterval(() => {
      if (music.moment()?.kind === "playing") look();
    }, POSITION_EVERY_MS);
    look();
    return () => {
      stop();
      clearInterval(timer);
      follower.current = undefined;
      // Another device of the same Spotify account plays the music now: a pause from here would stop it.
      if (isStillHere.current) music.close();
      else music.release();
      setNow(silence);
    };
  }, [ambient, show, spotifyUrl, isHere]);
  return {
    ...now,
    // A mode of a later version has no music that this one could play.
    mode: valueOf(playback, undefined)?.mode === "music" ? "music" : "talk",
    playlist: valueOf(playlist, undefined),
    resume: () => {
      follower.current?.resume();
    },
  };
}

const none: readonly SpeakRequest[] = [];
const noVoices: readonly Voice[] = [];
const noUids: readonly string[] = [];
const silence: Pick<MusicState, "moment" | "outcome"> = {
  moment: undefined,
  outcome: { kind: "waiting" },
};
const nothing: Subscribable<undefined> = {
  subscribe(next) {
    next(undefined);
    return () => undefined;
  },
};
const noRequests: Subscribable<readonly SpeakRequest[]> = {
  subscribe(next) {
    next(none);
    return () => undefined;
  },
};
