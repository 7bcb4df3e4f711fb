import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Application,
  Converter,
  DeclarationReflection,
  type Reflection,
  ReflectionKind,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import type { TypeDocOptions } from "typedoc";
import { SymbolFlags } from "typescript";

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

/** Public names without a docstring or without an example in it, and what classes have likewise. */
export async function undocumentedNames(): Promise<readonly string[]> {
  const { classes, project } = await read({ ...options, disableSources: false });
  const named = project.getReflectionsByKind(
    ReflectionKind.Class |
      ReflectionKind.Interface |
      ReflectionKind.TypeAlias |
      ReflectionKind.Variable |
      ReflectionKind.Function |
      ReflectionKind.Method |
      ReflectionKind.Accessor |
      ReflectionKind.Property,
  );
  return named
    .filter((reflection) => isPublished(reflection, classes) && !isDocumented(reflection))
    .map((reflection) => reflection.getFullName())
    .sort();
}

/** What stands in the package itself: members of interfaces and the server's own types speak for themselves. */
function isPublished(reflection: Reflection, classes: ReadonlySet<Reflection>): boolean {
  if (!(reflection instanceof DeclarationReflection) || reflection.inheritedFrom) return false;
  const [source] = reflection.sources ?? reflection.getSignature?.sources ?? [];
  if (!source?.fullFileName.includes("/client/src/")) return false;
  const { parent } = reflection;
  return parent?.kind === ReflectionKind.Project || (parent !== undefined && classes.has(parent));
}

function isDocumented(reflection: Reflection): boolean {
  const comments = [
    reflection.comment,
    ...(reflection instanceof DeclarationReflection
      ? [
          ...(reflection.signatures ?? []),
          ...(reflection.getSignature ? [reflection.getSignature] : []),
        ].map(({ comment }) => comment)
      : []),
  ];
  return comments.some((comment) => comment?.hasVisibleComponent() && comment.getTag("@example"));
}

async function read(withOptions: Partial<TypeDocOptions & PluginOptions>) {
  const app = await Application.bootstrapWithPlugins(withOptions);
  // To typedoc a class that is exported as a type alone is an interface.
  const classes = new Set<Reflection>();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const flags = context.getSymbolFromReflection(reflection)?.flags ?? 0;
    if ((flags & SymbolFlags.Class) !== 0) classes.add(reflection);
  });
  const project = await app.convert();
  if (!project) throw new Error("typedoc found nothing to tell of");
  return { app, classes, project };
}
