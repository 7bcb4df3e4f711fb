import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A name that an entry of a package exports. */
export interface PublicName {
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Where it is declared, not where it is exported again. */
  readonly declaration: ts.Declaration;
  /** The path of that file in the repository. */
  readonly file: string;
}

/** What packages export, as the compiler sees it. */
export class PublicNames {
  readonly checker: ts.TypeChecker;
  readonly #program: ts.Program;

  constructor(files: readonly string[]) {
    const config: { readonly config?: unknown } = ts.readConfigFile(
      join(root, "tsconfig.json"),
      (file) => ts.sys.readFile(file),
    );
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
    this.#program = ts.createProgram(
      files.map((file) => join(root, file)),
      // The packages are for browsers, too.
      { ...options, types: [], lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"] },
    );
    this.checker = this.#program.getTypeChecker();
  }

  /** The exports of a file, in alphabetical order. */
  of(file: string): readonly PublicName[] {
    const source = this.#program.getSourceFile(join(root, file));
    const module = source && this.checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} exports nothing`);
    return [...this.checker.getExportsOfModule(module)]
      .map((exported) => {
        const symbol = this.#original(exported);
        const [declaration] = symbol.declarations ?? [];
        if (!declaration) throw new Error(`${exported.name} is declared nowhere`);
        const path = declaration.getSourceFile().fileName.slice(root.length);
        return { name: exported.name, symbol, declaration, file: path };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #original(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }

  typeOf(symbol: ts.Symbol, node: ts.Node): ts.Type {
    return this.checker.getTypeOfSymbolAtLocation(symbol, node);
  }

  textOf(type: ts.Type, node: ts.Node, format = ts.TypeFormatFlags.NoTruncation): string {
    return stable(this.checker.typeToString(type, node, format));
  }

  /** `(parameters): Type` */
  signatureOf(signature: ts.Signature, node: ts.Node): string {
    const flags = ts.TypeFormatFlags.NoTruncation;
    return stable(this.checker.signatureToString(signature, node, flags));
  }

  /** The public members of a class or an interface, inherited ones included. */
  membersOf({ symbol }: PublicName): readonly ts.Symbol[] {
    return this.checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties()
      .filter(({ name, declarations = [] }) => {
        const isPrivate = name.includes("#");
        return !isPrivate && !declarations.some(isInternal) && !declarations.some(isOfLibrary);
      });
  }

  /** The public constructors of a class. */
  constructorsOf({ symbol, declaration }: PublicName): readonly ts.Signature[] {
    if (!ts.isClassDeclaration(declaration)) return [];
    const isPublic = declaration.members.some(
      (member) => ts.isConstructorDeclaration(member) && !isInternal(member),
    );
    return isPublic ? this.typeOf(symbol, declaration).getConstructSignatures() : [];
  }
}

/** Without what depends on the machine or on what the compiler checked before. */
function stable(text: string): string {
  return text
    .replaceAll(/import\("[^"]+"\)\./g, "")
    .replaceAll(/(?:'[^']*'|"[^"]*")(?: \| (?:'[^']*'|"[^"]*"))+/g, (union) =>
      union.split(" | ").sort().join(" | "),
    );
}

/** The type parameters of a declaration: `<Value>`. */
export function genericOf(declaration: ts.Declaration): string {
  const parameters = parametersOf(declaration, (each) => each.getText());
  return parameters.length === 0 ? "" : `<${parameters.join(", ")}>`;
}

export function parametersOf(
  declaration: ts.Declaration,
  textOf = ({ name }: ts.TypeParameterDeclaration) => name.getText(),
): readonly string[] {
  const isGeneric =
    ts.isClassDeclaration(declaration) ||
    ts.isInterfaceDeclaration(declaration) ||
    ts.isTypeAliasDeclaration(declaration) ||
    ts.isFunctionDeclaration(declaration);
  return isGeneric ? (declaration.typeParameters ?? []).map(textOf) : [];
}

export function isOptional(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");
}

/** What the language brings, such as the members of `Error`. */
export function isOfLibrary(node: ts.Node): boolean {
  return /[\\/]typescript[\\/]lib[\\/]/.test(node.getSourceFile().fileName);
}
