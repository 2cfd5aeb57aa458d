/*
 * What an expression is worth on one bar. Absence is NaN; bools are 1 and 0; members of an enum are their places in it.
 */

export type Value = Single | RecordValue | TupleValue | WindowValue | TextValue;

export interface Single {
  readonly kind: "single";
  readonly value: number;
  /** Made of numbers and parameters alone: the same on every clock, and there before the first bar of any. */
  readonly isKnown: boolean;
}

export interface RecordValue {
  readonly kind: "record";
  /** The type it was made or declared as, which is where its methods are. */
  readonly type: string | null;
  readonly fields: ReadonlyMap<string, Value>;
}

export interface TupleValue {
  readonly kind: "tuple";
  readonly items: readonly Value[];
}

export interface WindowValue {
  readonly kind: "window";
  /** The value so many bars back from the bar on which the window was asked for. */
  readonly at: (back: number) => Value;
  readonly from: number;
  readonly to: number;
}

export interface TextValue {
  readonly kind: "text";
  readonly text: string;
}

export const single = (value: number, isKnown = false): Single => ({ kind: "single", value, isKnown });
export const absent = single(NaN);

export function asSingle(value: Value): Single {
  if (value.kind !== "single") throw new Error(`reference: a ${value.kind} where one value is wanted`);
  return value;
}

/** The same shape with every single value replaced. */
export function mapSingles(of: Value, change: (each: Single) => Single): Value {
  switch (of.kind) {
    case "single":
      return change(of);
    case "record": {
      const fields = [...of.fields].map(([name, each]) => [name, mapSingles(each, change)] as const);
      return { ...of, fields: new Map(fields) };
    }
    case "tuple":
      return { ...of, items: of.items.map((each) => mapSingles(each, change)) };
    case "window":
      return { ...of, at: (back) => mapSingles(of.at(back), change) };
    case "text":
      return of;
  }
}

/** Two values of one shape, part by part. */
export function zipSingles(a: Value, b: Value, combine: (a: Single, b: Single) => Single): Value {
  if (a.kind === "single" && b.kind === "single") return combine(a, b);
  if (a.kind === "tuple" && b.kind === "tuple")
    return { kind: "tuple", items: a.items.map((each, i) => zipSingles(each, b.items[i], combine)) };
  if (a.kind === "record" && b.kind === "record") {
    const fields = new Map<string, Value>();
    for (const [name, each] of a.fields) {
      const other = b.fields.get(name);
      if (other === undefined) throw new Error(`reference: one record has \`${name}\`, the other has not`);
      fields.set(name, zipSingles(each, other, combine));
    }
    return { kind: "record", type: a.type === b.type ? a.type : null, fields };
  }
  throw new Error(`reference: a ${a.kind} and a ${b.kind} to choose from`);
}

/** Every single value in it with its name: `band.upper`, `pair.1`. */
export function singlesIn(of: Value, name: string): readonly (readonly [name: string, value: Single])[] {
  switch (of.kind) {
    case "single":
      return [[name, of]];
    case "record":
      return [...of.fields].flatMap(([field, each]) => singlesIn(each, `${name}.${field}`));
    case "tuple":
      return of.items.flatMap((each, i) => singlesIn(each, `${name}.${i + 1}`));
    case "window":
      return singlesIn(of.at(0), name);
    case "text":
      return [];
  }
}
