import { messageFor, type Comment, type Show } from "@ambient/client/core";
import { useAction, useComments, useObservable } from "@ambient/react";
import { memo, useCallback, useState, type ReactNode } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Card, Grow, ListScreen, Row } from "../ui/layout";
import { Loading, Refused, Shown } from "../ui/Notice";
import { Text } from "../ui/Text";
import { TOUCH } from "../ui/theme";

/** The show's screen: what is above the comments, and all comments. */
export function Comments({
  show,
  isHost,
  onChoose,
  children,
}: {
  readonly show: Show;
  readonly isHost: boolean;
  /** The same function each time, or all rows render again. */
  readonly onChoose: (uid: string) => void;
  readonly children: ReactNode;
}) {
  const { latest, earlier, more, isLoadingMore, error, updateEarlier } = useComments(show);
  const row = useCallback(
    ({ item: comment }: { readonly item: Comment }) => (
      <CommentRow
        show={show}
        comment={comment}
        isHost={isHost}
        onChoose={onChoose}
        onUpdated={updateEarlier}
      />
    ),
    [show, isHost, onChoose, updateEarlier],
  );
  return (
    <ListScreen
      items={[...(latest.value ?? []), ...earlier]}
      row={row}
      onEnd={more}
      below={
        <>
          {isLoadingMore && <Loading what="Loading earlier comments" />}
          <Refused error={error} retry={more} />
        </>
      }
    >
      {children}
      <Card title="Comments">
        <CommentForm show={show} />
        <Shown loaded={latest} what="Loading the comments">
          {(known) => known.length === 0 && <Text color="muted">No comments yet. Say hello.</Text>}
        </Shown>
      </Card>
    </ListScreen>
  );
}

function CommentForm({ show }: { readonly show: Show }) {
  const { settings } = useObservable(show.details).value;
  const [text, setText] = useState("");
  const { isPending, error, run } = useAction();
  if (settings?.commentsEnabled === false) {
    return <Text color="muted">{messageFor("COMMENTS_CLOSED")}</Text>;
  }
  const send = () => {
    if (text.trim() === "") return;
    run(async () => {
      await show.comments.send(text.trim());
      // Text that was typed in the meantime belongs to the next comment.
      setText((now) => (now === text ? "" : now));
    });
  };
  return (
    <>
      <Field label="Your comment" value={text} onChange={setText} onSubmit={send} longest={500} />
      <Button text="Send" isBusy={isPending} isDisabled={text.trim() === ""} onPress={send} />
      <Refused error={error} />
    </>
  );
}

const CommentRow = memo(function CommentRow({
  show,
  comment,
  isHost,
  onChoose,
  onUpdated,
}: {
  readonly show: Show;
  readonly comment: Comment;
  readonly isHost: boolean;
  readonly onChoose: (uid: string) => void;
  readonly onUpdated: (id: string, revised: Comment) => void;
}) {
  const { author, authorUid, hidden, id, text } = comment;
  const { isPending, error, run } = useAction();
  return (
    <View style={styles.row}>
      <Row>
        <Pressable
          role="button"
          aria-label={`${author.displayName}: ${text}`}
          onPress={() => {
            onChoose(authorUid);
          }}
          style={({ pressed }) => [styles.comment, pressed && styles.pressed]}
        >
          <Avatar name={author.displayName} photoUrl={author.photoUrl} size={36} />
          <Grow>
            <Text kind="small" color="muted">
              {author.displayName}
              {hidden ? " · Hidden from listeners" : ""}
            </Text>
            <Text color={hidden ? "muted" : "text"}>{text}</Text>
          </Grow>
        </Pressable>
        {isHost && (
          <Button
            text={hidden ? "Show" : "Hide"}
            label={`${hidden ? "Show" : "Hide"} comment by ${author.displayName}`}
            isBusy={isPending}
            onPress={() => {
              run(async () => {
                await (hidden ? show.comments.unhide(id) : show.comments.hide(id));
                onUpdated(id, { ...comment, hidden: !hidden });
              });
            }}
          />
        )}
      </Row>
      <Refused error={error} />
    </View>
  );
});

const styles = StyleSheet.create({
  row: { paddingVertical: 4 },
  comment: { flex: 1, minHeight: TOUCH, flexDirection: "row", alignItems: "center", gap: 10 },
  pressed: { opacity: 0.6 },
});
