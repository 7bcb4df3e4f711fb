import type { NativeStackScreenProps } from "@react-navigation/native-stack";
import {
  messageFor,
  ownShowOnAir,
  type AmbientError,
  type ShowDetails,
} from "@ambient/client/core";
import { useAccount, useAction, useAmbient, useObservable, useStay } from "@ambient/react";
import { useEffect } from "react";
import type { StackParams } from "../root/params";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Loading, Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";
import { momentText } from "../ui/time";
import { InShow } from "./InShow";

type ScreenProps = NativeStackScreenProps<StackParams, "Show">;

/** A show in any state. Closing the screen leaves the show. */
export function ShowScreen({ navigation, route }: ScreenProps) {
  const { showId } = route.params;
  const { uid } = useAccount();
  const { shows } = useAmbient();
  const details = useObservable(shows.show(showId));
  const stay = useStay();
  const state = useObservable(stay.state).value;
  const starting = useAction();
  useEffect(
    () => () => {
      // From a screen above this one, the person may have joined another show.
      const { showId: current = showId } = stay.state.current;
      if (current === showId) stay.leaveNow();
    },
    [stay, showId],
  );
  const join = () => {
    const enter = () => {
      stay.rejoin(showId);
    };
    const own = ownShowOnAir(stay.state.current);
    if (!own) {
      enter();
      return;
    }
    const question = {
      title: "You're live",
      text: `You can only be in one show at a time. “${own.details.current.title}” would continue without you.`,
      yes: "Leave and join this one",
    };
    confirm(question, enter);
  };
  const isHere = state.showId === showId;
  if (isHere && state.kind === "in") {
    return (
      <InShow
        show={state.show}
        presence={state.presence}
        onLeave={() => {
          navigation.goBack();
        }}
        onEnterAgain={join}
      />
    );
  }
  switch (details.kind) {
    case "loading":
      return <Loading what="Loading the show…" />;
    case "failed":
      // To others, a draft looks like a show that does not exist.
      return details.error.reason === "PERMISSION_DENIED" ? (
        <NotFound />
      ) : (
        <Screen>
          <Refused error={details.error} retry={details.retry} />
        </Screen>
      );
    case "known":
      return details.value ? (
        <Outside
          details={details.value}
          isMine={details.value.creatorUid === uid}
          isEntering={(isHere && state.kind === "joining") || starting.isPending}
          error={isHere && state.kind === "refused" ? state.error : starting.error}
          onJoin={join}
          onStart={() => {
            starting.run(() => stay.start(showId));
          }}
        />
      ) : (
        <NotFound />
      );
  }
}

function NotFound() {
  return (
    <Screen>
      <Card>
        <Text kind="title">Show not found</Text>
        <Text color="muted">The link may be out of date or incomplete.</Text>
      </Card>
    </Screen>
  );
}

function Outside({
  details,
  isMine,
  isEntering,
  error,
  onJoin,
  onStart,
}: {
  readonly details: ShowDetails;
  readonly isMine: boolean;
  readonly isEntering: boolean;
  readonly error: AmbientError | undefined;
  readonly onJoin: () => void;
  readonly onStart: () => void;
}) {
  const { creator, creatorUid, description, id, scheduledFor, status, title } = details;
  return (
    <Screen>
      <Card>
        <Text kind="title">{title}</Text>
        <Row>
          <Avatar name={creator.displayName} photoUrl={creator.photoUrl} />
          <Grow>
            <Text kind="strong">{creator.displayName}</Text>
            {scheduledFor && status === "scheduled" && (
              <Text kind="small" color="muted">
                {momentText(scheduledFor.toMillis())}
              </Text>
            )}
          </Grow>
        </Row>
        {description !== "" && <Text>{description}</Text>}
        {status === "live" && (
          <Button kind="primary" text="Join" isBusy={isEntering} onPress={onJoin} />
        )}
        {isMine && (status === "draft" || status === "scheduled") && (
          <Button kind="primary" text="Go live" isBusy={isEntering} onPress={onStart} />
        )}
        {!isMine && status === "scheduled" && <Remind showId={id} />}
        {status === "ended" && <Notice text={messageFor("SHOW_OVER")} />}
        {status === "cancelled" && <Notice text={`${title} was cancelled`} />}
        <Refused error={error} />
      </Card>
      {!isMine && <Follow creatorUid={creatorUid} name={creator.displayName} />}
    </Screen>
  );
}

function Remind({ showId }: { readonly showId: string }) {
  const { notifications } = useAmbient();
  const reminder = useObservable(notifications.hasReminder(showId));
  const { isPending, error, run } = useAction();
  const isOn = reminder.value ?? false;
  return (
    <>
      <Button
        text={isOn ? "Cancel reminder" : "Remind me"}
        isBusy={isPending}
        isDisabled={reminder.kind === "loading"}
        onPress={() => {
          run(() => (isOn ? notifications.cancelReminder(showId) : notifications.remind(showId)));
        }}
      />
      <Refused error={error} />
    </>
  );
}

function Follow({ creatorUid, name }: { readonly creatorUid: string; readonly name: string }) {
  const { follows } = useAmbient();
  const following = useObservable(follows.isFollowing(creatorUid));
  const { isPending, error, run } = useAction();
  const isOn = following.value ?? false;
  return (
    <Card>
      <Button
        text={isOn ? `Unfollow ${name}` : `Follow ${name}`}
        isBusy={isPending}
        isDisabled={following.kind === "loading"}
        onPress={() => {
          run(() => (isOn ? follows.unfollow(creatorUid) : follows.follow(creatorUid)));
        }}
      />
      <Refused error={error} />
    </Card>
  );
}
