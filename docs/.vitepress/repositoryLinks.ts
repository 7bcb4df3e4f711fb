import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { z } from "zod";

const environment = z.object({ relativePath: z.string() });

/**
 * A link from a page to a file outside `docs/` leads nowhere on the site. There it is text that names the file. On GitHub
 * and in an editor the link works.
 */
export function markLinksToTheRepository(md: MarkdownRenderer): void {
  md.core.ruler.push("links-to-the-repository", ({ env, tokens }) => {
    // Absent where VitePress parses a heading for the page's title.
    const { data } = environment.safeParse(env);
    if (!data) return;
    let isMarked = false;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "link_open") {
        const file = fileOutside(data.relativePath, token.attrGet("href") ?? "");
        isMarked = file !== undefined;
        if (file === undefined) continue;
        token.type = "html_inline";
        token.content = `<span class="in-repository" title="In the repository: ${md.utils.escapeHtml(file)}">`;
      } else if (token.type === "link_close" && isMarked) {
        isMarked = false;
        token.type = "html_inline";
        token.content = "</span>";
      }
    }
  });
}

/** The file's path in the repository, if a page's link leaves `docs/`. */
function fileOutside(page: string, link: string): string | undefined {
  if (/^[a-z]+:|^[#/]/.test(link)) return undefined;
  const [path = ""] = link.split("#");
  const target = posix.join("docs", posix.dirname(page), path);
  return target.startsWith("docs/") ? undefined : target;
}
