import type { SpeakRequest } from "@ambient/client";
import { useEffect, useRef } from "preact/hooks";
import { useAnnounce } from "../app/Announcer.js";
import { useAction } from "../ambient/useAction.js";
import { useObservable, useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { usePeople } from "../audience/usePeople.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";

const none: readonly SpeakRequest[] = [];

/** Who would like to speak, first come first served. */
export function RequestQueue() {
  const { show } = useLiveShow();
  const requests = useSubscribable(() => show.stage.requests(), [show]);
  const { settings } = useObservable(show.details);
  const people = usePeople();
  const nameOf = (uid: string) =>
    people.find((person) => person.uid === uid)?.displayName ?? "Somebody";
  const { isPending, error, run, dismiss } = useAction();
  const waiting = valueOf(requests, none);
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  useRequestAnnouncements(waiting, nameOf);
  return (
    <section class="card" aria-labelledby="requests">
      <h2 id="requests" ref={heading} tabIndex={-1}>
        Requests {waiting.length > 0 && <span class="count">{waiting.length}</span>}
      </h2>
      {requests.kind === "loading" && <Skeleton rows={1} label="Loading the requests" />}
      {requests.kind === "known" && waiting.length === 0 && (
        <Empty icon="hand" title="No hands are up">
          {settings?.speakRequestsOpen === false ? "Requests are switched off." : undefined}
        </Empty>
      )}
      <ul class="row-list" ref={area}>
        {waiting.map(({ uid, message }) => (
          <li key={uid} class="request" data-uid={uid}>
            <Avatar uid={uid} name={nameOf(uid)} size={40} />
            <div class="request-text">
              <p class="row-title">{nameOf(uid)}</p>
              {message !== "" && <p class="muted small">{message}</p>}
            </div>
            <div class="actions">
              <Button
                kind="primary"
                isSmall
                isBusy={isPending}
                label={`Accept ${nameOf(uid)}`}
                onClick={() => {
                  run(() => show.stage.decide(uid, "accept"));
                }}
              >
                Accept
              </Button>
              <Button
                isSmall
                isBusy={isPending}
                label={`Reject ${nameOf(uid)}`}
                onClick={() => {
                  run(() => show.stage.decide(uid, "reject"));
                }}
              >
                Reject
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Refused error={error} onDismiss={dismiss} />
    </section>
  );
}

function useRequestAnnouncements(
  waiting: readonly SpeakRequest[],
  nameOf: (uid: string) => string,
): void {
  const announce = useAnnounce();
  const known = useRef<readonly string[] | undefined>(undefined);
  useEffect(() => {
    const uids = waiting.map(({ uid }) => uid);
    for (const uid of known.current === undefined ? [] : uids) {
      if (!known.current?.includes(uid)) announce(`${nameOf(uid)} would like to speak.`);
    }
    known.current = uids;
  }, [waiting]);
}
