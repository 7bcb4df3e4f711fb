import { renderMermaidSVG } from "beautiful-mermaid";
import type { MarkdownRenderer } from "vitepress";

/** The colours of the site's theme, so that diagrams follow its dark mode. */
const COLOURS = {
  bg: "var(--vp-c-bg)",
  fg: "var(--vp-c-text-1)",
  muted: "var(--vp-c-text-2)",
  line: "var(--vp-c-text-3)",
  accent: "var(--vp-c-brand-1)",
  surface: "var(--vp-c-bg-soft)",
  border: "var(--vp-c-divider)",
};

/** In place of each diagram's own style, which would load a font from Google and apply to the whole page. */
export const diagramStyle = `
.diagram { overflow-x: auto; margin: 16px 0; }
.diagram svg { display: block; height: auto; max-width: max(100%, 680px); margin: 0 auto; }
.diagram text { font-family: var(--vp-font-family-base); }
.diagram .message text { font-size: 13px; stroke: var(--bg); stroke-width: 5px; paint-order: stroke; }
.diagram svg {
  --_text: var(--fg);
  --_text-sec: var(--muted);
  --_text-muted: var(--muted);
  --_text-faint: var(--line);
  --_line: var(--line);
  --_arrow: var(--accent);
  --_node-fill: var(--surface);
  --_node-stroke: var(--border);
  --_group-fill: var(--bg);
  --_group-hdr: var(--surface);
  --_inner-stroke: var(--border);
  --_key-badge: var(--surface);
}
.in-repository { border-bottom: 1px dotted var(--vp-c-text-3); }
`;

/** Renders each Mermaid block to SVG while the site is built, so that the browser loads no renderer. */
export function renderDiagrams(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info.trim() === "mermaid") {
      const heading = tokens.slice(0, index).findLastIndex(({ type }) => type === "heading_open");
      return diagram(token.content, tokens[heading + 1]?.content ?? "");
    }
    return fence?.(tokens, index, options, env, self) ?? "";
  };
}

function diagram(source: string, heading: string): string {
  const svg = renderMermaidSVG(source, { ...COLOURS, transparent: true, padding: 8 }).replace(
    /<style>.*?<\/style>/s,
    "",
  );
  const label = escaped(`Diagram: ${heading}`);
  // `v-pre`: a label may contain what Vue would evaluate.
  return `<div class="diagram" role="img" aria-label="${label}" v-pre>${svg}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
