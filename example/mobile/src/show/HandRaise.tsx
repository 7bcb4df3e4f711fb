import { askAgainAt, type Show, type SpeakRequest } from "@ambient/client/core";
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
        <Text color="muted">The hosts see it.</Text>
        <Button
          text="Lower your hand"
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
        <Text color="muted">The hosts take no requests to speak at the moment.</Text>
      </Card>
    );
  }
  return (
    <Card>
      <Button
        kind="primary"
        text={wait > 0 ? `Ask again in ${wait} s` : "Raise your hand"}
        isBusy={isPending}
        isDisabled={wait > 0}
        onPress={() => {
          run(() => show.stage.ask());
        }}
      />
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
