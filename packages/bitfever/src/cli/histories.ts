import type { Command } from "commander";
import type { Program } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import type { BacktestOptions } from "../backtest.js";
import { readBarFile, readFlows } from "../files.js";
import { readInstruments } from "../instruments-file.js";
import { readActionsOf } from "../read-actions.js";
import { isFolder, readUniverse, type MemberFile } from "../universe.js";
import { noteDefects } from "./data-notes.js";
import type { Io } from "./io.js";
import { collectPair, readOptionsOf, type DataFlags } from "./options.js";

export interface HistoryFlags extends DataFlags {
  readonly market?: Record<string, string>;
  readonly actions?: string;
  readonly instruments?: string;
  readonly rate?: Record<string, string>;
  readonly flows?: string;
}

/** What the account of a run goes through beside its trades. */
export const addAccountOptions = (command: Command): Command =>
  command
    .option(
      "--actions <path>",
      "splits, dividends and symbol changes: CSV, a folder with files for each symbol, or `data` for columns beside the prices",
    )
    .option(
      "--instruments <path>",
      "tick, lot, currency and more of single instruments: a YAML or JSON file, by symbol",
    )
    .option(
      "--rate <pair=path>",
      "rates of two currencies: of EURUSD, what one euro is worth in dollars (repeatable)",
      collectPair,
    )
    .option(
      "--flows <path>",
      "deposits and withdrawals: CSV with time, amount (below 0 is taken out) and perhaps note",
    );

/** All that a run is given beside its program and parameters. */
interface Inputs {
  readonly bars: readonly Bars[];
  readonly given: Pick<BacktestOptions, "markets" | "instruments" | "rates" | "actions" | "flows">;
}

export async function readInputs(io: Io, program: Program, flags: HistoryFlags): Promise<Inputs> {
  const { actions, flows, market = {}, dataZone: zone } = flags;
  const files = await readHistoryFiles(io, program, flags);
  const markets = await readMarkets(io, flags);
  const all = [
    ...files.map(({ path, bars }) => ({ path, symbol: bars.symbol })),
    ...Object.entries(market).map(([symbol, path]) => ({ path, symbol })),
  ];
  return {
    bars: files.map((each) => each.bars),
    given: {
      markets,
      ...(await readMoney(io, flags)),
      ...(actions !== undefined && { actions: await readActionsOf(actions, all, readOptionsOf(flags)) }),
      ...(flows !== undefined && { flows: await readFlows(flows, { zone }) }),
    },
  };
}

/** One file, or a folder with one for each member of a universe. */
async function readHistoryFiles(
  io: Io,
  program: Program,
  flags: HistoryFlags,
): Promise<readonly MemberFile[]> {
  const options = { ...readOptionsOf(flags), hasActions: flags.actions === "data" };
  const { universe } = program;
  const isMany = universe !== null && (await isFolder(flags.data));
  const files = isMany
    ? await readUniverse(flags.data, universe, options)
    : [{ path: flags.data, ...(await readBarFile(flags.data, options)) }];
  for (const each of files) noteDefects(io, each.path, each, isMany ? each.bars.symbol : "data");
  return files;
}

/** The bars of the other markets that a program reads. */
async function readMarkets(io: Io, { market = {}, ...flags }: HistoryFlags): Promise<Record<string, Bars>> {
  const read = await Promise.all(
    Object.entries(market).map(async ([symbol, path]) => {
      const found = await readBarFile(path, { ...readOptionsOf(flags), symbol });
      noteDefects(io, path, found, symbol);
      return [symbol, found.bars] as const;
    }),
  );
  return Object.fromEntries(read);
}

/** What the files say of instruments, and the rates of currencies. */
async function readMoney(
  io: Io,
  { instruments, rate = {}, ...flags }: HistoryFlags,
): Promise<Pick<BacktestOptions, "instruments" | "rates">> {
  return {
    ...(instruments === undefined ? {} : { instruments: await readInstruments(instruments) }),
    rates: await readMarkets(io, { ...flags, market: rate }),
  };
}

/** Finer bars of the same market. */
export async function readFiner(io: Io, path: string, flags: DataFlags): Promise<Bars> {
  const found = await readBarFile(path, readOptionsOf(flags));
  noteDefects(io, path, found, "finer data");
  return found.bars;
}
