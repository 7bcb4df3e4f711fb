import { useAccount, useAction, useAmbient, useShows } from "@ambient/react";
import { useNavigation } from "@react-navigation/native";
import { useState } from "react";
import { ShowRow } from "../discover/ShowRow";
import { pushToken } from "../push/push";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { confirm } from "../ui/confirm";
import { counted } from "../ui/counted";
import { Field } from "../ui/Field";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Refused, Shown } from "../ui/Notice";
import { PagedList } from "../ui/PagedList";
import { Text } from "../ui/Text";
import { TermsCard } from "./TermsCard";

export function ProfileScreen() {
  const { profile } = useAccount();
  return (
    <Screen>
      <Card>
        <Shown loaded={profile} what="Loading your profile">
          {(known) =>
            known && (
              <>
                <Row>
                  <Avatar name={known.displayName} photoUrl={known.photoUrl} size={64} />
                  <Grow>
                    <Text kind="title">{known.displayName}</Text>
                    <Text kind="small" color="muted">
                      {counted(known.followerCount, "follower", "followers")}
                    </Text>
                  </Grow>
                </Row>
                <Bio key={known.bio} before={known.bio} />
              </>
            )
          }
        </Shown>
      </Card>
      <TermsCard />
      <YourShows />
      <YourAccount />
    </Screen>
  );
}

function Bio({ before }: { readonly before: string }) {
  const ambient = useAmbient();
  const [bio, setBio] = useState(before);
  const { isPending, error, run } = useAction();
  return (
    <>
      <Field label="Bio" value={bio} onChange={setBio} longest={500} isLong />
      {bio !== before && (
        <Button
          text="Save"
          isBusy={isPending}
          onPress={() => {
            run(() => ambient.account.editProfile({ bio }));
          }}
        />
      )}
      <Refused error={error} />
    </>
  );
}

function YourShows() {
  const ambient = useAmbient();
  const navigation = useNavigation();
  const shows = useShows("mine");
  const [title, setTitle] = useState("");
  const { isPending, error, run } = useAction();
  const create = async () => {
    const showId = await ambient.shows.create({ title: title.trim() });
    setTitle("");
    navigation.navigate("Show", { showId });
  };
  return (
    <Card title="Your shows">
      <PagedList pages={shows} what="Your shows" empty="You have no shows yet">
        {(show) => <ShowRow show={show} />}
      </PagedList>
      <Field label="Title" value={title} onChange={setTitle} longest={100} />
      <Button
        text="Create show"
        isBusy={isPending}
        isDisabled={title.trim() === ""}
        onPress={() => {
          run(create);
        }}
      />
      <Refused error={error} />
    </Card>
  );
}

function YourAccount() {
  const ambient = useAmbient();
  const { isPending, error, run } = useAction();
  return (
    <Card title="Your account">
      <Button
        text="Sign out"
        isBusy={isPending}
        onPress={() => {
          run(async () => {
            await ambient.account.signOut(await pushToken());
          });
        }}
      />
      <Button
        kind="danger"
        text="Delete my account"
        isBusy={isPending}
        onPress={() => {
          const question = {
            title: "Delete your account?",
            text: "This deletes your profile, your comments and your Spotify connection. If you're live, your show ends. Drafts are deleted, and scheduled shows are cancelled. This can't be undone.",
            yes: "Delete permanently",
          };
          confirm(question, () => {
            run(() => ambient.account.delete());
          });
        }}
      />
      <Refused error={error} />
    </Card>
  );
}
