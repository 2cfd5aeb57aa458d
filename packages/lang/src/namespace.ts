import type {
  EnumDeclaration,
  FunctionDeclaration,
  ImportDeclaration,
  Item,
  Name,
  TypeDeclaration,
} from "./ast.js";
import type { Catalogue } from "./catalogue.js";
import { isForm } from "./check-call.js";
import { define } from "./check-definitions.js";
import { checkValue } from "./check-expression.js";
import { diagnostic, hasErrors, type Diagnostic } from "./diagnostic.js";
import { judgeEdition } from "./editions.js";
import { Elaboration } from "./elaboration.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import { parseFile } from "./parse.js";
import { preludeDeclarations, preludeText, standardModules } from "./prelude.generated.js";
import type { Entry, Module, Namespace, Scope, UserFunction } from "./scope.js";
import type { Source } from "./source.js";

/** Finds the text behind an import; undefined where there is none. `from` is the file that asks. */
export type FindModule = (path: string, from: Source) => Source | undefined;

interface FileInput {
  readonly source: Source;
  readonly items: readonly Item["declaration"][];
  readonly imports: readonly ImportDeclaration[];
  readonly catalogue: Catalogue;
  readonly elaboration: Elaboration;
  readonly findModule: FindModule;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Names whose declaration could not be read. */
  readonly broken?: ReadonlySet<string>;
  /** Files whose imports are being read: one that imports itself through others would never end. */
  readonly open: readonly string[];
}

/** A file's functions, types and modules, and the scope in which they are read. */
export function openFile(input: FileInput): { scope: Scope; entries: Map<string, Entry> } {
  const { source, items, catalogue, elaboration, report } = input;
  const prelude = preludeOf(catalogue);
  const functions = new Map<string, UserFunction>(prelude?.functions);
  const methods = new Map<string, UserFunction>();
  const types = new Map<string, TypeDeclaration>();
  const enums = new Map<string, EnumDeclaration>();
  const modules = new Map<string, Module>();
  const entries = new Map<string, Entry>();
  const scope: Scope = {
    catalogue,
    source,
    check: checkValue,
    clock: null,
    fieldClock: null,
    find: (name) => entries.get(name),
    names: () => entries.keys(),
    isBroken: (name) => input.broken?.has(name) === true,
    namespace: { functions, methods, types, enums, modules },
    markets: new Set(),
    isUniverse: false,
    hedges: false,
    elaboration,
    calls: [],
    loops: 0,
    isGuarded: false,
    report,
  };

  const claimed = new Map<string, TypeDeclaration | EnumDeclaration | FunctionDeclaration>();
  for (const each of items) {
    if (each.kind !== "fn" && each.kind !== "type" && each.kind !== "enum") continue;
    const { name, span } = each.name;
    const isMethod = each.kind === "fn" && each.of !== null;
    const key = isMethod ? `${each.of?.name ?? ""}.${name}` : name;
    const first = claimed.get(key);
    if (each.kind === "fn" && each.of !== null) judgeMethod(each, each.of, items, report);
    const isTaken =
      !isMethod && (catalogue.has(name) || functions.has(name) || isForm(name)) && first === undefined;
    if (isTaken) report(diagnostic("BF2014", span, { name, what: "a function of the language" }));
    if (first !== undefined) {
      const labels = [{ span: first.name.span, text: "first here" }];
      report(diagnostic("BF2002", span, { name }, { labels }));
      continue;
    }
    claimed.set(key, each);
    if (each.kind === "type") types.set(name, each);
    else if (each.kind === "enum") enums.set(name, each);
    else if (isMethod) {
      if (each.parameters.length > 0) methods.set(key, { declaration: each, scope });
    } else if (!isTaken) functions.set(name, { declaration: each, scope });
  }
  for (const each of input.imports) {
    const module = openModule(each, input);
    if (module !== null) modules.set(each.name.name, module);
  }
  return { scope, entries };
}

/** A method belongs to a record type of its file, and takes what stands before the dot first. */
function judgeMethod(
  of: FunctionDeclaration,
  type: Name,
  items: readonly Item["declaration"][],
  report: FileInput["report"],
): void {
  const types = items.flatMap((each) => (each.kind === "type" ? [each.name.name] : []));
  if (!types.includes(type.name)) {
    const fix = replacing(type.span, nearest(type.name, types));
    const hint = fix === undefined ? "methods belong to a record: `type Band = { upper: price }`" : undefined;
    report(diagnostic("BF2011", type.span, { name: type.name }, { hint, fix }));
  }
  if (of.parameters.length === 0) report(diagnostic("BF2024", of.name.span, { name: of.name.name }));
}

function openModule(of: ImportDeclaration, input: FileInput): Module | null {
  const fail = (problem: string, hint?: string): null => {
    input.report(diagnostic("BF2201", of.pathSpan, { path: of.path, problem }, { hint }));
    return null;
  };
  const source = standardModule(of.path) ?? input.findModule(of.path, input.source);
  if (source === undefined)
    return fail("there is no such file", "a path is meant from the file that imports it");
  if (input.open.includes(source.name))
    return fail("it imports this file itself, directly or through others");
  const { edition, items, imports, diagnostics } = parseFile(source);
  const found: Diagnostic[] = [...diagnostics, ...judgeEdition(edition)];
  const { scope, entries } = openFile({
    ...input,
    source,
    items: items.map((each) => each.declaration),
    imports,
    report: (each) => void found.push(each),
    open: [...input.open, source.name],
  });
  const lets = items.flatMap(({ declaration }) => (declaration.kind === "let" ? [declaration] : []));
  define(
    lets.map((declaration) => ({ declaration, clock: null })),
    scope,
    entries,
    of.name.name,
  );
  const first = found.find((each) => hasErrors([each]));
  if (first !== undefined) return fail(first.message, `look at it alone: \`bf-compile ${of.path}\``);
  const open = new Set(
    items
      .flatMap((each) => (each.isPublic ? [each.declaration.name] : []))
      .map((each) => (typeof each === "string" ? each : each.name)),
  );
  return { scope, isPublic: (name) => open.has(name) };
}

/** The parts of the library that are asked for by name: `std/levels`. */
function standardModule(path: string): Source | undefined {
  const text = Object.hasOwn(standardModules, path) ? standardModules[path] : undefined;
  return text === undefined ? undefined : { name: path, text };
}

const preludes = new WeakMap<Catalogue, Namespace>();
let isOpening = false;

/** The functions of the language that are written in the language. */
function preludeOf(catalogue: Catalogue): Namespace | undefined {
  const known = preludes.get(catalogue);
  if (known !== undefined || isOpening) return known;
  isOpening = true;
  const report = (each: Diagnostic): never => {
    throw new Error(`prelude: ${each.message}`);
  };
  const { scope } = openFile({
    source: { name: "prelude.bf", text: preludeText },
    items: preludeDeclarations(),
    imports: [],
    catalogue,
    elaboration: new Elaboration(catalogue),
    findModule: () => undefined,
    report,
    open: [],
  });
  isOpening = false;
  preludes.set(catalogue, scope.namespace);
  return scope.namespace;
}
