import type { FoundShow } from "@ambient/client/core";
import { useAction, useAmbient, useObservable, useShows } from "@ambient/react";
import { useState } from "react";
import { StyleSheet, View } from "react-native";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Card, Grow, Row, Screen } from "../ui/layout";
import { Refused, Shown } from "../ui/Notice";
import { PagedList } from "../ui/PagedList";
import { Text } from "../ui/Text";
import { ShowRow } from "./ShowRow";

export function DiscoverScreen() {
  return (
    <Screen>
      <Search />
      <Section title="Live now" which="live" empty="Nobody is live right now" />
      <Followed />
      <Section title="Coming up" which="upcoming" empty="Nothing scheduled yet" />
    </Screen>
  );
}

function Section({
  title,
  which,
  empty,
}: {
  readonly title: string;
  readonly which: "live" | "upcoming";
  readonly empty: string;
}) {
  const shows = useShows(which);
  return (
    <Card title={title}>
      <PagedList pages={shows} what={title} empty={empty}>
        {(show) => <ShowRow show={show} />}
      </PagedList>
    </Card>
  );
}

function Followed() {
  const { discover } = useAmbient();
  const shows = useObservable(discover.liveFromFollowed());
  return (
    <Card title="Following">
      <Shown loaded={shows} what="Loading: Following">
        {(live) =>
          live.length === 0 ? (
            <Text color="muted">Nobody you follow is live</Text>
          ) : (
            live.map((show) => <ShowRow key={show.id} show={show} />)
          )
        }
      </Shown>
    </Card>
  );
}

function Search() {
  const ambient = useAmbient();
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly FoundShow[]>();
  const { isPending, error, run } = useAction();
  const search = () => {
    run(async () => {
      setFound((await ambient.discover.searchShows(text)).items);
    });
  };
  return (
    <Card>
      <Row>
        <Grow>
          <Field
            label="Search shows"
            value={text}
            onChange={(changed) => {
              setText(changed);
              setFound(undefined);
            }}
            onSubmit={search}
            longest={100}
          />
        </Grow>
        <View style={styles.button}>
          <Button
            text="Search"
            isBusy={isPending}
            isDisabled={text.trim() === ""}
            onPress={search}
          />
        </View>
      </Row>
      <Refused error={error} />
      {found?.length === 0 && <Text color="muted">No results</Text>}
      {found?.map((show) => (
        <ShowRow key={show.id} show={show} />
      ))}
    </Card>
  );
}

const styles = StyleSheet.create({
  // Beside the input, below its label.
  button: { alignSelf: "flex-end" },
});
