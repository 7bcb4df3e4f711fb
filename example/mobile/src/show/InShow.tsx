import { messageFor, type Show } from "@ambient/client/core";
import { useState } from "react";
import { Share } from "react-native";
import {
  useAction,
  useAudio,
  useMusic,
  useObservable,
  useStage,
  useSubscribable,
  valueOf,
  type AudioState,
} from "../ambient/hooks";
import { TermsCard } from "../account/TermsCard";
import { useConfig } from "../configContext";
import { Button } from "../ui/Button";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";
import { Comments } from "./Comments";
import { HandRaise } from "./HandRaise";
import { HostControls } from "./HostControls";
import { Microphone } from "./Microphone";
import { Music } from "./Music";
import { PersonSheet } from "./PersonSheet";
import { Reactions } from "./Reactions";
import { Stage } from "./Stage";

/** A show that the person is in. */
export function InShow({
  show,
  onLeave,
  onEnterAgain,
}: {
  readonly show: Show;
  readonly onLeave: () => void;
  readonly onEnterAgain: () => void;
}) {
  const presence = useObservable(show.presence);
  const stage = useStage(show);
  const audio = useAudio(show);
  // On another device of the same person, the music would be out of step with itself.
  const music = useMusic(show, audio.connection !== "elsewhere");
  const [chosen, setChosen] = useState<string>();
  if (presence.kind === "over" || presence.kind === "gone") {
    return (
      <Screen>
        <Card>
          <Text kind="title">
            {presence.kind === "over" ? "The show is over" : "You have left"}
          </Text>
          {presence.kind === "gone" && <Text>{messageFor(presence.reason)}</Text>}
          {presence.kind === "gone" && presence.reason !== "REMOVED" && (
            <Button text="Join again" onPress={onEnterAgain} />
          )}
          <Button kind="primary" text="Back" onPress={onLeave} />
        </Card>
      </Screen>
    );
  }
  const { isHost, me } = stage;
  return (
    <Screen>
      <Head show={show} onLeave={onLeave} />
      {presence.kind === "away" && (
        <Notice text="Reconnecting. Your network was gone for a while." />
      )}
      <Sound audio={audio} />
      <Invitation show={show} />
      <TermsCard />
      <Stage stage={stage} audio={audio} mode={music.mode} onChoose={setChosen} />
      {me.role === "listener" ? (
        <HandRaise show={show} request={stage.request} />
      ) : (
        <Microphone show={show} role={me.role} audio={audio} mode={music.mode} />
      )}
      {isHost && <HostControls show={show} stage={stage} music={music} />}
      <Music show={show} music={music} isHost={isHost} />
      <Reactions show={show} />
      <Comments show={show} isHost={isHost} onChoose={setChosen} />
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
    </Screen>
  );
}

function Head({ show, onLeave }: { readonly show: Show; readonly onLeave: () => void }) {
  const { creator, title } = useObservable(show.details);
  const feed = valueOf(
    useSubscribable(() => show.feed, [show]),
    undefined,
  );
  const { linkHost } = useConfig();
  const { isPending, error, run } = useAction();
  const listeners = feed?.audience.listeners ?? 0;
  return (
    <Card>
      <Text kind="title">{title}</Text>
      <Text kind="small" color="muted">
        {creator.displayName} · {listeners === 1 ? "1 listener" : `${listeners} listeners`}
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

function Sound({ audio: { audio, canPlay, connection, reopen } }: { readonly audio: AudioState }) {
  const { run } = useAction();
  switch (connection) {
    case "reconnecting":
      return <Notice text="The voices were lost. Reconnecting." />;
    case "elsewhere":
      return (
        <Notice text="Another device of yours plays the audio.">
          <Button text="Listen here" onPress={() => audio?.takeOver()} />
        </Notice>
      );
    case "closed":
      return (
        <Notice isBad text="The voices are not available.">
          <Button text="Try again" onPress={reopen} />
        </Notice>
      );
    case "connected":
      return canPlay || !audio ? null : (
        <Notice text="The browser blocks sound until you ask for it.">
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
  const { invitedTo, role } = useObservable(show.me);
  const { isPending, error, run } = useAction();
  if (invitedTo === null) return null;
  return (
    <Notice text={`You are invited to be a ${invitedTo === "cohost" ? "co-host" : "speaker"}.`}>
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
