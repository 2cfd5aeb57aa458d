import type { SimulationFlags } from "../simulation-flags.js";

/**
 * What the options of a run over a history have to do with it. An option that is in none of these is not known to those who keep runs, and
 * a test asks for it.
 */
export const simulationOptions = {
  /** Files and folders that are read, alone or by symbol. */
  inputs: ["data", "market", "magnify", "actions", "instruments", "rate", "flows"],
  /** What decides how they are read and what is computed. */
  values: [
    ...["dataMode", "dataZone", "dataStamp", "dataDates", "symbol", "param", "set"],
    ...["resample", "seed", "trials", "trialsDeviation"],
  ],
  /** What is done with a run that was made. */
  afterwards: [
    ...["json", "trades", "orders", "equity", "alerts", "report", "markdown", "svg"],
    ...["assert", "baseline", "allowWorse", "junit", "github", "cache"],
  ],
} as const satisfies Readonly<Record<string, readonly (keyof SimulationFlags)[]>>;

/** The options whose values are all there is to them. */
export const valuesOf = (flags: SimulationFlags): readonly (readonly [name: string, value: unknown])[] =>
  simulationOptions.values.map((name) => [name, flags[name] ?? null]);

/** Every file and folder that is read, with what it is for. */
export const inputsOf = (flags: SimulationFlags): readonly (readonly [use: string, path: string])[] =>
  simulationOptions.inputs.flatMap((name): (readonly [string, string])[] => {
    const given = flags[name];
    if (given === undefined) return [];
    if (typeof given === "string") return [[name, given]];
    return Object.entries(given).map(([of, path]) => [`${name} ${of}`, path]);
  });
