import type { TypeDeclaration, TypeName } from "./ast.js";
import { diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { limits } from "./limits.js";
import { nearest } from "./nearest.js";
import type { Namespace, Scope } from "./scope.js";
import type { Span } from "./source.js";
import { fits, maybe, present, typePhrase, writtenTypes, type ValueType } from "./type.js";
import { isSingle, valuePhrase, type DeclaredType, type RecordValue, type Value } from "./value.js";

/** What types are called elsewhere. */
export const otherTypeNames: ReadonlyMap<string, string> = new Map([
  ["integer", "int"],
  ["float", "number"],
  ["double", "number"],
  ["boolean", "bool"],
  ["percent", "ratio"],
  ["datetime", "time"],
  ["timestamp", "time"],
]);

/** The records around a field, and how many fields there have been. */
interface Within {
  readonly path: readonly TypeDeclaration[];
  readonly count: { parts: number };
}

const outermost = (): Within => ({ path: [], count: { parts: 0 } });

/** The type that a name stands for; null where there is none, which is then reported. */
export function declaredType(of: TypeName, scope: Scope, within: Within = outermost()): DeclaredType | null {
  const space = of.module === null ? scope.namespace : publicSpace(of.module.name, scope);
  const found = space && typeIn(space, of, scope, within);
  if (found !== undefined && found !== null) return found;
  if (found === null) return null;
  if (scope.isBroken(of.name)) return null;
  const known = [
    ...Object.keys(writtenTypes),
    ...scope.namespace.types.keys(),
    ...scope.namespace.enums.keys(),
  ];
  const fix = replacing(of.span, otherTypeNames.get(of.name.toLowerCase()) ?? nearest(of.name, known));
  const hint = fix === undefined ? `the types are ${known.join(", ")}` : undefined;
  scope.report(diagnostic("BF2011", of.span, { name: of.name }, { hint, fix }));
  return null;
}

function publicSpace(module: string, scope: Scope): Namespace | undefined {
  return scope.namespace.modules.get(module)?.scope.namespace;
}

/** Undefined where the name is no type, null where its own declaration is wrong. */
function typeIn(
  space: Namespace,
  of: TypeName,
  scope: Scope,
  within: Within,
): DeclaredType | null | undefined {
  const own = space.enums.get(of.name);
  if (own !== undefined) {
    const type: ValueType = { kind: "enum", name: of.name, members: own.members.map((each) => each.name) };
    return { kind: "single", type: of.optional ? maybe(type) : type };
  }
  const record = space.types.get(of.name);
  if (record === undefined) {
    if (!Object.hasOwn(writtenTypes, of.name)) return undefined;
    const type = writtenTypes[of.name];
    return { kind: "single", type: of.optional ? maybe(type) : type };
  }
  if (within.path.includes(record)) {
    scope.report(diagnostic("BF2017", of.span, { name: of.name }));
    return null;
  }
  const fields = new Map<string, DeclaredType>();
  for (const { name, type } of record.fields) {
    if (++within.count.parts > limits.parts || within.path.length >= limits.nesting) {
      scope.report(diagnostic("BF1006", of.span, { what: `a record of more than ${limits.parts} values` }));
      return null;
    }
    const field = declaredType(type, scope, { ...within, path: [...within.path, record] });
    if (field === null) return null;
    fields.set(name.name, field);
  }
  return { kind: "record", name: of.name, fields, optional: of.optional };
}

/** The value as the declared type; null where it does not fit, which is then reported. */
export function conform(value: Value, to: DeclaredType, span: Span, scope: Scope): Value | null {
  const fail = (): null => {
    const expected = to.kind === "single" ? typePhrase(to.type) : `a record \`${to.name}\``;
    scope.report(diagnostic("BF2006", span, { expected, found: valuePhrase(value) }));
    return null;
  };
  if (to.kind === "single") {
    if (!isSingle(value) || !fits(value.type, to.type)) return fail();
    if (value.type.optional === true && to.type.optional !== true) {
      scope.report(diagnostic("BF2016", span, { type: typePhrase(present(value.type)) }));
      return null;
    }
    return { ...value, type: to.type };
  }
  if (value.kind !== "record") return fail();
  const isNominal = value.name !== null && value.name !== to.name;
  const extra = [...value.fields.keys()].find((each) => !to.fields.has(each));
  const missing = [...to.fields.keys()].find((each) => !value.fields.has(each));
  if (isNominal || extra !== undefined || missing !== undefined) {
    const hint =
      missing !== undefined
        ? `\`${missing}\` is missing`
        : extra !== undefined
          ? `\`${to.name}\` has no \`${extra}\``
          : undefined;
    scope.report(
      diagnostic(
        "BF2006",
        span,
        { expected: `a record \`${to.name}\``, found: valuePhrase(value) },
        { hint },
      ),
    );
    return null;
  }
  const fields = new Map<string, Value>();
  for (const [name, type] of to.fields) {
    const field = value.fields.get(name);
    const conformed = field && conform(field, type, span, scope);
    if (conformed === null || conformed === undefined) return null;
    fields.set(name, conformed);
  }
  const record: RecordValue = { kind: "record", name: to.name, fields };
  return record;
}
