import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Application,
  Converter,
  DeclarationReflection,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import type { TypeDocOptions } from "typedoc";
import { SymbolFlags } from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));

export const clientReferenceFile = new URL("CLIENT.md", import.meta.url);

const entryPoints = [join(root, "docs/clientNames.ts")];

const options: Partial<TypeDocOptions & PluginOptions> = {
  name: "@ambient/client",
  entryPoints,
  tsconfig: join(root, "tsconfig.json"),
  plugin: ["typedoc-plugin-markdown"],
  router: "module",
  readme: "none",
  hideBreadcrumbs: true,
  hidePageHeader: true,
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

export interface ClientReference {
  readonly markdown: string;
  /** Public names, and members of public classes, that lack a docstring or an example. */
  readonly undocumented: readonly string[];
}

/** Renders the reference of the client package from the docstrings of its public names. */
export async function clientReference(): Promise<ClientReference> {
  const directory = await mkdtemp(join(tmpdir(), "ambient-reference-"));
  try {
    const { app, classes, project } = await read({ ...options, out: directory });
    const undocumented = undocumentedIn(project, classes);
    app.options.setValue("disableSources", true);
    await app.generateOutputs(project);
    const markdown = await readFile(join(directory, "CLIENT.md"), "utf8");
    return { markdown, undocumented };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function undocumentedIn(
  project: ProjectReflection,
  classes: ReadonlySet<Reflection>,
): readonly string[] {
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

/** True for names of the package itself. Members of interfaces and types of the server need no example. */
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
  // Only what the package imports: the compiler need not read the rest of the repository.
  app.options.setCompilerOptions(
    entryPoints,
    app.options.getCompilerOptions(app.logger),
    undefined,
  );
  // TypeDoc treats a class that is exported as a type as an interface.
  const classes = new Set<Reflection>();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const flags = context.getSymbolFromReflection(reflection)?.flags ?? 0;
    if ((flags & SymbolFlags.Class) !== 0) classes.add(reflection);
  });
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc found nothing to document");
  return { app, classes, project };
}
