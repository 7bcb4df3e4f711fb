import type { NativeStackScreenProps } from "@react-navigation/native-stack";
import { messageFor, type AmbientError, type ShowDetails } from "@ambient/client/core";
import type { StackParams } from "../root/params";
import {
  useAccount,
  useAmbient,
  useShow,
  useSubscribable,
  valueOf,
  useAction,
} from "../ambient/hooks";
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
  const { details, stay, enter, leave } = useShow(showId);
  if (stay.kind === "in") {
    return (
      <InShow
        show={stay.show}
        onLeave={() => {
          leave();
          navigation.goBack();
        }}
        onEnterAgain={() => {
          enter("join");
        }}
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
          isJoining={stay.kind === "joining"}
          error={stay.kind === "outside" ? stay.error : undefined}
          onEnter={enter}
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
  isJoining,
  error,
  onEnter,
}: {
  readonly details: ShowDetails;
  readonly isMine: boolean;
  readonly isJoining: boolean;
  readonly error: AmbientError | undefined;
  readonly onEnter: (how: "join" | "start") => void;
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
          <Button
            kind="primary"
            text="Join"
            isBusy={isJoining}
            onPress={() => {
              onEnter("join");
            }}
          />
        )}
        {isMine && (status === "draft" || status === "scheduled") && (
          <Button
            kind="primary"
            text="Go live"
            isBusy={isJoining}
            onPress={() => {
              onEnter("start");
            }}
          />
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
  const reminder = useSubscribable(
    () => notifications.hasReminder(showId),
    [notifications, showId],
  );
  const { isPending, error, run } = useAction();
  const isOn = valueOf(reminder, false);
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
  const following = useSubscribable(() => follows.isFollowing(creatorUid), [follows, creatorUid]);
  const { isPending, error, run } = useAction();
  const isOn = valueOf(following, false);
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
