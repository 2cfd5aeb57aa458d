import { BitFeverError, intervalMs, type Parameter, type Program } from "@bitfever/lang";

/** A value for a parameter: a number, true or false, the name of an enum's member, or a duration such as "30m". */
export type ParameterValue = number | boolean | string;

/** Values for a strategy's parameters; those left out keep their defaults. */
export type ParameterInput = Readonly<Record<string, ParameterValue>>;

/**
 * The numbers a plan is made for, from values as people give them. A name that is no parameter is left for the plan to
 * refuse.
 *
 * @throws BitFeverError BF5002 for a text that is no value of its parameter
 */
export function parameterNumbers(program: Program, given: ParameterInput): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const parameter = program.parameters.find((each) => each.name === name);
      return [name, typeof value === "string" ? numberOf(value, name, parameter) : Number(value)];
    }),
  );
}

function numberOf(text: string, name: string, parameter: Parameter | undefined): number {
  const value = parsed(text.trim(), parameter);
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new BitFeverError("BF5002", `\`${name}=${text}\` is not a value for this parameter`, {
    hint: remedyOf(parameter),
  });
}

function parsed(text: string, parameter: Parameter | undefined): number | undefined {
  switch (parameter?.type) {
    case "bool":
      return text === "true" ? 1 : text === "false" ? 0 : undefined;
    case "enum": {
      // With the enum's own name or without it: `Average.ema`, `ema`.
      const place = parameter.members?.indexOf(text.slice(text.indexOf(".") + 1)) ?? -1;
      return place < 0 ? undefined : place;
    }
    case "duration":
      return intervalMs(text) ?? undefined;
    default:
      if (text === "") return undefined;
      return text.endsWith("%") ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
  }
}

function remedyOf(parameter: Parameter | undefined): string {
  switch (parameter?.type) {
    case "bool":
      return "write true or false";
    case "enum":
      return `write one of ${parameter.members?.join(", ") ?? ""}`;
    case "duration":
      return "write a length of time, such as 30m or 1h";
    default:
      return "write a number, or a percentage such as 0.5%";
  }
}
