import { BitFeverError } from "@bitfever/lang";
import { equityFilters, type EquityFilter, type EquityFilterParameter } from "@bitfever/engine";

/**
 * An equity filter by name, with values for its parameters; several values of one are tried against each other in a
 * walk-forward test. Shares may be written as `"10%"`. What is left out keeps its default.
 */
export interface FilterInput {
  readonly name: string;
  readonly [parameter: string]: FilterValue | readonly FilterValue[];
}

/** A value of a parameter of an equity filter: a number, or a word such as the name of a metric. */
export type FilterValue = number | string;

/** A filter with a value for each of its parameters, in their order. */
export interface Candidate {
  readonly filter: EquityFilter;
  readonly values: readonly number[];
}

/**
 * Every combination of the values given, the last parameter changing fastest.
 *
 * @param where  whose filter it is, for messages
 * @throws BitFeverError BF5080 for a filter that does not exist, BF5081 for a parameter or a value it does not have
 */
export function candidatesOf({ name, ...given }: FilterInput, where: string): readonly Candidate[] {
  const filter = equityFilters.find((each) => each.name === name);
  if (filter === undefined)
    throw new BitFeverError("BF5080", `${where}: there is no equity filter \`${name}\``, {
      hint: `the filters are ${equityFilters.map((each) => each.name).join(", ")}`,
    });
  const { parameters } = filter;
  const unknown = Object.keys(given).find((each) => parameters.every((known) => known.name !== each));
  if (unknown !== undefined)
    throw new BitFeverError("BF5081", `${where}: the filter \`${name}\` has no parameter \`${unknown}\``, {
      hint:
        parameters.length === 0
          ? "it has none"
          : `it has ${parameters.map((each) => each.name).join(" and ")}`,
    });
  const choices = parameters.map((parameter) => {
    const values: readonly FilterValue[] = [given[parameter.name] ?? parameter.default].flat();
    if (values.length === 0) throw notAllowed(where, name, parameter, "nothing");
    return values.map((each) => valueOf(each, parameter) ?? raise(notAllowed(where, name, parameter, each)));
  });
  return combinations(choices).map((values) => ({ filter, values }));
}

/** The values of a candidate by name, as results say them. */
export const namedValues = ({ filter, values }: Candidate): Readonly<Record<string, number>> =>
  Object.fromEntries(filter.parameters.map(({ name }, i) => [name, values[i]]));

function valueOf(given: FilterValue, { unit, least, most }: EquityFilterParameter): number | undefined {
  const text = String(given).trim();
  const value =
    /^-?[\d.]+%$/.test(text) && unit === "ratio" ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
  const isWhole = unit === "ratio" || Number.isInteger(value);
  return text !== "" && isWhole && value >= least && value <= most ? value : undefined;
}

const notAllowed = (
  where: string,
  filter: string,
  { name, unit, least, most }: EquityFilterParameter,
  given: FilterValue,
): BitFeverError => {
  const kind = unit === "ratio" ? "a share" : `a whole number of ${unit}`;
  return new BitFeverError("BF5081", `${where}: \`${name}\` of the filter \`${filter}\` cannot be ${given}`, {
    hint: `it is ${kind} from ${least} to ${most}`,
  });
};

function raise(error: BitFeverError): never {
  throw error;
}

const combinations = (choices: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  choices.reduce<readonly (readonly number[])[]>(
    (all, values) => all.flatMap((each) => values.map((value) => [...each, value])),
    [[]],
  );
