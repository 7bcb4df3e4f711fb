import { useMoment, useObservable } from "@ambient/react";
import { adviceFor, type Playback, type Playlist } from "@ambient/client";
import { useRef, useState } from "preact/hooks";
import { useSteps } from "../ambient/useSteps.js";
import { useLiveShow } from "../show/ShowContext.js";
import { IconButton } from "../ui/Button.js";
import { clockTime, spokenTime } from "../ui/format.js";
import { Icon } from "../ui/Icon.js";
import { Refused } from "../ui/Notice.js";
import { Artwork } from "./Artwork.js";
import { DeviceButton } from "./DeviceButton.js";
import { ModeSwitch } from "./ModeSwitch.js";
import { SpotifyLink } from "./SpotifyLink.js";
import { Transport } from "./Transport.js";
import { words } from "../words/words.js";

/** What plays for everyone at this moment. */
export function NowPlaying({
  playlist,
  mode,
  isHost,
}: {
  readonly playlist: Playlist | undefined;
  readonly mode: Playback["mode"];
  readonly isHost: boolean;
}) {
  const { follower, music } = useLiveShow();
  const moment = useMoment(music);
  const outcome = useObservable(follower).value?.outcome.kind;
  // Otherwise, a banner says why there is no music, and what helps.
  const isHeard = outcome !== undefined && ["nothing", "wait"].includes(adviceFor[outcome].remedy);
  const isOn = moment?.kind === "playing" || moment?.kind === "paused";
  const track = isOn ? playlist?.tracks[moment.trackIndex] : undefined;
  const trackCount = playlist?.tracks.length ?? 0;
  /** Talk ends the current track, so music later starts with the next one. */
  const upNext = useRef(0);
  if (isOn) upNext.current = moment.trackIndex + 1;
  return (
    <section class="card now-playing" data-mode={mode} aria-labelledby="now-playing">
      <div class="now-head">
        <h2 id="now-playing">{mode === "music" ? words.music.nowPlaying : words.music.talk}</h2>
        {isHost && <ModeSwitch mode={mode} trackCount={trackCount} upNext={upNext.current} />}
      </div>
      {track && isOn ? (
        <>
          <div class="now-track">
            <div class="now-art">
              <Artwork seed={track.uri} />
            </div>
            <div class="now-text">
              <p class="now-title" dir="auto">
                {track.name}
              </p>
              <p class="muted" dir="auto">
                {track.artists.join(", ")}
              </p>
              <SpotifyLink uri={track.uri} />
            </div>
            {follower && <MuteMusic />}
          </div>
          <Progress
            positionMs={moment.positionMs}
            durationMs={track.durationMs}
            isPaused={moment.kind === "paused"}
            isHost={isHost}
          />
          {isHost && <Transport isPaused={moment.kind === "paused"} />}
          {!follower && <p class="note">{words.music.elsewhere}</p>}
          {isHeard && (
            <>
              <div class="actions">
                <DeviceButton isSmall />
              </div>
              <p class="note">{words.music.tone}</p>
            </>
          )}
        </>
      ) : (
        <Silence mode={mode} isOver={moment?.kind === "over"} hasTracks={trackCount > 0} />
      )}
    </section>
  );
}

function Silence({
  mode,
  isOver,
  hasTracks,
}: {
  readonly mode: Playback["mode"];
  readonly isOver: boolean;
  readonly hasTracks: boolean;
}) {
  const { talk, over, syncing, empty } = words.music.silence;
  const { title, text } = mode === "talk" ? talk : isOver ? over : hasTracks ? syncing : empty;
  return (
    <div class="silence">
      <span class="silence-mark">
        <Icon name={mode === "talk" ? "microphone" : "music"} size={24} />
      </span>
      <div>
        <p class="row-title" dir="auto">
          {title}
        </p>
        <p class="muted small" dir="auto">
          {text}
        </p>
      </div>
    </div>
  );
}

function Progress({
  positionMs,
  durationMs,
  isPaused,
  isHost,
}: {
  readonly positionMs: number;
  readonly durationMs: number;
  readonly isPaused: boolean;
  readonly isHost: boolean;
}) {
  const { show } = useLiveShow();
  /** While a host drags, the position must not move under their hand. */
  const [draggedTo, setDraggedTo] = useState<number>();
  const { error, run, dismiss } = useSteps();
  const shown = draggedTo ?? positionMs;
  const times = (
    <p class="progress-times figures-inline small muted">
      <span>
        {clockTime(shown)}
        {isPaused && ` · ${words.music.paused}`}
      </span>
      <span>{clockTime(durationMs)}</span>
    </p>
  );
  const fill = { "--progress": `${((shown / durationMs) * 100).toFixed(2)}%` };
  if (!isHost) {
    return (
      <div class="progress">
        <div
          class="progress-bar"
          role="progressbar"
          aria-label={words.music.position}
          aria-valuemin={0}
          aria-valuemax={Math.round(durationMs / 1_000)}
          aria-valuenow={Math.round(shown / 1_000)}
          aria-valuetext={spokenTime(shown)}
          style={fill}
        />
        {times}
      </div>
    );
  }
  return (
    <div class="progress">
      <input
        class="progress-range"
        type="range"
        aria-label={words.music.position}
        aria-valuetext={spokenTime(shown)}
        min={0}
        max={durationMs}
        step={1_000}
        value={shown}
        style={fill}
        onBlur={() => {
          setDraggedTo(undefined);
        }}
        onInput={(event) => {
          setDraggedTo(Number(event.currentTarget.value));
        }}
        onChange={(event) => {
          const to = Number(event.currentTarget.value);
          run(() =>
            show.music.seek(to).finally(() => {
              // Keep it if the host is still dragging.
              setDraggedTo((now) => (now === to ? undefined : now));
            }),
          );
        }}
      />
      {times}
      <Refused error={error} onDismiss={dismiss} />
    </div>
  );
}

function MuteMusic() {
  const { player } = useLiveShow();
  const [isMuted, setMuted] = useState(player.isMuted);
  return (
    <IconButton
      icon={isMuted ? "soundOff" : "sound"}
      label={isMuted ? words.music.unmute : words.music.mute}
      isOn={isMuted}
      onClick={() => {
        player.mute(!isMuted);
        setMuted(!isMuted);
      }}
    />
  );
}
