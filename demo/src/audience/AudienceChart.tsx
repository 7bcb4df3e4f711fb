import { useEffect, useState } from "preact/hooks";
import { z } from "zod";
import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { type Sample, StepChart } from "./StepChart.js";
import { words } from "../words/words.js";

const sampleList = z.array(z.object({ at: z.number(), listeners: z.number() })).readonly();

const EVERY_MS = 2_000;
const MAX_CHANGES = 2_000;

/** The number of listeners over time, since this tab first opened the show. */
export function AudienceChart() {
  const { show } = useLiveShow();
  const feed = useObservable(show.feed);
  const audience = feed.value?.audience;
  const samples = useSamples(show.id, audience?.listeners);
  return (
    <section class="card" aria-labelledby="audience">
      <h2 id="audience">{words.audience.title}</h2>
      {feed.kind === "failed" && <Refused error={feed.error} />}
      {feed.kind !== "failed" && !audience && <Skeleton rows={2} />}
      {audience && <Chart {...audience} samples={samples} />}
    </section>
  );
}

function Chart({
  listeners,
  peak,
  samples,
}: {
  readonly listeners: number;
  readonly peak: number;
  readonly samples: readonly Sample[];
}) {
  return (
    <>
      <p class="chart-now">
        <span class="chart-figure">{listeners}</span>
        <span class="muted">{words.audience.nowWithPeak(peak)}</span>
      </p>
      <StepChart
        samples={samples}
        peak={peak}
        label={words.audience.chart(words.count.people(listeners), peak)}
      />
      <p class="muted small chart-ends" aria-hidden="true">
        <span>{samples.length > 1 ? sinceText(samples) : ""}</span>
        <span>{words.audience.now}</span>
      </p>
    </>
  );
}

/** One sample for each change, and one for now. */
function useSamples(showId: string, listeners: number | undefined): readonly Sample[] {
  const key = `audience:${showId}`;
  const [changes, setChanges] = useState<readonly Sample[]>(() => stored(key));
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  useEffect(() => {
    if (listeners === undefined) return;
    setNow(Date.now());
    setChanges((before) =>
      before.at(-1)?.listeners === listeners
        ? before
        : [...before, { at: Date.now(), listeners }].slice(-MAX_CHANGES),
    );
  }, [listeners]);
  useEffect(() => {
    sessionStorage.setItem(key, JSON.stringify(changes));
  }, [key, changes]);
  const last = listeners ?? changes.at(-1)?.listeners;
  return last === undefined ? [] : [...changes, { at: now, listeners: last }];
}

/** Samples from before the page was reloaded. */
function stored(key: string): readonly Sample[] {
  const found = sampleList.safeParse(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
  return found.success ? found.data : [];
}

function sinceText(samples: readonly Sample[]): string {
  const minutes = Math.round((Date.now() - (samples[0]?.at ?? Date.now())) / 60_000);
  return minutes < 1 ? words.audience.justNow : words.audience.ago(words.count.minutes(minutes));
}
