import { askAgainAt, messageFor, type Show, type SpeakRequest } from "@ambient/client/core";
import { useAction, useObservable } from "@ambient/react";
import { useEffect, useState } from "react";
import { Button } from "../ui/Button";
import { Card } from "../ui/layout";
import { Refused } from "../ui/Notice";
import { Text } from "../ui/Text";

/** Asks the hosts for a place on the stage. */
export function HandRaise({
  show,
  request,
}: {
  readonly show: Show;
  readonly request: SpeakRequest | undefined;
}) {
  const { settings } = useObservable(show.details).value;
  const { isPending, error, run } = useAction();
  const wait = useSecondsUntil(request && askAgainAt(request));
  if (request?.status === "pending") {
    return (
      <Card title="Your hand is up">
        <Text color="muted">The hosts can see it.</Text>
        <Button
          text="Lower hand"
          isBusy={isPending}
          onPress={() => {
            run(() => show.stage.cancelAsk());
          }}
        />
        <Refused error={error} />
      </Card>
    );
  }
  if (settings?.speakRequestsOpen === false) {
    return (
      <Card>
        <Text color="muted">{messageFor("REQUESTS_CLOSED")}</Text>
      </Card>
    );
  }
  return (
    <Card>
      <Button
        kind="primary"
        text="Raise hand"
        isBusy={isPending}
        isDisabled={wait > 0}
        onPress={() => {
          run(() => show.stage.ask());
        }}
      />
      {wait > 0 && <Text color="muted">You can ask again in {wait} s.</Text>}
      <Refused error={error} />
    </Card>
  );
}

/** Counts down. `at` is in ms since the epoch. */
function useSecondsUntil(at: number | undefined): number {
  const left = () => (at === undefined ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1_000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (at === undefined) return undefined;
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) clearInterval(timer);
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [at]);
  return seconds;
}
