import type { SpeakRequest } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useAnnounce } from "../app/Announcer.js";
import { useParticipant } from "../audience/useParticipant.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { words } from "../words/words.js";

/** A request to speak. It contains the person's uid only. */
export function RequestRow({
  request: { uid, message },
  isNew,
  isBusy,
  onDecide,
}: {
  readonly request: SpeakRequest;
  /** The request arrived while the list was shown. */
  readonly isNew: boolean;
  readonly isBusy: boolean;
  readonly onDecide: (decision: "accept" | "reject") => void;
}) {
  const person = useParticipant(uid);
  const name = person.value?.displayName ?? words.common.someone;
  useAnnouncement(isNew && person.kind !== "loading" ? words.stage.newRequest(name) : undefined);
  return (
    <li class="request" data-uid={uid}>
      <Avatar uid={uid} name={name} size={40} />
      <div class="request-text">
        <p class="row-title" dir="auto">
          {name}
        </p>
        {message !== "" && (
          <p class="muted small" dir="auto">
            {message}
          </p>
        )}
      </div>
      <div class="actions">
        <Button
          kind="primary"
          isSmall
          isBusy={isBusy}
          label={words.stage.acceptPerson(name)}
          onClick={() => {
            onDecide("accept");
          }}
        >
          {words.stage.accept}
        </Button>
        <Button
          isSmall
          isBusy={isBusy}
          label={words.stage.declinePerson(name)}
          onClick={() => {
            onDecide("reject");
          }}
        >
          {words.stage.decline}
        </Button>
      </div>
    </li>
  );
}

/** Announces the sentence once, when it is known. */
function useAnnouncement(sentence: string | undefined): void {
  const announce = useAnnounce();
  const [isAnnounced, setAnnounced] = useState(false);
  useEffect(() => {
    if (isAnnounced || sentence === undefined) return;
    setAnnounced(true);
    announce(sentence);
  }, [isAnnounced, sentence, announce]);
}
