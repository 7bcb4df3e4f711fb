/**
 * Ambient's hooks for React, React Native and Preact.
 *
 * @packageDocumentation
 */
export { AmbientProvider, useAmbient, useStay, useUid } from "./context.js";
export { useAccount, type AccountState } from "./useAccount.js";
export { useAction, type Action } from "./useAction.js";
export { useComments, type CommentsState } from "./useComments.js";
export { useMoment, useMusic, type MusicView } from "./useMusic.js";
export { useObservable, type Observation } from "./useObservable.js";
export type { Pages } from "./pages.js";
export { useFetchedPages, usePages } from "./usePages.js";
export { useReactions, type ReactionsState } from "./useReactions.js";
export { useCurrentShow, useShow, type ShowState } from "./useShow.js";
export { useShows } from "./useShows.js";
export { useStage, type StageState } from "./useStage.js";
export { useUnseen } from "./useUnseen.js";
