import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import { escape } from "./escape.js";
import { lettersOf, shortened } from "./letters.js";
import { type SharedShow, stateOf } from "./sharedShow.js";

const WIDTH = 1_200;
const HEIGHT = 630;
const MARGIN = 80;
const SIZES = [88, 72, 58] as const;
const MAX_LINES = 3;
/** The average width of a letter of DejaVu Sans Bold, as a share of its size. */
const LETTER_WIDTH = 0.69;

const { resolve } = createRequire(import.meta.url);
/** Google's machines have no fonts. DejaVu has Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian letters. */
const fontFiles = ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf"].map((name) =>
  resolve(`dejavu-fonts-ttf/ttf/${name}`),
);

/** The picture of a shared show: 1,200 × 630 pixels, as Open Graph previews want it. */
export function shareCard(show: SharedShow): Uint8Array {
  const resvg = new Resvg(cardSvg(show), {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  });
  return resvg.render().asPng();
}

export function cardSvg(show: SharedShow): string {
  const { title, creatorName, isForAdults, status } = show;
  const { lines, size } = fitted(title);
  const state = isForAdults ? `${stateOf(show)} · 18+` : stateOf(show);
  const badge = status === "live" ? "#bb2237" : "#3d3470";
  const text = (content: string, x: number, y: number, fontSize: number, weight: number) =>
    `<text x="${x}" y="${y}" font-size="${fontSize}" font-weight="${weight}" fill="#ffffff">${escape(content)}</text>`;
  const badgeWidth = Math.min(WIDTH - 2 * MARGIN, 60 + state.length * 30 * 0.57);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans">
<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#4c3fc4"/><stop offset="1" stop-color="#170f42"/></linearGradient></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#ground)"/>
<rect x="${MARGIN}" y="${MARGIN}" width="${badgeWidth}" height="60" rx="30" fill="${badge}"/>
${text(state, MARGIN + 30, MARGIN + 41, 30, 700)}
${lines.map((line, index) => text(line, MARGIN, 250 + index * size * 1.2, size, 700)).join("\n")}
${text(shortened(`with ${creatorName}`, 40), MARGIN, HEIGHT - MARGIN, 38, 400)}
${text("Ambient", WIDTH - MARGIN - 190, HEIGHT - MARGIN, 38, 700)}
</svg>`;
}

/** The largest size in which the title fits into three lines. A longer one is cut. */
function fitted(title: string): { readonly lines: readonly string[]; readonly size: number } {
  for (const size of SIZES) {
    const lines = wrapped(title, lettersAt(size));
    if (lines.length <= MAX_LINES) return { lines, size };
  }
  const size = SIZES[SIZES.length - 1] ?? 0;
  const lines = wrapped(title, lettersAt(size));
  const last = shortened(lines.slice(MAX_LINES - 1).join(" "), lettersAt(size));
  return { lines: [...lines.slice(0, MAX_LINES - 1), last], size };
}

function lettersAt(size: number): number {
  return Math.floor((WIDTH - 2 * MARGIN) / (size * LETTER_WIDTH));
}

/** At spaces, and within a word that is longer than a line. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    let rest = lettersOf(word);
    while (rest.length > 0) {
      const piece = rest.slice(0, letters).join("");
      rest = rest.slice(letters);
      const line = lines.at(-1);
      const joined = line === undefined ? piece : `${line} ${piece}`;
      if (line !== undefined && lettersOf(joined).length <= letters)
        lines[lines.length - 1] = joined;
      else lines.push(piece);
    }
  }
  return lines;
}
