import {
  adviceFor,
  attribution,
  openUriInSpotify,
  type MusicFollower,
  type OutcomeKind,
  type Show,
} from "@ambient/client/core";
import { useAction, useAmbient, useMoment, type MusicView } from "@ambient/react";
import { Linking, StyleSheet, View } from "react-native";
import { Button } from "../ui/Button";
import { Card, Grow, Row } from "../ui/layout";
import { Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";
import { useTheme } from "../ui/theme";
import { clockTime } from "../ui/time";

/** What plays for everyone at this moment. It is heard through the person's own Spotify. */
export function Music({
  show,
  music: { outcome, playlist },
  follower,
  isHost,
}: {
  readonly show: Show;
  readonly music: MusicView;
  readonly follower: MusicFollower | undefined;
  readonly isHost: boolean;
}) {
  const moment = useMoment(follower);
  const isOn = moment?.kind === "playing" || moment?.kind === "paused";
  const track = isOn ? playlist.value?.tracks[moment.trackIndex] : undefined;
  const obstacle = outcome && obstacleText[outcome.kind];
  return (
    <Card title="Now playing">
      {isOn && track ? (
        <>
          <Text kind="strong">{track.name}</Text>
          <Text color="muted">{track.artists.join(", ")}</Text>
          <Position at={moment.positionMs} of={track.durationMs} />
          {isHost && <Transport show={show} isPaused={moment.kind === "paused"} />}
          <SpotifyButton show={show} uri={track.uri} />
        </>
      ) : (
        <Text color="muted">
          {moment?.kind === "over" ? "That was the last track." : "Syncing the music…"}
        </Text>
      )}
      {outcome && obstacle !== undefined && (
        <Notice text={obstacle}>
          {follower && !adviceFor[outcome.kind].triesAgain && (
            <Button
              text="Try again"
              onPress={() => {
                follower.resume();
              }}
            />
          )}
        </Notice>
      )}
    </Card>
  );
}

function Position({ at, of }: { readonly at: number; readonly of: number }) {
  const theme = useTheme();
  const part = of === 0 ? 0 : Math.min(1, at / of);
  return (
    <>
      <View
        role="progressbar"
        aria-label="Track position"
        aria-valuemin={0}
        aria-valuemax={Math.round(of / 1_000)}
        aria-valuenow={Math.round(at / 1_000)}
        style={[styles.track, { backgroundColor: theme.line }]}
      >
        <View style={[styles.fill, { width: `${part * 100}%`, backgroundColor: theme.accent }]} />
      </View>
      <Row>
        <Grow>
          <Text kind="small" color="muted">
            {clockTime(at)}
          </Text>
        </Grow>
        <Text kind="small" color="muted">
          {clockTime(of)}
        </Text>
      </Row>
    </>
  );
}

function Transport({ show, isPaused }: { readonly show: Show; readonly isPaused: boolean }) {
  const { isPending, error, run } = useAction();
  const { music } = show;
  return (
    <>
      <Row>
        <Grow>
          <Button
            text="Previous"
            label="Previous track"
            isBusy={isPending}
            onPress={() => {
              run(() => music.previous());
            }}
          />
        </Grow>
        <Grow>
          <Button
            kind="primary"
            text={isPaused ? "Resume" : "Pause"}
            isBusy={isPending}
            onPress={() => {
              run(() => (isPaused ? music.play() : music.pause()));
            }}
          />
        </Grow>
        <Grow>
          <Button
            text="Next"
            label="Next track"
            isBusy={isPending}
            onPress={() => {
              run(() => music.next());
            }}
          />
        </Grow>
      </Row>
      <Refused error={error} />
    </>
  );
}

/** Spotify requires its words on the button, and a link to the track. */
function SpotifyButton({ show, uri }: { readonly show: Show; readonly uri: string }) {
  const ambient = useAmbient();
  const { error, run } = useAction();
  const link = openUriInSpotify(uri);
  if (!link) return null;
  return (
    <>
      <Text kind="small" color="muted">
        {attribution.source}
      </Text>
      <Button
        text={attribution.openButton}
        onPress={() => {
          ambient.shows.countUse(show.id, "opened").catch(() => undefined);
          run(() => Linking.openURL(link.web));
        }}
      />
      <Refused error={error} />
    </>
  );
}

const obstacleText: Readonly<Partial<Record<OutcomeKind, string>>> = {
  notPremium: "Music needs Spotify Premium. You can hear talk and see what's playing.",
  noDevice: "Open Spotify to start the music.",
  stopped: "You paused the music for yourself.",
  notPlayable: "Spotify can't play this track here. The music continues with the next one.",
  notAllowListed: "Your Spotify account isn't on this app's list yet.",
  appMissing: "Spotify isn't installed on this phone.",
  relinkRequired: "Sign in with Spotify again to hear the music.",
  rateLimited: "Spotify is busy. The music starts in a moment.",
  quotaExceeded: "Spotify is busy. The music starts later.",
  unavailable: "Spotify isn't responding. The music starts when it does.",
};

const styles = StyleSheet.create({
  track: { height: 6, borderRadius: 3, overflow: "hidden" },
  fill: { height: 6 },
});
