import type { SpeakRequest } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { RequestRow } from "./RequestRow.js";
import { words } from "../words/words.js";

const none: readonly SpeakRequest[] = [];

/** The requests to speak, oldest first. */
export function RequestQueue() {
  const { show } = useLiveShow();
  const requests = useObservable(show.stage.requests());
  const { settings } = useObservable(show.details).value;
  const { isPending, error, run, dismiss } = useAction();
  const waiting = requests.value ?? none;
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  const [firstKnown, setFirstKnown] = useState<readonly SpeakRequest[]>();
  useEffect(() => {
    if (requests.kind === "known") setFirstKnown((before) => before ?? requests.value);
  }, [requests]);
  return (
    <section class="card" aria-labelledby="requests">
      <h2 id="requests" ref={heading} tabIndex={-1}>
        {words.stage.requests} {waiting.length > 0 && <span class="count">{waiting.length}</span>}
      </h2>
      {requests.kind === "loading" && <Skeleton rows={1} />}
      {requests.kind === "failed" && <Refused error={requests.error} />}
      {requests.kind === "known" && waiting.length === 0 && (
        <Empty icon="hand" title={words.stage.noRequests}>
          {settings?.speakRequestsOpen === false ? words.stage.requestsOff : undefined}
        </Empty>
      )}
      <ul class="row-list" ref={area}>
        {waiting.map((request) => (
          <RequestRow
            key={request.uid}
            request={request}
            isNew={firstKnown !== undefined && !firstKnown.some((known) => isSame(known, request))}
            isBusy={isPending}
            onDecide={(decision) => {
              run(() => show.stage.decide(request.uid, decision));
            }}
          />
        ))}
      </ul>
      <Refused error={error} onDismiss={dismiss} />
    </section>
  );
}

/** A person who lowers their hand and raises it again has a new request under the same uid. */
function isSame(one: SpeakRequest, other: SpeakRequest): boolean {
  return one.uid === other.uid && one.createdAt.toMillis() === other.createdAt.toMillis();
}
