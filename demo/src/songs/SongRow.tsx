import type { SongRequest } from "@ambient/client";
import { useAction } from "@ambient/react";
import { Artwork } from "../music/Artwork.js";
import { SpotifyLink } from "../music/SpotifyLink.js";
import { TrackText } from "../music/TrackText.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Button, IconButton } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** A requested song, with its votes and what the person can do. */
export function SongRow({
  song: { hasMyVote, id, requestedBy, track, votes },
  isHost,
}: {
  readonly song: SongRequest;
  readonly isHost: boolean;
}) {
  const { show } = useLiveShow();
  const { songRequests } = show;
  const { isPending, error, run, dismiss } = useAction();
  const { name, uri } = track;
  return (
    <li class="song">
      <div class="track">
        <span class="track-art">
          <Artwork seed={uri} />
        </span>
        <span class="track-text">
          <TrackText track={track} />
          <SpotifyLink uri={uri} />
        </span>
        <Button
          isSmall
          icon="up"
          isBusy={isPending}
          isOn={hasMyVote}
          label={
            hasMyVote
              ? words.songs.unvote(name, words.count.votes(votes))
              : words.songs.vote(name, words.count.votes(votes))
          }
          onClick={() => {
            run(() => (hasMyVote ? songRequests.unvote(id) : songRequests.vote(id)));
          }}
        >
          {votes}
        </Button>
        {!isHost && requestedBy === show.uid && (
          <IconButton
            icon="close"
            label={words.songs.withdrawSong(name)}
            isBusy={isPending}
            onClick={() => {
              run(() => songRequests.withdraw(id));
            }}
          />
        )}
      </div>
      {isHost && (
        <div class="actions song-actions">
          <Button
            kind="primary"
            isSmall
            isBusy={isPending}
            label={words.songs.acceptSong(name)}
            onClick={() => {
              run(() => songRequests.decide(id, "accept"));
            }}
          >
            {words.songs.accept}
          </Button>
          <Button
            isSmall
            isBusy={isPending}
            label={words.songs.declineSong(name)}
            onClick={() => {
              run(() => songRequests.decide(id, "decline"));
            }}
          >
            {words.stage.decline}
          </Button>
        </div>
      )}
      <Refused error={error} onDismiss={dismiss} />
    </li>
  );
}
