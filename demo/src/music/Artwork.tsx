import { hashOf } from "../ui/hash.js";

/** A generated picture in place of the cover, which only Spotify has. A track looks the same on every device. */
export function Artwork({ seed }: { readonly seed: string }) {
  const hash = hashOf(seed);
  const hue = hash % 360;
  const other = (hue + 40 + ((hash >>> 9) % 90)) % 360;
  const tilt = (hash >>> 4) % 180;
  const id = `art-${hash.toString(36)}`;
  const circles = [0, 1, 2].map((index) => {
    const own = hashOf(`${seed}${index}`);
    return { x: own % 100, y: (own >>> 8) % 100, radius: 18 + ((own >>> 16) % 34) };
  });
  return (
    <svg
      class="artwork"
      viewBox="0 0 100 100"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={id} gradientTransform={`rotate(${tilt} 0.5 0.5)`}>
          <stop offset="0" stop-color={`hsl(${hue} 58% 46%)`} />
          <stop offset="1" stop-color={`hsl(${other} 62% 26%)`} />
        </linearGradient>
      </defs>
      <rect width="100" height="100" fill={`url(#${id})`} />
      {circles.map(({ x, y, radius }, index) => (
        <circle
          key={index}
          cx={x}
          cy={y}
          r={radius}
          fill={`hsl(${(other + index * 24) % 360} 70% 72%)`}
          opacity={0.16 + index * 0.05}
        />
      ))}
    </svg>
  );
}
