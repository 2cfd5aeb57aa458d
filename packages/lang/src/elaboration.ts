import type { Catalogue } from "./catalogue.js";
import { partsOf, type Let, type TypedExpression } from "./program.js";
import type { Span } from "./source.js";
import { isStatic } from "./static.js";
import type { Value } from "./value.js";

/** Functions are put in where they are called, so a few lines can ask for more values than memory has room for. */
export const mostValues = 20_000;

/** The named values of a program as they come into being, those that a user named and those in between. */
export class Elaboration {
  readonly lets: Let[] = [];
  private readonly statics = new Set<string>();
  /** Values that already have a name, by what they compute. */
  private readonly known = new Map<string, TypedExpression>();
  /** What functions came to for the arguments they were called with. */
  private readonly calls = new Map<unknown, Map<string, Value | null>>();
  private hidden = 0;

  constructor(private readonly catalogue: Catalogue) {}

  get isFull(): boolean {
    return this.lets.length >= mostValues;
  }

  /** Whether a value is known before the run. */
  readonly isStatic = (of: TypedExpression): boolean =>
    isStatic(of, this.catalogue, (name) => this.statics.has(name));

  define(name: string, value: TypedExpression, clock: string | null, hidden = false): TypedExpression {
    // Inside a loop there is a value for each step, so it cannot have one name.
    if (hidden && dependsOnLoop(value)) return value;
    this.lets.push({
      name,
      value,
      ...(clock === null ? {} : { clock }),
      ...(hidden ? { hidden: true } : {}),
    });
    if (this.isStatic(value)) this.statics.add(name);
    return { kind: "let", name, type: value.type };
  }

  /** A name for a value that is used more than once, so that it is worked out once. */
  bind(label: string, value: TypedExpression, clock: string | null): TypedExpression {
    if (isLeaf(value) || dependsOnLoop(value)) return value;
    const key = `${clock ?? ""} ${JSON.stringify(value, withoutPlaces)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const bound = this.define(this.hiddenName(label), value, clock, true);
    this.known.set(key, bound);
    return bound;
  }

  /** Says of all values named since there were so many that they stand at a place: their own is in another file. */
  place(since: number, span: Span): void {
    for (let i = since; i < this.lets.length; i++)
      this.lets[i] = { ...this.lets[i], value: placedAt(this.lets[i].value, span) };
  }

  /** The results of a function so far, by its arguments; null where there is none, which has been reported. */
  results(of: unknown): Map<string, Value | null> {
    const known = this.calls.get(of) ?? new Map<string, Value | null>();
    this.calls.set(of, known);
    return known;
  }

  /** A name that nobody can write. */
  hiddenName(label: string): string {
    return `${label}#${++this.hidden}`;
  }
}

/** A value with every place in it replaced. */
export const placedAt = (value: TypedExpression, span: Span): TypedExpression =>
  everywhere(value, span) as TypedExpression;

function everywhere(part: unknown, span: Span): unknown {
  if (Array.isArray(part)) return part.map((each) => everywhere(each, span));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, each]) => {
      if (key === "span") return [key, span];
      return [key, key === "type" ? each : everywhere(each, span)];
    }),
  );
}

const withoutPlaces = (key: string, value: unknown): unknown => (key === "span" ? undefined : value);

function isLeaf({ kind }: TypedExpression): boolean {
  switch (kind) {
    case "constant":
    case "parameter":
    case "field":
    case "calendar":
    case "instrument":
    case "account":
    case "let":
    case "accumulator":
      return true;
    default:
      return false;
  }
}

/** The parameter that counts a loop is not one of the program's. */
export const loopName = (name: string, depth: number): string => `#${name}${depth}`;

/** Whether a value is another at each step of a loop around it; a loop of its own is its own affair. */
export function dependsOnLoop(value: TypedExpression): boolean {
  const open = [{ value, inside: noNames }];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { value: of, inside } = each;
    const isOfLoop = of.kind === "accumulator" || (of.kind === "parameter" && of.name.startsWith("#"));
    if (isOfLoop && !inside.has(of.name)) return true;
    if (of.kind === "fold") {
      const body = new Set([...inside, of.index, of.accumulator]);
      open.push({ value: of.body, inside: body });
      for (const part of [of.from, of.to, of.initial]) open.push({ value: part, inside });
    } else for (const part of partsOf(of)) open.push({ value: part, inside });
  }
  return false;
}

const noNames: ReadonlySet<string> = new Set();
