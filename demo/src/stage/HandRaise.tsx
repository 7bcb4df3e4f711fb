import { askAgainAt } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useSecondsUntil } from "../ui/useSecondsUntil.js";
import { words } from "../words/words.js";

export function HandRaise() {
  const { show } = useLiveShow();
  const request = useObservable(show.stage.request).value;
  const { invitedTo } = useObservable(show.me).value;
  const { settings } = useObservable(show.details).value;
  const connection = useObservable(show.connection).value;
  const { isPending, error, run, dismiss } = useAction();
  const [message, setMessage] = useState("");
  const [isAsking, setAsking] = useState(false);
  const { area } = useKeptFocus<HTMLDivElement>();
  const wait = useSecondsUntil(request && askAgainAt(request));
  if (invitedTo !== null) {
    return (
      <div class="hand" ref={area} tabIndex={-1}>
        <p class="muted">{words.stage.invitedAbove}</p>
      </div>
    );
  }
  if (request?.status === "pending") {
    return (
      <div class="hand hand-up" ref={area} tabIndex={-1}>
        <p>
          <strong>{words.stage.handIsUp}</strong> <span>{words.stage.handIsSeen}</span>
        </p>
        <Button
          isBusy={isPending}
          onClick={() => {
            run(() => show.stage.cancelAsk());
          }}
        >
          {words.stage.lowerHand}
        </Button>
        <Refused error={error} />
      </div>
    );
  }
  if (wait > 0) {
    return (
      <div class="hand" ref={area} tabIndex={-1}>
        <p class="figures-inline">
          {request?.status === "rejected" && <strong>{words.stage.declined}</strong>}{" "}
          <span>{words.stage.askAgainIn(wait)}</span>
        </p>
      </div>
    );
  }
  if (settings?.speakRequestsOpen === false) {
    return (
      <div class="hand" ref={area} tabIndex={-1}>
        <p class="muted">{words.stage.requestsClosed}</p>
      </div>
    );
  }
  if (!isAsking) {
    return (
      <div class="hand" ref={area} tabIndex={-1}>
        <Button
          kind="primary"
          icon="hand"
          isDisabled={connection === "offline"}
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.stage.raiseHand}
        </Button>
        <Refused error={error} onDismiss={dismiss} />
      </div>
    );
  }
  return (
    <div class="hand" ref={area} tabIndex={-1}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            await show.stage.ask(message.trim());
            setAsking(false);
            setMessage("");
          });
        }}
      >
        <TextField label={words.stage.request} value={message} onInput={setMessage} longest={140} />
        <div class="actions">
          <Button type="submit" kind="primary" icon="hand" isBusy={isPending}>
            {words.stage.ask}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              setAsking(false);
              dismiss();
            }}
          >
            {words.stage.neverMind}
          </Button>
        </div>
        <Refused error={error} />
      </form>
    </div>
  );
}
