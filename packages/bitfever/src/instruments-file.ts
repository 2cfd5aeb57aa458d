import {
  calendarOf,
  checkInstruments,
  termDefinitions,
  type InstrumentChange,
  type Instruments,
  type InstrumentTerms,
} from "@bitfever/engine";
import { readSource } from "./files.js";
import type { Placed } from "./portfolio/placed.js";

const names = [...Object.keys(termDefinitions), "changes"] as (keyof InstrumentTerms)[];

/**
 * Reads what is said of instruments, by symbol, from a YAML or JSON file.
 *
 * @returns what `backtest` takes as `instruments`
 * @throws BitFeverError BF5090 with file, line and place for what the file should not say, BF5044 for a calendar that there
 *   is not
 * @example
 * await backtest(strategy, bars, { instruments: await readInstruments("instruments.yaml") });
 */
export async function readInstruments(path: string): Promise<Instruments> {
  const { text } = await readSource(path);
  // YAML is seventy files, and most runs read none: they would take a tenth of the time in which a command starts.
  const { Placed } = await import("./portfolio/placed.js");
  const file = Placed.read(path, text, "BF5090");
  const entries = file.entries().map(([symbol, given]) => [symbol, termsIn(given)] as const);
  return file.within(() => checkInstruments(Object.fromEntries(entries)));
}

function termsIn(given: Placed): InstrumentTerms {
  const { changes, ...values } = given.fields(...names);
  const said = Object.entries(values).flatMap(([name, each]) => {
    if (each.isAbsent) return [];
    const { parse, expects } = termDefinitions[name as keyof typeof termDefinitions];
    const text = each.text().trim();
    if (name === "calendar") each.within(() => calendarOf(text, { zone: "UTC" }));
    const value = parse(text);
    return [[name, value === undefined ? each.fail(`is \`${text}\``, `it is ${expects}`) : value] as const];
  });
  const dated = changes.isAbsent ? {} : { changes: changes.list().map(changeIn) };
  return { ...Object.fromEntries(said), ...dated };
}

function changeIn(given: Placed): InstrumentChange {
  const { from, tick, lot } = given.fields("from", "tick", "lot");
  return {
    from: from.text(),
    ...(tick.isAbsent ? {} : { tick: stepIn(tick) }),
    ...(lot.isAbsent ? {} : { lot: stepIn(lot) }),
  };
}

function stepIn(given: Placed): number {
  const text = given.text();
  const value = termDefinitions.multiplier.parse(text);
  return typeof value === "number" ? value : given.fail(`is \`${text}\``, "it is a positive number");
}
