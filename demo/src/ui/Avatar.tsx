import { hashOf } from "./hash.js";

/** A generated picture, because a laptop without a network cannot load Spotify's. */
export function Avatar({
  uid,
  name,
  size = 48,
}: {
  readonly uid: string;
  readonly name: string;
  readonly size?: number;
}) {
  const hue = hashOf(uid) % 360;
  const letters = name
    .split(/\s+/)
    .map((word) => /\p{L}/u.exec(word)?.[0] ?? "")
    .slice(0, 2)
    .join("");
  return (
    <span
      class="avatar"
      aria-hidden="true"
      data-initials={letters === "" ? "?" : letters.toUpperCase()}
      style={{
        width: `${size}px`,
        height: `${size}px`,
        fontSize: `${size * 0.36}px`,
        backgroundColor: `hsl(${hue} 48% 34%)`,
        backgroundImage: `linear-gradient(145deg, hsl(${hue} 52% 40%), hsl(${(hue + 50) % 360} 55% 27%))`,
      }}
    />
  );
}
