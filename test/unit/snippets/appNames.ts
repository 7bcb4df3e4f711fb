/**
 * Names that the TypeScript samples in the guide and in docstrings use, because an app would define
 * them.
 */
import type { ShowAudio } from "@ambient/client/audio";
import type {
  Ambient,
  AmbientError,
  Authorization,
  Comment,
  MusicFollower,
  Notice,
  Outcome,
  Participant,
  PlayerAdapter,
  Playlist,
  Report,
  ResponseOf,
  Show,
  SongRequest,
  SpeakRequest,
  SpotifyRemote,
  Stay,
} from "@ambient/client/core";

// ---- Signing in ---------------------------------------------------------------------------------

export declare const serverTimeUrl: string;
export declare const clientId: string;
export declare const redirectUri: string;
export declare const code: string;
export declare const codeVerifier: string;
export declare const authorization: Authorization;

// ---- App state and services ---------------------------------------------------------------------

export declare const ambient: Ambient;
export declare const showId: string;
export declare const show: Show;
export declare const stay: Stay;
export declare const creatorUid: string;
export declare const uid: string;
export declare const supportId: string;
export declare const participant: Participant;
export declare const speaker: Participant;
export declare const request: SpeakRequest;
export declare const song: SongRequest;
export declare const comment: Comment;
export declare const report: Report;
export declare const notice: Notice;
export declare const answer: ResponseOf<"joinShow">;
export declare const playlist: Playlist;
export declare const track: Playlist["tracks"][number];
export declare const uris: readonly string[];
export declare const audio: ShowAudio;
export declare const player: PlayerAdapter;
export declare const remote: SpotifyRemote;
export declare const follower: MusicFollower;
export declare const outcome: Outcome;
export declare const error: AmbientError;
export declare const promise: Promise<unknown>;
export declare const translations: Readonly<Record<string, string>>;
export declare function freshToken(): Promise<string>;

/** The app's own bridge to the platform's Spotify SDK. */
export declare const bridge: {
  pause(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  getPlayerState(): ReturnType<SpotifyRemote["playerState"]>;
  onPlayerStateChanged(listener: () => void): () => void;
};

/** `NetInfo` of `@react-native-community/netinfo`. */
export declare const netInfo: {
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): () => void;
};

/** `AppState` of `react-native`. */
export declare const AppState: {
  addEventListener(
    event: "change",
    listener: (state: string) => void,
  ): { readonly remove: () => void };
};

// ---- Display and navigation ---------------------------------------------------------------------

type Shows = (...what: readonly unknown[]) => void;
export declare const App: () => null;
export declare const button: { textContent: string; onclick: () => unknown };
export declare const checkVersion: Shows;
export declare const hideHint: () => void;
export declare const leavePage: Shows;
export declare const log: Shows;
export declare const openGoodbye: Shows;
export declare const openHome: Shows;
export declare const openLink: Shows;
export declare const openSignIn: Shows;
export declare const openStage: Shows;
export declare const render: Shows;
export declare const renderCalendar: Shows;
export declare const renderComments: Shows;
export declare const renderCreator: Shows;
export declare const renderHeader: Shows;
export declare const renderLevels: Shows;
export declare const renderLive: Shows;
export declare const renderMyPlace: Shows;
export declare const renderNotices: Shows;
export declare const renderMyShows: Shows;
export declare const renderPast: Shows;
export declare const renderPeople: Shows;
export declare const renderProblem: Shows;
export declare const renderQueue: Shows;
export declare const renderShows: Shows;
export declare const renderStage: Shows;
export declare const renderSummary: Shows;
export declare const renderTracks: Shows;
export declare const setBanner: Shows;
export declare const setButton: Shows;
export declare const setCount: Shows;
export declare const setFollowing: Shows;
export declare const setHand: Shows;
export declare const setHint: Shows;
export declare const setLinked: Shows;
export declare const setMode: Shows;
export declare const setMuted: Shows;
export declare const setStatus: Shows;
export declare const showBanned: Shows;
export declare const showButton: Shows;
export declare const toast: Shows;
