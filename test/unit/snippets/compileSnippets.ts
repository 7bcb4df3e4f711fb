import { join } from "node:path";
import ts from "typescript";
import { root } from "../../../local/files/paths.js";
import type { Snippet } from "../../support/snippets.js";

/** A module and the names that it exports. */
type Offers = readonly (readonly [module: string, names: ReadonlySet<string>])[];

/**
 * Where to compile the snippets: a folder with the packages that they import, and the compiler
 * options.
 */
export interface SnippetProject {
  readonly directory: string;
  readonly options: ts.CompilerOptions;
}

/** A web app next to this project, with the same strict options. */
export const webApp: SnippetProject = {
  directory: root,
  options: {
    ...strictness(),
    target: ts.ScriptTarget.ES2024,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    // Samples often declare things that they do not use.
    noUnusedLocals: false,
    noUnusedParameters: false,
    verbatimModuleSyntax: false,
    isolatedModules: false,
    jsx: ts.JsxEmit.ReactJSX,
  },
};

function strictness(): ts.CompilerOptions {
  const read: { readonly config?: unknown } = ts.readConfigFile(
    join(root, "tsconfig.json"),
    (file) => ts.sys.readFile(file),
  );
  return ts.parseJsonConfigFileContent(read.config, ts.sys, root).options;
}

/**
 * Compiles each snippet as its own module and returns the errors as `file:line: message`. An
 * undeclared name comes from the first module in `given` that exports it.
 */
export function compileSnippets(
  snippets: readonly Snippet[],
  given: readonly string[],
  { directory, options }: SnippetProject = webApp,
): readonly string[] {
  const sources = new Map<string, string>();
  const host = hostWith(sources, options);
  const place = (name: string) => join(directory, `${name}.snippet.tsx`);
  const list = place("given");
  sources.set(list, given.map((module) => `import {} from "${module}";`).join("\n"));
  const offers = offersOf(list, ts.createProgram([list], options, host));
  const placed = snippets.map((snippet, index) => ({ snippet, path: place(String(index)) }));
  for (const { snippet, path } of placed) {
    sources.set(path, `${importsOf(snippet.text, offers)}${snippet.text}\nexport {};`);
  }
  const paths = placed.map(({ path }) => path);
  const program = ts.createProgram(paths, options, host);
  return placed.flatMap(({ snippet, path }) => {
    const source = program.getSourceFile(path);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start = 0, messageText }) => {
      const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
      const message = ts.flattenDiagnosticMessageText(messageText, " ");
      return `${snippet.file}:${snippet.firstLine + line}: ${message}`;
    });
  });
}

/** A compiler host that adds these sources to the disk. Both programs share its cache. */
function hostWith(
  sources: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  return {
    ...disk,
    fileExists: (path) => sources.has(path) || disk.fileExists(path),
    readFile: (path) => sources.get(path) ?? disk.readFile(path),
    getSourceFile(path, languageVersion, ...rest) {
      const source = sources.get(path);
      if (source !== undefined) return ts.createSourceFile(path, source, languageVersion);
      if (!parsed.has(path)) parsed.set(path, disk.getSourceFile(path, languageVersion, ...rest));
      return parsed.get(path);
    },
  };
}

function offersOf(list: string, program: ts.Program): Offers {
  const checker = program.getTypeChecker();
  return (program.getSourceFile(list)?.statements ?? []).flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    const symbol = checker.getSymbolAtLocation(moduleSpecifier);
    if (!symbol || !ts.isStringLiteral(moduleSpecifier)) {
      throw new Error(`no module: ${moduleSpecifier.getText()}`);
    }
    const names = checker.getExportsOfModule(symbol).map(({ name }) => name);
    return [[moduleSpecifier.text, new Set(names)]];
  });
}

/** Puts the imports on the snippet's first line, so that line numbers stay correct. */
function importsOf(text: string, offers: Offers): string {
  const source = ts.createSourceFile("snippet.tsx", text, ts.ScriptTarget.ES2024);
  const missing = namesIn(source);
  for (const name of source.statements.flatMap(declaredBy)) missing.delete(name);
  return offers
    .map(([module, names]) => {
      const taken = [...missing].filter((name) => names.has(name));
      for (const name of taken) missing.delete(name);
      return taken.length === 0 ? "" : `import { ${taken.join(", ")} } from "${module}"; `;
    })
    .join("");
}

function namesIn(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const look = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, look);
  };
  look(source);
  return names;
}

/** The names that a module's top-level statement declares. */
function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const named =
      namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings];
    return [name, ...named.map((each) => each?.name)].flatMap((each) => each?.text ?? []);
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  }
  const { name } = isNamedDeclaration(statement) ? statement : {};
  return name ? [name.text] : [];
}

function isNamedDeclaration(statement: ts.Statement) {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  );
}

function boundBy(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundBy(element.name),
  );
}
