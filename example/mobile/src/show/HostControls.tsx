import type { Show, SpeakRequest } from "@ambient/client/core";
import { useState } from "react";
import {
  useAction,
  useAmbient,
  useSubscribable,
  valueOf,
  type MusicState,
  type StageState,
} from "../ambient/hooks";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { Card, Grow, Row } from "../ui/layout";
import { Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** Requests to speak, talk or music, and the end of the show. */
export function HostControls({
  show,
  stage: { requests },
  music,
}: {
  readonly show: Show;
  readonly stage: StageState;
  readonly music: MusicState;
}) {
  return (
    <>
      <Card title="Requests to speak">
        {requests.length === 0 && <Text color="muted">No hand is up.</Text>}
        {requests.map((request) => (
          <Request key={request.uid} show={show} request={request} />
        ))}
      </Card>
      <Card title="Hosting">
        <Mode show={show} music={music} />
        <EndShow show={show} />
      </Card>
    </>
  );
}

function Request({ show, request }: { readonly show: Show; readonly request: SpeakRequest }) {
  const { message, uid } = request;
  const person = useSubscribable(() => show.participant(uid), [show, uid]);
  const name = valueOf(person, undefined)?.displayName ?? "Someone";
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
            text="Reject"
            label={`Reject ${name}`}
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
  music: { mode, playlist },
}: {
  readonly show: Show;
  readonly music: MusicState;
}) {
  const { isPending, error, run } = useAction();
  const hasTracks = (playlist?.tracks.length ?? 0) > 0;
  return (
    <>
      <Button
        text={mode === "music" ? "Back to talk" : "Play music"}
        isBusy={isPending}
        isDisabled={mode === "talk" && !hasTracks}
        onPress={() => {
          run(() =>
            mode === "music" ? show.stage.setMode("talk") : show.stage.setMode("music", 0),
          );
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
          text={`${name} · ${trackCount}`}
          isBusy={isPending}
          onPress={() => {
            run(() => playlists.setPlaylist(show.id, id));
          }}
        />
      ))}
      {found?.length === 0 && <Text color="muted">You have no playlists in Spotify.</Text>}
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
        text="End the show"
        isBusy={isPending}
        onPress={() => {
          confirm({ title: "End the show?", text: "It ends for everyone.", yes: "End it" }, () => {
            run(() => show.end());
          });
        }}
      />
      <Refused error={error} />
    </>
  );
}
