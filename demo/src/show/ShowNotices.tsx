import type { OwnSongRequest } from "@ambient/client";
import { useContext, useEffect, useRef } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { useToast } from "../app/Toaster.js";
import type { IconName } from "../ui/Icon.js";
import { decisionText } from "../songs/decisionText.js";
import { ShowContext, type LiveShow } from "./ShowContext.js";
import { words } from "../words/words.js";

/** Only the newest notice of this topic is still correct. */
const TOPIC = "myPlace";
const RENAMED = "renamed";

/** Tells the person on any view what hosts change for them. */
export function ShowNotices() {
  const live = useContext(ShowContext);
  return live ? <Notices key={live.show.id} live={live} /> : null;
}

function Notices({ live: { audio, show } }: { readonly live: LiveShow }) {
  const announce = useAnnounce();
  const { toast, withdraw } = useToast();
  const { role, uid } = useObservable(show.me).value;
  const { creatorUid, title } = useObservable(show.details).value;
  const playback = useObservable(show.music.playback).value;
  const request = useObservable(show.stage.request).value;
  const microphone = useObservable(audio.microphone).value;
  const songs = useObservable(show.songRequests.mine).value;
  const { announcement } = words.show;
  const tell = (icon: IconName, title: string) => {
    toast({ icon, title, topic: TOPIC });
  };
  useEffect(
    () => () => {
      withdraw(TOPIC);
    },
    [withdraw],
  );
  // The view itself shows the mode to those who see it.
  useChange(playback?.mode, (mode) => {
    if (mode !== "unknown") announce(announcement[mode]);
  });
  useChange(role, (now) => {
    if (now === "unknown") return;
    tell(now === "listener" ? "people" : "microphone", announcement[now]);
  });
  useChange(request?.status, (status) => {
    if (status === "rejected") tell("hand", announcement.requestDeclined);
  });
  useChange(microphone, (now) => {
    if (now === "muted") tell("microphoneOff", announcement.muted);
  });
  useChange(title, (now) => {
    // The creator has just typed it.
    if (uid !== creatorUid)
      toast({ icon: "bell", title: announcement.renamed(now), topic: RENAMED });
  });
  useDecisions(songs, (song) => {
    toast({ icon: "music", title: decisionText(song) });
  });
  return null;
}

/** Reports each request that was open and is decided now. */
function useDecisions(
  songs: readonly OwnSongRequest[] | undefined,
  report: (song: OwnSongRequest) => void,
) {
  const open = useRef<ReadonlySet<string>>(new Set());
  const latest = useRef(report);
  latest.current = report;
  useEffect(() => {
    if (!songs) return;
    const decided = songs.filter(({ id, status }) => status !== "open" && open.current.has(id));
    open.current = new Set(songs.flatMap(({ id, status }) => (status === "open" ? [id] : [])));
    for (const song of decided) latest.current(song);
  }, [songs]);
}

/** Reports changes, and not the first value. */
function useChange<State>(state: State | undefined, report: (state: State) => void) {
  const before = useRef<State>(undefined);
  const latest = useRef(report);
  latest.current = report;
  useEffect(() => {
    const isChange = before.current !== undefined && before.current !== state;
    before.current = state;
    if (isChange && state !== undefined) latest.current(state);
  }, [state]);
}
