import type { TypedExpression } from "./program.js";
import { typePhrase, type ValueType } from "./type.js";

/*
 * What an expression can stand for while a program is checked. Only single values reach the plan: records, tuples,
 * windows and texts are taken apart here, so that nothing behind the checker knows of them.
 */

export type Value = TypedExpression | RecordValue | TupleValue | WindowValue | TextValue;

export interface RecordValue {
  readonly kind: "record";
  /** The type it was made or declared as; null for one that was only written. */
  readonly name: string | null;
  readonly fields: ReadonlyMap<string, Value>;
}

export interface TupleValue {
  readonly kind: "tuple";
  readonly items: readonly Value[];
}

/** `close[0..9]`. */
export interface WindowValue {
  readonly kind: "window";
  readonly of: TypedExpression;
  readonly from: TypedExpression;
  readonly to: TypedExpression;
}

export interface TextValue {
  readonly kind: "text";
  readonly text: string;
}

export function isSingle(value: Value): value is TypedExpression {
  return (
    value.kind !== "record" && value.kind !== "tuple" && value.kind !== "window" && value.kind !== "text"
  );
}

/** How many single values it is made of, as far as a limit. */
export function countSingles(of: Value, limit: number): number {
  const parts = of.kind === "record" ? [...of.fields.values()] : of.kind === "tuple" ? of.items : null;
  if (parts === null) return 1;
  let count = 0;
  for (const each of parts) {
    count += countSingles(each, limit);
    if (count > limit) break;
  }
  return count;
}

/** The same shape with every single value in it replaced; null where one has none. */
export function mapValues(
  of: Value,
  change: (each: TypedExpression, path: string) => TypedExpression | null,
  path = "",
): Value | null {
  switch (of.kind) {
    case "record": {
      const fields = new Map<string, Value>();
      for (const [name, each] of of.fields) {
        const changed = mapValues(each, change, `${path}.${name}`);
        if (changed === null) return null;
        fields.set(name, changed);
      }
      return { ...of, fields };
    }
    case "tuple": {
      const items = of.items.map((each, i) => mapValues(each, change, `${path}.${i + 1}`));
      return items.includes(null) ? null : { ...of, items: items.filter((each) => each !== null) };
    }
    case "window": {
      const changed = change(of.of, path);
      return changed && { ...of, of: changed };
    }
    case "text":
      return of;
    default:
      return change(of, path);
  }
}

/** What it is, in a sentence. */
export function valuePhrase(of: Value): string {
  switch (of.kind) {
    case "record":
      return of.name === null ? `a record of ${[...of.fields.keys()].join(", ")}` : `a record \`${of.name}\``;
    case "tuple":
      return `${of.items.length} values in parentheses`;
    case "window":
      return "a window of values";
    case "text":
      return "a text";
    default:
      return typePhrase(of.type);
  }
}

/** What a declaration says that a value is. */
export type DeclaredType =
  | { readonly kind: "single"; readonly type: ValueType }
  | {
      readonly kind: "record";
      readonly name: string;
      readonly fields: ReadonlyMap<string, DeclaredType>;
      readonly optional: boolean;
    };
