import {
  deviceClock,
  messageFor,
  spotifyOf,
  webApiPlayer,
  type PlayerAdapter,
  type Presence,
  type Show,
} from "@ambient/client/core";
import { useAction, useAmbient, useMusic, useObservable, useStage } from "@ambient/react";
import { useAudio, useSound, type AudioState, type Sound } from "@ambient/react/audio";
import { useNavigation, usePreventRemove } from "@react-navigation/native";
import { useState } from "react";
import { Share } from "react-native";
import { TermsCard } from "../account/TermsCard";
import { useConfig } from "../configContext";
import { useAudioSession } from "../sound/useAudioSession";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { counted } from "../ui/counted";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Loading, Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";
import { Comments } from "./Comments";
import { HandRaise } from "./HandRaise";
import { HostControls } from "./HostControls";
import { Microphone } from "./Microphone";
import { Music } from "./Music";
import { PersonSheet } from "./PersonSheet";
import { Reactions } from "./Reactions";
import { Stage } from "./Stage";

interface Leaving {
  readonly onLeave: () => void;
  readonly onEnterAgain: () => void;
}

/** A show that the person has entered, until they close its screen. */
export function InShow({
  show,
  presence,
  ...leaving
}: Leaving & { readonly show: Show; readonly presence: Presence }) {
  switch (presence.kind) {
    case "present":
    case "away":
      return <WithSound show={show} isAway={presence.kind === "away"} onLeave={leaving.onLeave} />;
    case "over":
      return <Left title={`${show.details.current.title} has ended`} {...leaving} />;
    case "gone":
      return <Left title="You're no longer in the show" reason={presence.reason} {...leaving} />;
  }
}

function Left({
  title,
  reason,
  onLeave,
  onEnterAgain,
}: Leaving & {
  readonly title: string;
  readonly reason?: Extract<Presence, { readonly kind: "gone" }>["reason"];
}) {
  return (
    <Screen>
      <Card>
        <Text kind="title">{title}</Text>
        {reason !== undefined && <Text>{messageFor(reason)}</Text>}
        {reason !== undefined && reason !== "REMOVED" && (
          <Button text="Rejoin" onPress={onEnterAgain} />
        )}
        <Button kind="primary" text="Back" onPress={onLeave} />
      </Card>
    </Screen>
  );
}

interface Inside {
  readonly show: Show;
  readonly isAway: boolean;
  readonly onLeave: () => void;
}

/** Opens the voices, and the music on the person's own Spotify. */
function WithSound(inside: Inside) {
  const ambient = useAmbient();
  const { suite } = useConfig();
  const sound = useSound(inside.show, () => {
    const spotify = spotifyOf(ambient, suite ? { baseUrl: `http://${suite.spotify}/v1` } : {});
    return webApiPlayer(spotify, deviceClock);
  });
  return sound ? <Live {...inside} sound={sound} /> : <Loading what="Joining the show…" />;
}

function Live({ show, isAway, onLeave, sound }: Inside & { readonly sound: Sound<PlayerAdapter> }) {
  const { isHost, me, people, request, requests } = useStage(show);
  const audio = useAudio(sound.audio);
  const { title } = useObservable(show.details).value;
  useAudioSession(sound.audio, title);
  useLeavingConfirmed(me.role === "creator", title);
  const music = useMusic(show, sound.follower);
  const isMusic = music.playback.value?.mode === "music";
  const [chosen, setChosen] = useState<string>();
  return (
    <>
      <Comments show={show} isHost={isHost} onChoose={setChosen}>
        <Head show={show} onLeave={onLeave} />
        {isAway && (
          <Notice text="Reconnecting… Your connection was lost. You're rejoining the show." />
        )}
        <SoundNotice sound={sound} state={audio} />
        <Invitation show={show} />
        <TermsCard />
        <Stage me={me} people={people} audio={audio} isMusic={isMusic} onChoose={setChosen} />
        {me.role === "listener" ? (
          <HandRaise show={show} request={request.value} />
        ) : (
          <Microphone
            show={show}
            role={me.role}
            audio={sound.audio}
            state={audio}
            isMusic={isMusic}
          />
        )}
        {isHost && <HostControls show={show} requests={requests} music={music} />}
        {isMusic && <Music show={show} music={music} follower={sound.follower} isHost={isHost} />}
        <Reactions show={show} />
      </Comments>
      {chosen !== undefined && (
        <PersonSheet
          show={show}
          me={me}
          uid={chosen}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </>
  );
}

/** Asks before the screen closes, whether by a swipe, a button or a link, because that leaves the show. */
function useLeavingConfirmed(isOwn: boolean, title: string): void {
  const navigation = useNavigation();
  usePreventRemove(isOwn, ({ data: { action } }) => {
    const question = {
      title: "Leave your live show?",
      text: `“${title}” continues without you.`,
      yes: "Leave",
    };
    confirm(question, () => {
      navigation.dispatch(action);
    });
  });
}

function Head({ show, onLeave }: { readonly show: Show; readonly onLeave: () => void }) {
  const { creator, title } = useObservable(show.details).value;
  const feed = useObservable(show.feed).value;
  const { linkHost } = useConfig();
  const { isPending, error, run } = useAction();
  const listeners = feed?.audience.listeners ?? 0;
  return (
    <Card>
      <Text kind="title">{title}</Text>
      <Text kind="small" color="muted">
        {creator.displayName} · {counted(listeners, "listener", "listeners")}
      </Text>
      <Row>
        <Grow>
          <Button
            text="Share"
            isBusy={isPending}
            onPress={() => {
              run(() => Share.share({ message: `https://${linkHost}/s/${show.id}`, title }));
            }}
          />
        </Grow>
        <Grow>
          <Button kind="danger" text="Leave" onPress={onLeave} />
        </Grow>
      </Row>
      <Refused error={error} />
    </Card>
  );
}

function SoundNotice({
  sound: { audio, reopen },
  state: { canPlay, connection },
}: {
  readonly sound: Sound<PlayerAdapter>;
  readonly state: AudioState;
}) {
  const { run } = useAction();
  switch (connection) {
    case "reconnecting":
      return <Notice text="Reconnecting audio…" />;
    case "elsewhere":
      return (
        <Notice text="Audio is playing on another device.">
          <Button
            text="Listen here"
            onPress={() => {
              audio.takeOver();
            }}
          />
        </Notice>
      );
    case "closed":
      return (
        <Notice isBad text="The live audio isn't available.">
          <Button text="Try again" onPress={reopen} />
        </Notice>
      );
    case "connected":
      return canPlay ? null : (
        <Notice text="Your browser blocks sound until you tap “Listen”.">
          <Button
            text="Listen"
            onPress={() => {
              run(() => audio.unlockAudio());
            }}
          />
        </Notice>
      );
    case "connecting":
    case "none":
      return null;
  }
}

function Invitation({ show }: { readonly show: Show }) {
  const { invitedTo, role } = useObservable(show.me).value;
  const { isPending, error, run } = useAction();
  if (invitedTo === null) return null;
  return (
    <Notice text={`You're invited to ${invitedTo === "cohost" ? "cohost" : "speak"}.`}>
      <Button
        kind="primary"
        text="Accept"
        label="Accept the invitation"
        isBusy={isPending}
        onPress={() => {
          run(() => show.stage.acceptInvitation());
        }}
      />
      <Button
        text="Decline"
        label="Decline the invitation"
        isBusy={isPending}
        onPress={() => {
          // Setting the current role again withdraws the invitation.
          run(() => show.stage.setRole(show.uid, role === "speaker" ? "speaker" : "listener"));
        }}
      />
      <Refused error={error} />
    </Notice>
  );
}
