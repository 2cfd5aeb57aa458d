import {
  BitFeverError,
  compile,
  compileExpression,
  intervalMs,
  specialise,
  type Diagnostic,
  type Plan,
  type Program,
} from "@bitfever/lang";
import {
  barsOf,
  calendars,
  catalogue,
  Evaluation,
  fieldsOf,
  parseSettings,
  type Bars,
  type Settings,
} from "@bitfever/engine";
import { timingFor } from "@bitfever/runtime";
import { backtest, runTests } from "bitfever";
import { parameterNumbers } from "../../packages/bitfever/src/parameters.js";
import { runOn } from "../../packages/bitfever/src/testing/run-histories.js";
import type { BarTable, Case, Column, Expectation, Topic } from "./case.js";

const calendarNames = calendars.map((each) => each.name);

const numbers = (of: Column): Float64Array => Float64Array.from(of, (each) => each ?? NaN);
const oneBar = barsFrom({ interval: "1m", start: "2024-01-01T00:00Z", columns: { close: [1] } });

/** What this implementation makes of a case, in the words in which cases say what they expect; all that is asked. */
export async function answerTo(given: Case, { bars: tables = {} }: Topic): Promise<Expectation> {
  const bars = given.bars === undefined ? oneBar : barsFrom(tables[given.bars]);
  const named = (of: Case["markets"] = {}): Record<string, Bars> =>
    Object.fromEntries(
      Object.entries(of).map(([symbol, table]) => [symbol, barsFrom(tables[table], symbol)]),
    );
  const { markets, members } = {
    markets: named(given.markets),
    members: Object.values(named(given.members)),
  };
  return given.expression === undefined
    ? answerOfProgram(given, given.program ?? "", { bars, markets, members })
    : answerOfExpression(given, given.expression, bars);
}

function barsFrom({ interval, start, columns }: BarTable, symbol = "TEST"): Bars {
  const { close, open = close, high = close, low = close, volume = close.map(() => null) } = columns;
  const step = intervalMs(interval) ?? NaN;
  const time = columns.time?.map(Date.parse) ?? close.map((_, i) => Date.parse(start ?? "") + i * step);
  return {
    ...barsOf(symbol, {
      time: Float64Array.from(time),
      open: numbers(open),
      high: numbers(high),
      low: numbers(low),
      close: numbers(close),
      volume: numbers(volume),
    }),
    intervalMs: step,
  };
}

const written = (of: Float64Array): Column => Array.from(of, (each) => (Number.isNaN(each) ? null : each));

const settingsOf = ({ settings = {} }: Case): Settings =>
  parseSettings(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])));

/** The codes of the errors, or of the warnings where there is no error: every one once, in the order of the alphabet. */
function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  const errors = diagnostics.filter((each) => each.severity === "error");
  return [...new Set((errors.length > 0 ? errors : diagnostics).map((each) => each.code))].sort();
}

function answerOfExpression(given: Case, text: string, bars: Bars): Expectation {
  const { plan, diagnostics } = compileExpression({ name: given.id, text }, catalogue);
  if (plan === null || given.expect.diagnostics !== undefined) return { diagnostics: codesOf(diagnostics) };
  const columns = columnsOf(plan, bars, settingsOf(given));
  if (given.expect.value !== undefined) return { value: written(columns[0]).at(-1) ?? null };
  const isSole = columns.length === 1;
  return { columns: named(plan.outputs.map(({ name }, i) => [isSole ? "value" : name, columns[i]])) };
}

const named = (columns: readonly (readonly [string, Float64Array])[]): Record<string, Column> =>
  Object.fromEntries(columns.map(([name, values]) => [name, written(values)]));

function columnsOf(plan: Plan, bars: Bars, settings: Settings): Float64Array[] {
  const timing = timingFor(plan, settings, bars.intervalMs);
  const { tick, lot, multiplier } = settings;
  const evaluation = new Evaluation(plan, bars.length, { timing, instrument: { tick, lot, multiplier } });
  evaluation.append(fieldsOf(bars, timing), 0, bars.length);
  return plan.outputs.map(({ column }) => {
    const values = new Float64Array(bars.length);
    evaluation.copyNewest(column, values);
    return values;
  });
}

/** The bars a case gives, by what they are for. */
interface Histories {
  readonly bars: Bars;
  readonly markets: Readonly<Record<string, Bars>>;
  readonly members: readonly Bars[];
}

async function answerOfProgram(given: Case, text: string, histories: Histories): Promise<Expectation> {
  const { expect: asked, modules = {} } = given;
  const { program, diagnostics } = compile({ name: "program.bf", text }, catalogue, {
    calendars: calendarNames,
    findModule: (path) => (Object.hasOwn(modules, path) ? { name: path, text: modules[path] } : undefined),
  });
  if (program === null || asked.diagnostics !== undefined) return { diagnostics: codesOf(diagnostics) };
  if (asked.tests !== undefined) {
    const { passed, failed } = await runTests({ program });
    return { tests: { passed, failed } };
  }
  try {
    return pick(await ran(given, program, histories), asked);
  } catch (error) {
    if (error instanceof BitFeverError) return { refused: error.code };
    throw error;
  }
}

type Answer = Required<Pick<Expectation, "columns" | "warmup" | "equity" | "fills" | "alerts" | "counts">>;

async function ran(given: Case, program: Program, { bars, markets, members }: Histories): Promise<Answer> {
  const settings = settingsOf(given);
  const { params = {} } = given;
  const isMany = program.universe !== null;
  const { result, curves } = await backtest({ program }, isMany ? members : bars, {
    params,
    settings,
    markets,
  });
  const plan = specialise(program, catalogue, parameterNumbers(program, params), { withLets: true });
  const histories = { own: isMany ? members : [bars], markets: new Map(Object.entries(markets)) };
  const { fills, outputs } = runOn(plan, histories, { settings });
  const barOf = (time: string): number => bars.time.indexOf(Date.parse(time)) + 1;
  return {
    // Those of a universe are not asked for: each member has its own.
    columns: isMany ? {} : named(plan.outputs.map(({ name }, i) => [name, outputs[0].columns[i]])),
    warmup: result.warmup,
    equity: written(curves.equity),
    fills,
    alerts: result.alerts.map(({ time, text }) => ({ bar: barOf(time), text })),
    counts: { ...result.counts },
  };
}

/** Of an answer what was asked for: fills with the parts that are told, columns and counts that are named. */
function pick(answer: Answer, asked: Expectation): Expectation {
  const { columns, warmup, equity, fills, alerts, counts } = answer;
  return {
    ...(asked.columns && { columns: partOf(columns, asked.columns) }),
    ...(asked.warmup !== undefined && { warmup }),
    ...(asked.equity && { equity }),
    ...(asked.fills && { fills: fills.map((each, i) => partOf(each, asked.fills?.[i] ?? each)) }),
    ...(asked.alerts && { alerts }),
    ...(asked.counts && { counts: partOf(counts, asked.counts) }),
    // A program that should have been refused and ran has nothing else to say.
    ...(asked.refused !== undefined && { fills }),
  };
}

const partOf = <Thing extends object>(of: Thing, asked: object): Thing =>
  Object.fromEntries(Object.entries(of).filter(([name]) => Object.hasOwn(asked, name))) as Thing;
