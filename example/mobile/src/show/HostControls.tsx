import type { Show, SpeakRequest } from "@ambient/client/core";
import {
  useAction,
  useAmbient,
  useObservable,
  type MusicView,
  type Observation,
} from "@ambient/react";
import { useState } from "react";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { counted } from "../ui/counted";
import { Card, Grow, Row } from "../ui/layout";
import { Refused, Shown } from "../ui/Notice";
import { Text } from "../ui/Text";

/** Requests to speak, talk or music, and the end of the show. */
export function HostControls({
  show,
  requests,
  music,
}: {
  readonly show: Show;
  readonly requests: Observation<readonly SpeakRequest[]>;
  readonly music: MusicView;
}) {
  return (
    <>
      <Card title="Requests">
        <Shown loaded={requests} what="Loading the requests">
          {(pending) =>
            pending.length === 0 ? (
              <Text color="muted">No raised hands</Text>
            ) : (
              pending.map((request) => <Request key={request.uid} show={show} request={request} />)
            )
          }
        </Shown>
      </Card>
      <Card title="Host">
        <Mode show={show} music={music} />
        <EndShow show={show} />
      </Card>
    </>
  );
}

function Request({ show, request }: { readonly show: Show; readonly request: SpeakRequest }) {
  const { message, uid } = request;
  const name = useObservable(show.participant(uid)).value?.displayName ?? "Someone";
  const { isPending, error, run } = useAction();
  return (
    <>
      <Text kind="strong">{name}</Text>
      {message !== "" && <Text>{message}</Text>}
      <Row>
        <Grow>
          <Button
            kind="primary"
            text="Accept"
            label={`Accept ${name}`}
            isBusy={isPending}
            onPress={() => {
              run(() => show.stage.decide(uid, "accept"));
            }}
          />
        </Grow>
        <Grow>
          <Button
            text="Decline"
            label={`Decline ${name}`}
            isBusy={isPending}
            onPress={() => {
              run(() => show.stage.decide(uid, "reject"));
            }}
          />
        </Grow>
      </Row>
      <Refused error={error} />
    </>
  );
}

function Mode({
  show,
  music: { playback, playlist },
}: {
  readonly show: Show;
  readonly music: MusicView;
}) {
  const { isPending, error, run } = useAction();
  const isMusic = playback.value?.mode === "music";
  const hasTracks = (playlist.value?.tracks.length ?? 0) > 0;
  return (
    <>
      <Button
        text={isMusic ? "Back to talk" : "Play music"}
        isBusy={isPending}
        isDisabled={!isMusic && !hasTracks}
        onPress={() => {
          run(() => (isMusic ? show.stage.setMode("talk") : show.stage.setMode("music", 0)));
        }}
      />
      <Refused error={error} />
      {!hasTracks && <ChoosePlaylist show={show} />}
    </>
  );
}

type OwnPlaylist = Awaited<
  ReturnType<ReturnType<typeof useAmbient>["playlists"]["mine"]>
>["items"][number];

function ChoosePlaylist({ show }: { readonly show: Show }) {
  const { playlists } = useAmbient();
  const [found, setFound] = useState<readonly OwnPlaylist[]>();
  const { isPending, error, run } = useAction();
  return (
    <>
      {found === undefined && (
        <Button
          text="Choose a playlist"
          isBusy={isPending}
          onPress={() => {
            run(async () => {
              setFound((await playlists.mine()).items);
            });
          }}
        />
      )}
      {found?.map(({ id, name, trackCount }) => (
        <Button
          key={id}
          text={`${name}, ${counted(trackCount, "track", "tracks")}`}
          isBusy={isPending}
          onPress={() => {
            run(() => playlists.setPlaylist(show.id, id));
          }}
        />
      ))}
      {found?.length === 0 && <Text color="muted">No playlists on Spotify</Text>}
      <Refused error={error} />
    </>
  );
}

function EndShow({ show }: { readonly show: Show }) {
  const { isPending, error, run } = useAction();
  return (
    <>
      <Button
        kind="danger"
        text="End show"
        isBusy={isPending}
        onPress={() => {
          confirm(
            { title: "End the show?", text: "The show ends for everyone.", yes: "End now" },
            () => {
              run(() => show.end());
            },
          );
        }}
      />
      <Refused error={error} />
    </>
  );
}
