import type { Program, Span, TypedExpression } from "@bitfever/lang";

/** A condition that must hold, with what a message about it shows. */
export interface Claim {
  /** As the program writes it. */
  readonly text: string;
  readonly value: TypedExpression;
  /** Of a comparison, both sides and what stands between them. */
  readonly sides: { readonly sign: string; readonly values: readonly TypedExpression[] } | null;
}

const signs: Readonly<Record<string, string>> = {
  less: "<",
  less_or_equal: "<=",
  greater: ">",
  greater_or_equal: ">=",
  equal: "==",
  not_equal: "!=",
};

export function claimOf({ source, lets }: Program, value: TypedExpression, { start, end }: Span): Claim {
  const named = value.kind === "let" ? lets.find((each) => each.name === value.name)?.value : value;
  const isComparison = named?.kind === "apply" && Object.hasOwn(signs, named.kernel);
  return {
    text: source.text.slice(start, end).replace(/^expect\s+/, ""),
    value,
    sides: isComparison ? { sign: signs[named.kernel], values: named.operands } : null,
  };
}

/** What has to be computed to judge claims and to tell of them; `columnsOf` finds the parts in the results. */
export const valuesOf = (claims: readonly Claim[]): TypedExpression[] =>
  claims.flatMap(({ value, sides }) => [value, ...(sides?.values ?? [])]);

/** The columns of each claim, out of those of `valuesOf`. */
export function columnsOf(
  claims: readonly Claim[],
  columns: readonly Float64Array[],
): readonly (readonly Float64Array[])[] {
  let next = 0;
  return claims.map(({ sides }) => columns.slice(next, (next += 1 + (sides?.values.length ?? 0))));
}

/** Why a claim does not hold on a bar: `12 == 11`, or that there is no value. */
export function shortfall({ sides }: Claim, columns: readonly Float64Array[], bar: number): string {
  const [own = NaN, ...values] = columns.map((each) => each[bar]);
  const isAbsent = Number.isNaN(own);
  const says = isAbsent ? "is absent" : "is false";
  if (sides === null) return says;
  return `${says}: ${values.map(shown).join(` ${sides.sign} `)}`;
}

/** A number without the noise of binary fractions. */
export const shown = (value: number): string =>
  Number.isNaN(value) ? "absent" : String(Number(value.toPrecision(12)));
