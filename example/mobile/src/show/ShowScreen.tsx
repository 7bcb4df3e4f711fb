import type { NativeStackScreenProps } from "@react-navigation/native-stack";
import { messageFor, type AmbientError, type ShowDetails } from "@ambient/client/core";
import { useAccount, useAction, useAmbient, useObservable, useStay } from "@ambient/react";
import { useEffect } from "react";
import type { StackParams } from "../root/params";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Loading, Notice, Refused } from "../ui/Notice";
import { Text } from "../ui/Text";
import { momentText } from "../ui/time";
import { InShow } from "./InShow";

type ScreenProps = NativeStackScreenProps<StackParams, "Show">;

/** A show in any state. Closing the screen leaves the show, and so does a link to another show. */
export function ShowScreen(props: ScreenProps) {
  return <OneShow key={props.route.params.showId} {...props} />;
}

function OneShow({ navigation, route }: ScreenProps) {
  const { showId } = route.params;
  const { uid } = useAccount();
  const { shows } = useAmbient();
  const details = useObservable(shows.show(showId));
  const stay = useStay();
  const place = useObservable(stay.place).value;
  const starting = useAction();
  useEffect(
    () => () => {
      stay.leaveNow();
    },
    [stay],
  );
  const join = () => {
    stay.rejoin(showId);
  };
  if (place.kind === "in" && place.showId === showId) {
    return (
      <InShow
        show={place.show}
        presence={place.presence}
        onLeave={() => {
          navigation.goBack();
        }}
        onEnterAgain={join}
      />
    );
  }
  switch (details.kind) {
    case "loading":
      return <Loading what="Loading the show" />;
    case "failed":
      // To others, a draft looks like a show that does not exist.
      return details.error.reason === "PERMISSION_DENIED" ? (
        <NotAvailable />
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
          isEntering={place.kind === "joining" || starting.isPending}
          error={place.kind === "refused" ? place.error : starting.error}
          onJoin={join}
          onStart={() => {
            starting.run(() => stay.start(showId));
          }}
        />
      ) : (
        <NotAvailable />
      );
  }
}

function NotAvailable() {
  return (
    <Screen>
      <Card>
        <Text kind="title">Not available</Text>
        <Text color="muted">This show does not exist, or is not for you to see.</Text>
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
        {status === "cancelled" && <Notice text="This show was cancelled." />}
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
        text={isOn ? "Cancel the reminder" : "Remind me"}
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
