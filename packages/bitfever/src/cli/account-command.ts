import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { BitFeverError, intervalMs as lengthOf, type Program, type Source } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { readBarFile, readSource } from "../files.js";
import { readInstruments } from "../instruments-file.js";
import { fileModules } from "../modules.js";
import { readGates } from "../trading/gates-file.js";
import { setUp, type HeardSymbol, type TradedStrategy } from "../trading/set-up.js";
import type { AccountSetup } from "../trading/account-setup.js";
import { TradingAccount } from "../trading/trading-account.js";
import { barFile, isFolder } from "../universe.js";
import { runAccount } from "./account-run.js";
import { usage } from "./account-usage.js";
import { shownProgram } from "./checked-program.js";
import { noteDefects } from "./data-notes.js";
import type { ExitCode, Io } from "./io.js";
import { collect, collectPair, positive, readOptionsOf, settingsOf, type DataFlags } from "./options.js";

export interface TradingFlags extends Omit<DataFlags, "data"> {
  readonly data: readonly string[];
  readonly journal?: string;
  readonly gates?: string;
  readonly speed?: number;
  readonly feed?: string;
  readonly follow?: string;
  readonly watch?: boolean;
  readonly shell?: boolean;
  readonly byHand?: string;
  readonly account?: string;
  readonly share?: Record<string, string>;
  readonly on?: Record<string, string>;
  readonly param?: Record<string, string>;
  readonly set?: Record<string, string>;
  readonly market?: Record<string, string>;
  readonly instruments?: string;
  readonly json?: string;
  readonly trades?: string;
}

export const addTradingOptions = (command: Command): Command =>
  command
    .option(
      "--data <path>",
      "bars: CSV (also .gz), Arrow IPC or Parquet, one file for each symbol; PATH, SYMBOL=PATH or a folder; of a universe its folder (repeatable, " +
        "or several files behind one another)",
      collect,
    )
    .option("--journal <folder>", "keep the account there, and go on where it ended")
    .option("--gates <path>", "risk gates: a YAML or JSON list of rules")
    .option("--speed <n>", "tell the bars at so many times the speed at which they closed", positive)
    .option(
      "--feed <->",
      "go on with bars that come on standard input: CSV behind a line of names, or JSON a line",
    )
    .option("--follow <path>", "go on with bars of a file that grows, line by line as --feed takes them")
    .option(
      "--watch",
      "show the account while it trades; without a terminal a line for everything that happens",
    )
    .option("--shell", "take commands while it trades: once the bars are told, or at once with --speed")
    .option("--by-hand <part>", "a part of the capital for what is traded by hand, such as 20%")
    .option("--account <name>", "what the account is called")
    .option("--share <strategy=part>", "its part of the capital, such as 60% (repeatable)", collectPair)
    .option("--on <strategy=symbols>", "what it trades, such as A,B (repeatable)", collectPair);

/** What of the words of a command is a strategy, and what are more bars: `--data a.csv b.csv`. */
export function sorted<Flags extends Partial<TradingFlags>>(
  words: readonly string[],
  flags: Flags,
): { readonly files: readonly string[]; readonly flags: Flags & Pick<TradingFlags, "data"> } {
  const files = words.filter((each) => !barFile.test(each));
  if (files.length === 0)
    throw usage(
      "there is no strategy among the files",
      "give a .bf file: bf paper strategy.bf --data bars.csv",
    );
  const data = [...(flags.data ?? []), ...words.filter((each) => barFile.test(each))];
  if (data.length === 0 && !isFed(flags))
    throw usage("there are no bars", `give them: bf paper ${files.join(" ")} --data bars.csv`);
  return { files, flags: { ...flags, data } };
}

/** Whether bars come while it trades. */
const isFed = ({ feed, follow }: Partial<TradingFlags>): boolean =>
  feed !== undefined || follow !== undefined;

/** What only an account has; without any of it one file over one history is a run as of old. */
export const isAccount = (files: readonly string[], flags: TradingFlags): boolean =>
  files.length > 1 ||
  flags.data.length > 1 ||
  isFed(flags) ||
  [
    flags.journal,
    flags.gates,
    flags.speed,
    flags.watch,
    flags.account,
    flags.share,
    flags.on,
    flags.shell,
    flags.byHand,
  ].some((each) => each !== undefined);

/** What an account cannot be asked for, since it is of a finished run over one history. */
const ofRuns = [
  "magnify",
  "orders",
  "equity",
  "alerts",
  "report",
  "markdown",
  "svg",
  "assert",
  "junit",
  "resample",
  "trials",
  "trialsDeviation",
  "actions",
  "rate",
  "flows",
] as const;

export type RunFlags = Partial<Record<(typeof ofRuns)[number], unknown>>;

/** @throws BitFeverError BF5187 for what an account cannot be asked for */
export function checkNoRun(flags: RunFlags): void {
  const tooMuch = ofRuns.find((each) => flags[each] !== undefined);
  if (tooMuch !== undefined)
    throw usage(
      `--${tooMuch.replace(/[A-Z]/g, (each) => `-${each.toLowerCase()}`)} is of a run over one history, and this is an account`,
      "leave it out; --json and --trades tell how the account stands",
    );
}

/** Trades strategies of files on an account. */
export async function tradeFiles(
  io: Io,
  done: (code: ExitCode) => void,
  kind: AccountSetup["kind"],
  files: readonly string[],
  flags: TradingFlags & RunFlags,
): Promise<void> {
  checkNoRun(flags);
  const settings = settingsOf(flags);
  const named = await Promise.all(files.map((file) => readStrategy(io, file)));
  const strategies = strategiesOf(named, flags);
  const gates = flags.gates === undefined ? [] : await readGates(flags.gates);
  const instruments = flags.instruments === undefined ? {} : await readInstruments(flags.instruments);
  const bars = await readHistories(io, flags);
  const { account } = flags;
  const symbols = bars.length > 0 ? bars : fedSymbols(named, flags);
  const byHand = flags.byHand === undefined ? undefined : { share: partOf("--by-hand ", flags.byHand) };
  const setup = setUp({ strategies, symbols, kind, settings, gates, instruments, account, byHand });
  await runAccount(io, done, {
    ...{ kind, bars, ...flags },
    open: (onEvent) => TradingAccount.open({ setup, journal: flags.journal, onEvent }),
  });
}

/** What is known of bars that are all still to come. */
function fedSymbols(named: readonly NamedStrategy[], { symbol }: TradingFlags): readonly HeardSymbol[] {
  if (symbol === undefined)
    throw usage(
      "nobody knows of what the bars will be",
      "name it with --symbol, or give what there is of the past: --data SYMBOL=PATH",
    );
  const intervalMs = named.flatMap(({ program: { clock } }) =>
    clock === null ? [] : (lengthOf(clock) ?? []),
  )[0];
  if (intervalMs === undefined)
    throw usage(
      "nobody knows how long the bars will be",
      "write it in the program, such as `on 15m`, or give what there is of the past: --data PATH",
    );
  return [{ symbol, intervalMs }];
}

interface NamedStrategy {
  readonly source: Source;
  readonly program: Program;
  /** The name of the file without its ending. */
  readonly stem: string;
}

async function readStrategy(io: Io, file: string): Promise<NamedStrategy> {
  const source = await readSource(file);
  const { program } = shownProgram(io, source);
  return { source, program, stem: basename(file).replace(/\.bf$/, "") };
}

function strategiesOf(
  named: readonly NamedStrategy[],
  { param = {}, share = {}, on = {} }: TradingFlags,
): readonly TradedStrategy[] {
  const find = (name: string, flag: string): number => {
    const places = named.flatMap(({ program, stem }, i) =>
      program.name === name || stem === name ? [i] : [],
    );
    if (places.length === 1) return places[0];
    throw usage(
      places.length === 0
        ? `--${flag} names \`${name}\`, and no strategy is called so`
        : `--${flag} names \`${name}\`, and ${places.length} files are called so`,
      `the strategies are ${named.map(({ program }) => `"${program.name}"`).join(", ")}`,
    );
  };
  const params = named.map((): Record<string, string> => ({}));
  for (const [key, value] of Object.entries(param)) {
    const dot = key.lastIndexOf(".");
    if (dot >= 0) {
      params[find(key.slice(0, dot), "param")][key.slice(dot + 1)] = value;
      continue;
    }
    const having = named.flatMap(({ program }, i) =>
      program.parameters.some(({ name }) => name === key) ? [i] : [],
    );
    // One that nobody has is refused by the first, which says what there is.
    for (const place of having.length === 0 ? [0] : having) params[place][key] ??= value;
  }
  const shares = new Map(
    Object.entries(share).map(([name, text]) => [find(name, "share"), partOf(`--share ${name}=`, text)]),
  );
  const symbols = new Map(Object.entries(on).map(([name, text]) => [find(name, "on"), listOf(text)]));
  return named.map(({ source }, i) => ({
    ...{ source, findModule: fileModules, params: params[i] },
    ...{ share: shares.get(i), symbols: symbols.get(i) },
  }));
}

const listOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

function partOf(flag: string, text: string): number {
  const [, digits, percent] = /^(\d*\.?\d+)(%?)$/.exec(text) ?? [];
  if (digits === undefined) throw usage(`${flag}${text} is no part of a whole`, "write it as 60% or 0.6");
  return Number(percent === "%" ? `${digits}e-2` : digits);
}

type HistoryFlags = Pick<TradingFlags, "data" | "symbol" | "market" | keyof DataFlags>;

/** The bars of every file, and of other markets, by symbol. */
export async function readHistories(io: Io, flags: HistoryFlags): Promise<readonly Bars[]> {
  const files = (await Promise.all(flags.data.map(filesOf))).flat();
  if (flags.symbol !== undefined && files.length > 1)
    throw usage("--symbol names one history, and there are several", "write them as --data SYMBOL=PATH");
  const markets = Object.entries(flags.market ?? {}).map(([symbol, path]) => ({ symbol, path }));
  return Promise.all(
    [...files, ...markets].map(async ({ symbol, path }) => {
      const options = readOptionsOf({ ...flags, data: path });
      const read = await readBarFile(path, { ...options, ...(symbol !== undefined && { symbol }) });
      noteDefects(io, path, read, read.bars.symbol);
      if (read.bars.length === 0)
        throw new BitFeverError("BF5007", `there are no bars in ${path}`, { hint: "check the file" });
      return read.bars;
    }),
  );
}

interface DataFile {
  /** Undefined where the name of the file says it. */
  readonly symbol: string | undefined;
  readonly path: string;
}

/** `SYMBOL=PATH`, or a path alone. */
export function namedFile(given: string): DataFile {
  const [, symbol, path] = /^([^=/\\]+)=(.+)$/.exec(given) ?? [];
  return path === undefined || existsSync(given) ? { symbol: undefined, path: given } : { symbol, path };
}

async function filesOf(given: string): Promise<readonly DataFile[]> {
  const named = namedFile(given);
  const { path } = named;
  if (!(await isFolder(path))) return [named];
  const found = (await readdir(path)).filter((each) => barFile.test(each)).sort();
  if (found.length === 0)
    throw new BitFeverError("BF5007", `there are no bars in ${path}`, {
      hint: "give a folder with one CSV, Arrow or Parquet file for each symbol",
    });
  return found.map((each) => ({ symbol: each.replace(barFile, ""), path: join(path, each) }));
}
