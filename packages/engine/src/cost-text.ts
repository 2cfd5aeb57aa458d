import { usageOf, type CostModel, type CostModels } from "@bitfever/lang";

/** The value of a number as people write it: a plain one, or with a percent sign or bps; undefined for none. */
type ReadNumber = (text: string) => number | undefined;

/** Models as they are written in a program: `per_order(1) + share(0.05%, minimum: 2)`; undefined where it is none. */
export function readModels(text: string, models: CostModels, read: ReadNumber): CostModel[] | undefined {
  const given = text.split("+").map((each) => readModel(each.trim(), models, read));
  const found = given.filter((each) => each !== undefined);
  return found.length === given.length ? found : undefined;
}

function readModel(text: string, models: CostModels, read: ReadNumber): CostModel | undefined {
  const [, name, inside] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === undefined || !Object.hasOwn(models, name)) return undefined;
  const wanted = models[name];
  const values = wanted.map((each) => each.default);
  const given = inside.trim() === "" ? [] : inside.split(",");
  for (const [i, each] of given.entries()) {
    const [, label, written] = /^\s*(?:(\w+)\s*:)?\s*(\S.*?)\s*$/.exec(each) ?? [];
    const slot = label === undefined ? i : wanted.findIndex((one) => one.name === label);
    const value = read(written);
    if (slot < 0 || slot >= wanted.length || value === undefined) return undefined;
    values[slot] = value;
  }
  const parameters = values.filter((each) => each !== undefined);
  return parameters.length === wanted.length ? { model: name, parameters } : undefined;
}

/** How a setting says models, for messages. */
export const modelUsages = (models: CostModels): string =>
  Object.entries(models)
    .map(([name, parameters]) => usageOf(name, parameters))
    .join(", ");

/** Models as a setting says them; a share or a count of ticks alone is a number. */
export function costText(given: readonly CostModel[], models: CostModels): number | string {
  if (given.length === 0) return 0;
  const [only] = given;
  const [first] = only.parameters;
  const isPlain = models[only.model].every((each, i) => i === 0 || only.parameters[i] === each.default);
  if (given.length === 1 && isPlain && first !== null) {
    if (only.model === "share") return first;
    if (only.model === "ticks") return `${first} ${first === 1 ? "tick" : "ticks"}`;
  }
  return given.map((each) => modelText(each, models)).join(" + ");
}

function modelText({ model, parameters }: CostModel, models: CostModels): string {
  const said = models[model].flatMap((each, i) => {
    const value = parameters[i];
    if (value === null || value === each.default) return [];
    return [i === 0 ? String(value) : `${each.name}: ${value}`];
  });
  return `${model}(${said.join(", ")})`;
}
