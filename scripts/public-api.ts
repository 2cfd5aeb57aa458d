import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/* What the library exports, as its users meet it: names, signatures, what is said of them, and examples. Read from the syntax alone. */

/** Something that the root entry of `bitfever` exports. */
export interface PublicSymbol {
  readonly name: string;
  /** Whether there is something of that name when a program runs, and not a type alone. */
  readonly isValue: boolean;
  /** As it is declared, without bodies and comments. */
  readonly signature: string;
  /** What its docstring says before the first tag; empty where there is none. */
  readonly description: string;
  readonly examples: readonly string[];
  /** The file of its declaration, within the repository. */
  readonly file: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const parsed = new Map<string, ts.SourceFile>();

/** Everything that the root entry of `bitfever` exports, by name. */
export function publicApi(): readonly PublicSymbol[] {
  const entry = parse(`${root}packages/bitfever/src/index.ts`);
  return exportsOf(entry)
    .map(({ name, isType }) => {
      const symbol = symbolOf(name, declarationsOf(name, entry));
      return isType ? { ...symbol, isValue: false } : symbol;
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parse(path: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  parsed.set(path, file);
  return file;
}

function exportsOf(file: ts.SourceFile): readonly { readonly name: string; readonly isType: boolean }[] {
  return file.statements.filter(ts.isExportDeclaration).flatMap(({ isTypeOnly, exportClause }) =>
    exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map((each) => ({
          name: each.name.text,
          isType: isTypeOnly || each.isTypeOnly,
        }))
      : [],
  );
}

/** Follows a name through the files that hand it on, to where it is declared. */
function declarationsOf(name: string, file: ts.SourceFile): readonly ts.Statement[] {
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) continue;
    const found = exportClause.elements.find((each) => each.name.text === name);
    if (found === undefined || moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier))
      continue;
    // What a library of others declares is described where it is handed on.
    if (!/^([.]|@bitfever[/])/.test(moduleSpecifier.text)) return [statement];
    const from = parse(fileOf(moduleSpecifier.text, file.fileName));
    return declarationsOf(found.propertyName?.text ?? name, from);
  }
  const own = file.statements.filter((statement) => namesOf(statement).includes(name));
  if (own.length === 0) throw new Error(`${name} is not declared in ${file.fileName}`);
  return own;
}

const fileOf = (specifier: string, from: string): string =>
  specifier.startsWith(".")
    ? join(dirname(from), specifier.replace(/[.]js$/, ".ts"))
    : `${root}packages/${specifier.replace("@bitfever/", "")}/src/index.ts`;

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

function symbolOf(name: string, declarations: readonly ts.Statement[]): PublicSymbol {
  const documented = declarations.flatMap((each) => ts.getJSDocCommentsAndTags(each)).filter(ts.isJSDoc);
  return {
    name,
    isValue: declarations.some(
      (each) => !ts.isInterfaceDeclaration(each) && !ts.isTypeAliasDeclaration(each),
    ),
    signature: declarations.map(signatureOf).join("\n"),
    description: documented
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
      .join("\n")
      .trim(),
    examples: documented
      .flatMap(({ tags }) => tags ?? [])
      .filter(({ tagName }) => tagName.text === "example")
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ""),
    file: declarations[0].getSourceFile().fileName.slice(root.length),
  };
}

const printer = ts.createPrinter({ removeComments: true });

function signatureOf(statement: ts.Statement): string {
  const { transformed } = ts.transform<ts.Node>(statement, [withoutBodies]);
  return printer.printNode(ts.EmitHint.Unspecified, transformed[0], statement.getSourceFile());
}

/** What callers do not see: bodies, values, and private members. */
const withoutBodies: ts.TransformerFactory<ts.Node> = (context) => (node) => {
  const { factory } = context;
  const visit = (each: ts.Node): ts.Node | undefined => {
    if (ts.isBlock(each)) return undefined;
    if (ts.isArrowFunction(each))
      return factory.createArrowFunction(
        ...([each.modifiers, each.typeParameters, each.parameters, each.type] as const),
        ...([each.equalsGreaterThanToken, factory.createIdentifier("…")] as const),
      );
    if (ts.isClassElement(each) && isHidden(each)) return undefined;
    if (ts.isPropertyDeclaration(each))
      return factory.createPropertyDeclaration(
        each.modifiers,
        each.name,
        each.questionToken,
        each.type,
        undefined,
      );
    return ts.visitEachChild(each, visit, context);
  };
  return visit(node) ?? node;
};

const isHidden = (element: ts.ClassElement): boolean =>
  ts.canHaveModifiers(element) &&
  (ts.getModifiers(element) ?? []).some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
