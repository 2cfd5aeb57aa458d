import { BitFeverError } from "@bitfever/lang";

/** What the default of an option may depend on. */
export interface About {
  /** How many parameters are searched. */
  readonly dimensions: number;
  /** How many trials the study was started with. */
  readonly trials: number;
}

/** An option of a search method. */
export type MethodOption = { readonly summary: string } & (
  | {
      /** A whole number, or any. */
      readonly kind: "count" | "number";
      readonly least: number;
      readonly most: number;
      readonly default:
        | number
        | {
            readonly words: string;
            /** @param before  values of the options above it */
            readonly of: (about: About, before: OptionValues) => number;
          };
    }
  | { readonly kind: "flag"; readonly default: boolean }
  | { readonly kind: "word"; readonly words: readonly string[]; readonly default: string }
);

export type OptionTable = Readonly<Record<string, MethodOption>>;
export type OptionValue = number | boolean | string;
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** The values of a table of options, by name. */
export type ValuesOf<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly kind: "count" | "number" }
    ? number
    : Options[Name] extends { readonly kind: "flag" }
      ? boolean
      : Options[Name] extends { readonly words: readonly (infer Word)[] }
        ? Word
        : OptionValue;
};

/**
 * A value for every option of a method: those given, which may be texts, and the defaults of the others. A study keeps
 * what comes out, since defaults may depend on how many trials it was started with.
 *
 * @throws BitFeverError BF5111 for an option the method does not have, or a value that is none of it
 */
export function optionsOf<Options extends OptionTable>(
  { name: method, options }: { readonly name: string; readonly options: Options },
  given: OptionValues,
  about: About,
): ValuesOf<Options> {
  const names = Object.keys(options);
  const unknown = Object.keys(given).find((each) => !Object.hasOwn(options, each));
  if (unknown !== undefined)
    throw new BitFeverError("BF5111", `the search method \`${method}\` has no option \`${unknown}\``, {
      hint: names.length === 0 ? "it has none" : `its options are ${names.join(", ")}`,
    });
  const values: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(options)) {
    const value = Object.hasOwn(given, name) ? read(option, given[name]) : defaultOf(option, about, values);
    if (value === undefined)
      throw new BitFeverError(
        "BF5111",
        `\`${name}\` of the search method \`${method}\` cannot be ${given[name]}`,
        {
          hint: `it is ${rangeText(option)}`,
        },
      );
    values[name] = value;
  }
  return values as ValuesOf<Options>;
}

/** The option of how many trials are asked for at once; workers share them, and what they find is told after them. */
export const batchSize = (size: number) =>
  ({
    kind: "count",
    summary: "trials asked for at once; the method hears of them when all are done",
    least: 1,
    most: 1_000_000,
    default: size,
  }) as const satisfies MethodOption;

/** What an option may be, in words. */
export function rangeText(option: MethodOption): string {
  switch (option.kind) {
    case "flag":
      return "true or false";
    case "word":
      return `one of ${option.words.join(", ")}`;
    default:
      return `a ${option.kind === "count" ? "whole number" : "number"} from ${option.least} to ${option.most}`;
  }
}

function defaultOf(option: MethodOption, about: About, before: OptionValues): OptionValue {
  const { default: initial } = option;
  if (typeof initial !== "object") return initial;
  const value = initial.of(about, before);
  return option.kind === "count" || option.kind === "number"
    ? Math.min(Math.max(value, option.least), option.most)
    : value;
}

function read(option: MethodOption, given: OptionValue): OptionValue | undefined {
  const text = String(given).trim();
  switch (option.kind) {
    case "flag":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "word":
      return option.words.includes(text) ? text : undefined;
    default: {
      const value = text === "" ? NaN : Number(text);
      const isKind = option.kind === "number" || Number.isInteger(value);
      return isKind && value >= option.least && value <= option.most ? value : undefined;
    }
  }
}
