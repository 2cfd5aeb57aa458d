import { dirname, resolve } from "node:path";
import type { Program, Source } from "@bitfever/lang";
import { parseSettings, type ReadResult, type Settings } from "@bitfever/engine";
import { readBarFile, readSource } from "../files.js";
import { readInstruments } from "../instruments-file.js";
import { parameterNumbers } from "../parameters.js";
import { candidatesOf, type FilterInput } from "./candidates.js";
import type { SystemInput } from "./members.js";
import { Placed } from "./placed.js";
import type { PortfolioOptions } from "./portfolio.js";

export interface PortfolioFile {
  readonly systems: readonly SystemInput[];
  readonly options: PortfolioOptions;
}

/** What reading a portfolio needs of its surroundings. */
export interface PortfolioReaders {
  readonly compile: (source: Source) => Program;
  /** Told of every file of bars that is read. */
  readonly onBars: (path: string, read: ReadResult) => void;
}

/**
 * Reads a portfolio, with the programs and the bars that it names; paths are taken from where the file is.
 *
 * @throws BitFeverError BF5082 with file, line and place for what the file should not say, and whatever reading the
 *   programs and the bars throws
 */
export async function readPortfolio(path: string, readers: PortfolioReaders): Promise<PortfolioFile> {
  const { text } = await readSource(path);
  const file = Placed.read(path, text).fields(...names);
  const { set, instruments, rates, walk, random, when_off, reallocate, objective } = file;
  const systems = file.systems.list();
  if (systems.length === 0) file.systems.fail("is missing", "list the systems under `systems:`");
  return {
    systems: await Promise.all(systems.map((each) => readSystem(each, dirname(path), readers))),
    options: {
      settings: settingsOf(set),
      ...(instruments.isAbsent
        ? {}
        : { instruments: await readInstruments(resolve(dirname(path), instruments.text())) }),
      ...(rates.isAbsent ? {} : { rates: await readHistories(rates, dirname(path), readers.onBars) }),
      ...(when_off.isAbsent ? {} : { whenOff: when_off.oneOf("close", "run") }),
      ...(reallocate.isAbsent ? {} : { reallocate: reallocate.oneOf("monthly", "never") }),
      ...(objective.isAbsent ? {} : { objective: objective.text() }),
      ...(walk.isAbsent ? {} : { walk: walkOf(walk) }),
      ...(random.isAbsent ? {} : { random: randomOf(random) }),
    },
  };
}

const names = [
  "systems",
  "set",
  "instruments",
  "rates",
  "when_off",
  "reallocate",
  "objective",
  "walk",
  "random",
] as const;

function walkOf(given: Placed): PortfolioOptions["walk"] {
  const { window, train, test } = given.fields("window", "train", "test");
  return {
    kind: window.isAbsent ? "rolling" : window.oneOf("rolling", "anchored"),
    train: train.whole(1),
    test: test.whole(1),
  };
}

function randomOf(given: Placed): PortfolioOptions["random"] {
  const { runs, seed } = given.fields("runs", "seed");
  return { runs: runs.whole(19), seed: seed.isAbsent ? 1 : seed.whole(0) };
}

async function readSystem(
  given: Placed,
  folder: string,
  { compile, onBars }: PortfolioReaders,
): Promise<SystemInput> {
  const { name, program, data, markets, params, set, share, filter } = given.fields(
    ...(["name", "program", "data", "markets", "params", "set", "share", "filter"] as const),
  );
  const compiled = compile(await readSource(resolve(folder, program.text())));
  return {
    name: name.text(),
    strategy: { program: compiled },
    bars: await readHistory(data, folder, onBars),
    markets: await readHistories(markets, folder, onBars),
    params: params.within(() => parameterNumbers(compiled, textsOf(params))),
    settings: settingsOf(set, "initial_capital", "money_decimals", "currency"),
    ...(share.isAbsent ? {} : { share: share.share() }),
    ...(filter.isAbsent ? {} : { filter: filterOf(filter, name.text()) }),
  };
}

/** Settings that are given, by name and text; some are those of the whole account. */
function settingsOf(given: Placed, ...ofAll: readonly (keyof Settings)[]): Partial<Settings> {
  const found = given.entries().map(([name, each]): Partial<Settings> => {
    if ((ofAll as readonly string[]).includes(name))
      each.fail("is that of the whole account", "set it under the `set` of the portfolio");
    const all = each.within(() => parseSettings({ [name]: each.text() }));
    return { [name]: all[name as keyof Settings] };
  });
  return Object.assign({}, ...found) as Partial<Settings>;
}

function filterOf(given: Placed, system: string): FilterInput {
  const entries = given.entries().map(([key, each]) => {
    const texts = each.list().map((one) => one.text());
    return [key, texts.length === 1 ? texts[0] : texts] as const;
  });
  const { name, ...values } = Object.fromEntries(entries);
  if (typeof name !== "string") return given.fail("has no name", "write `name:` and one of the filters");
  const filter = { ...values, name };
  given.within(() => candidatesOf(filter, system));
  return filter;
}

const textsOf = (given: Placed): Record<string, string> =>
  Object.fromEntries(given.entries().map(([key, each]) => [key, each.text()]));

/** Bars by their symbol. */
const readHistories = async (
  given: Placed,
  folder: string,
  onBars: PortfolioReaders["onBars"],
): Promise<Readonly<Record<string, SystemInput["bars"]>>> =>
  Object.fromEntries(
    await Promise.all(
      given
        .entries()
        .map(async ([symbol, each]) => [symbol, await readHistory(each, folder, onBars, symbol)] as const),
    ),
  );

/** Bars by their path, or by a group that says how to read them. */
async function readHistory(
  given: Placed,
  folder: string,
  onBars: PortfolioReaders["onBars"],
  named?: string,
): Promise<SystemInput["bars"]> {
  const known = ["path", "zone", "stamp", "dates", "mode", "symbol"] as const;
  const { path, zone, stamp, dates, mode, symbol } = given.fieldsOrFirst(...known);
  const file = resolve(folder, path.text());
  const read = await readBarFile(file, {
    zone: zone.isAbsent ? undefined : zone.text(),
    stamp: stamp.isAbsent ? undefined : stamp.oneOf("open", "close"),
    dates: dates.isAbsent ? undefined : dates.oneOf("day first", "month first"),
    mode: mode.isAbsent ? undefined : mode.oneOf("strict", "lenient"),
    symbol: symbol.isAbsent ? named : symbol.text(),
  });
  onBars(file, read);
  return read.bars;
}
