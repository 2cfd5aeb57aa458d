import type { UnitName } from "./unit.js";

/**
 * `"same"` is one unit shared by every input and output that carries it: `sma(price) → price`. `"square"` and `"root"`,
 * for outputs only, are its square and its square root: `sqrt(variance(price)) → price`.
 */
export type SignatureType = UnitName | "bool" | "same" | "square" | "root";

/** A number, or one of a few words, which stands for its place among them. */
export type BuiltinParameter = {
  readonly name: string;
  readonly minimum: number;
  readonly default?: number;
} & ({ readonly type: "bars" | "number" } | { readonly type: "choice"; readonly choices: readonly string[] });

export type ChoiceParameter = Extract<BuiltinParameter, { type: "choice" }>;

export interface BuiltinOutput {
  readonly name: string;
  readonly type: SignatureType;
  /** Of prices it is how far they are apart, and not one of them: no order can wait there. */
  readonly isDistance?: true;
}

/**
 * What the language must know of a function that it does not implement. `lang` receives these as an argument; the
 * kernels behind them live in the engine.
 */
export interface Builtin {
  readonly name: string;
  readonly summary: string;
  /** Series given by the caller, in order. One with a default may be left out. */
  readonly inputs: readonly {
    readonly name: string;
    readonly type: SignatureType;
    readonly default?: number;
  }[];
  /** Where the last input may be given again and again (without a name): how many inputs there may be in all. */
  readonly variadic?: { readonly most: number };
  /** Bar fields taken without being written (`atr(14)` reads high, low and close), after the inputs. */
  readonly fields: readonly FieldName[];
  readonly parameters: readonly BuiltinParameter[];
  readonly outputs: readonly BuiltinOutput[];
  /** Bars, counted from the first on which all inputs have a value, before the first value of the output. */
  readonly warmup: (parameters: readonly number[]) => number;
  /** How many bars back the kernel reads in its input columns. */
  readonly lookback: (parameters: readonly number[]) => number;
  /**
   * The value of a pure function of the inputs on the same bar, which may be worked out before the run where they are
   * known; NaN is absent. A function that has it has no fields, parameters, warm-up or look-back, and one output.
   */
  readonly fold?: (values: readonly number[]) => number;
}

/** What a name of the language can be of: a number in a unit, a moment, a condition. */
export type NamedType = UnitName | "time" | "bool";

/** What every bar has. `session_bar` counts the bars of the trading session so far: 0 on its first bar. */
export const fields = {
  open: "price",
  high: "price",
  low: "price",
  close: "price",
  volume: "quantity",
  time: "time",
  session_bar: "bars",
} as const satisfies Record<string, NamedType>;

export type FieldName = keyof typeof fields;

/**
 * Where a bar stands in the calendar of the strategy, in its time zone. Times of day and dates are those of the bar's
 * open; `since_open` and `until_close` are seen from the bar's close, which is when a rule decides.
 */
export const calendarValues = {
  since_open: "duration",
  until_close: "duration",
  time_of_day: "duration",
  is_session_last: "bool",
  year: "ratio",
  month: "ratio",
  day: "ratio",
  day_of_week: "ratio",
  week_of_year: "ratio",
  hour: "ratio",
  minute: "ratio",
  bar_index: "bars",
} as const satisfies Record<string, NamedType>;

export type CalendarValue = keyof typeof calendarValues;

/** What is known of the instrument before the run; absent where it has no such step. */
export const instrumentValues = {
  tick_size: "price",
  lot_size: "quantity",
  multiplier: "ratio",
} as const satisfies Record<string, NamedType>;

export type InstrumentValue = keyof typeof instrumentValues;

/** What the account looks like at the close of a bar; a value that depends on one of these is not a column. */
export const accountValues = {
  initial_capital: "money",
  equity: "money",
  cash: "money",
  open_profit: "money",
  net_profit: "money",
  gross_profit: "money",
  gross_loss: "money",
  last_profit: "money",
  drawdown: "ratio",
  max_drawdown: "ratio",
  closed_trades: "ratio",
  winning_trades: "ratio",
  losing_trades: "ratio",
  wins_in_a_row: "ratio",
  losses_in_a_row: "ratio",
  kelly: "ratio",
  position_size: "quantity",
  long_size: "quantity",
  short_size: "quantity",
  position_price: "price",
  long_price: "price",
  short_price: "price",
  position_bars: "bars",
  long_bars: "bars",
  short_bars: "bars",
  open_entries: "ratio",
  entry_price: "price",
  best_price: "price",
  worst_price: "price",
  bars_since_exit: "bars",
} as const satisfies Record<string, UnitName>;

export type AccountValue = keyof typeof accountValues;

export type Catalogue = ReadonlyMap<string, Builtin>;
