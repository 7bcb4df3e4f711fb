import { messageFor, type Comment, type Show } from "@ambient/client/core";
import { useAction, useComments, useObservable } from "@ambient/react";
import { useState } from "react";
import { Pressable, StyleSheet } from "react-native";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Card, Grow, Row } from "../ui/layout";
import { Refused, Shown } from "../ui/Notice";
import { Text } from "../ui/Text";

export function Comments({
  show,
  isHost,
  onChoose,
}: {
  readonly show: Show;
  readonly isHost: boolean;
  readonly onChoose: (uid: string) => void;
}) {
  const { latest, earlier, more, isLoadingMore, error } = useComments(show);
  const row = (comment: Comment) => (
    <CommentRow
      key={comment.id}
      show={show}
      comment={comment}
      isHost={isHost}
      onChoose={onChoose}
    />
  );
  return (
    <Card title="Comments">
      <CommentForm show={show} />
      <Shown loaded={latest} what="Loading the comments">
        {(known) =>
          known.length === 0 ? <Text color="muted">No comments yet.</Text> : known.map(row)
        }
      </Shown>
      {earlier.map(row)}
      {more && <Button text="Earlier comments" isBusy={isLoadingMore} onPress={more} />}
      <Refused error={error} />
    </Card>
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
      // Text that was typed meanwhile belongs to the next comment.
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

function CommentRow({
  show,
  comment: { author, authorUid, hidden, id, text },
  isHost,
  onChoose,
}: {
  readonly show: Show;
  readonly comment: Comment;
  readonly isHost: boolean;
  readonly onChoose: (uid: string) => void;
}) {
  const { isPending, error, run } = useAction();
  return (
    <>
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
              {hidden ? " · hidden" : ""}
            </Text>
            <Text color={hidden ? "muted" : "text"}>{text}</Text>
          </Grow>
        </Pressable>
        {isHost && (
          <Button
            text={hidden ? "Show" : "Hide"}
            label={`${hidden ? "Show" : "Hide"} the comment of ${author.displayName}`}
            isBusy={isPending}
            onPress={() => {
              run(() => (hidden ? show.comments.unhide(id) : show.comments.hide(id)));
            }}
          />
        )}
      </Row>
      <Refused error={error} />
    </>
  );
}

const styles = StyleSheet.create({
  comment: { flex: 1, flexDirection: "row", gap: 10, paddingVertical: 4 },
  pressed: { opacity: 0.6 },
});
