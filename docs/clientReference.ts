import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, DeclarationReflection, type Reflection, ReflectionKind } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import type { TypeDocOptions } from "typedoc";

const root = fileURLToPath(new URL("../", import.meta.url));

export const clientReferenceFile = new URL("CLIENT.md", import.meta.url);

const options: Partial<TypeDocOptions & PluginOptions> = {
  name: "@ambient/client",
  entryPoints: [join(root, "client/src/index.ts")],
  tsconfig: join(root, "tsconfig.json"),
  plugin: ["typedoc-plugin-markdown"],
  router: "module",
  readme: "none",
  hideBreadcrumbs: true,
  hidePageHeader: true,
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  skipErrorChecking: true,
  sort: ["source-order"],
  logLevel: "Error",
  entryFileName: "CLIENT",
  parametersFormat: "table",
  useCodeBlocks: true,
};

/** The reference of the client package, from the docstrings of its public names. */
export async function renderClientReference(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ambient-reference-"));
  try {
    const { app, project } = await read({ ...options, out: directory });
    await app.generateOutputs(project);
    return await readFile(join(directory, "CLIENT.md"), "utf8");
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Public names without a docstring or without an example in it, and methods likewise. */
export async function undocumentedNames(): Promise<readonly string[]> {
  const { project } = await read({ ...options, disableSources: false });
  const named = project.getReflectionsByKind(
    ReflectionKind.Class |
      ReflectionKind.Interface |
      ReflectionKind.TypeAlias |
      ReflectionKind.Variable |
      ReflectionKind.Function |
      ReflectionKind.Method,
  );
  return named
    .filter((reflection) => isPublished(reflection) && !isDocumented(reflection))
    .map((reflection) => reflection.getFullName())
    .sort();
}

/** What stands in the package itself: members of interfaces and the server's own types speak for themselves. */
function isPublished(reflection: Reflection): boolean {
  if (!(reflection instanceof DeclarationReflection) || reflection.inheritedFrom) return false;
  const [source] = reflection.sources ?? [];
  if (!source?.fullFileName.includes("/client/src/")) return false;
  return (
    reflection.parent?.kind === ReflectionKind.Project ||
    reflection.parent?.kind === ReflectionKind.Class
  );
}

function isDocumented(reflection: Reflection): boolean {
  const comments = [
    reflection.comment,
    ...(reflection instanceof DeclarationReflection
      ? (reflection.signatures ?? []).map(({ comment }) => comment)
      : []),
  ];
  return comments.some((comment) => comment?.hasVisibleComponent() && comment.getTag("@example"));
}

async function read(withOptions: Partial<TypeDocOptions & PluginOptions>) {
  const app = await Application.bootstrapWithPlugins(withOptions);
  const project = await app.convert();
  if (!project) throw new Error("typedoc found nothing to tell of");
  return { app, project };
}
