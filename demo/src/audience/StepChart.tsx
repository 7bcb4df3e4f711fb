export interface Sample {
  readonly at: number;
  readonly listeners: number;
}

const WIDTH = 320;
const HEIGHT = 88;

/** The number of listeners over time. */
export function StepChart({
  samples,
  peak,
  label,
}: {
  readonly samples: readonly Sample[];
  readonly peak: number;
  readonly label: string;
}) {
  const top = Math.max(1, peak, ...samples.map((sample) => sample.listeners));
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} class="chart-ground" />
      {samples.length > 1 && (
        <>
          <path class="chart-area" d={`${lineOf(samples, top)} V${HEIGHT} H0 Z`} />
          <path class="chart-line" d={lineOf(samples, top)} />
        </>
      )}
    </svg>
  );
}

/** Draws steps, because listeners come and go as whole people. */
function lineOf(samples: readonly Sample[], top: number): string {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last) return "";
  const span = Math.max(1, last.at - first.at);
  const x = ({ at }: Sample) => (((at - first.at) / span) * WIDTH).toFixed(1);
  const y = (sample: Sample) => (HEIGHT - 4 - (sample.listeners / top) * (HEIGHT - 14)).toFixed(1);
  return samples
    .map((sample, index) => (index === 0 ? `M0 ${y(sample)}` : `H${x(sample)} V${y(sample)}`))
    .join(" ");
}
