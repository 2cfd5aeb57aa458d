import type { UnitName } from "./unit.js";

/** `"same"` is one unit shared by every input and output that carries it: `sma(price) → price`. */
export type SignatureType = UnitName | "bool" | "same";

export interface BuiltinParameter {
  readonly name: string;
  readonly type: "bars" | "number";
  readonly minimum: number;
  readonly default?: number;
}

/**
 * What the language must know of a function that it does not implement. `lang` receives these as an argument; the
 * kernels behind them live in the engine.
 */
export interface Builtin {
  readonly name: string;
  readonly summary: string;
  /** Series given by the caller, in order. */
  readonly inputs: readonly { readonly name: string; readonly type: SignatureType }[];
  /** Bar fields taken without being written (`atr(14)` reads high, low and close), after the inputs. */
  readonly fields: readonly FieldName[];
  readonly parameters: readonly BuiltinParameter[];
  readonly outputs: readonly { readonly name: string; readonly type: SignatureType }[];
  /** Bars, counted from the first on which all inputs have a value, before the first value of the output. */
  readonly warmup: (parameters: readonly number[]) => number;
  /** How many bars back the kernel reads in its input columns. */
  readonly lookback: (parameters: readonly number[]) => number;
}

/** What every bar has. `session_bar` counts the bars of the trading session so far: 0 on its first bar. */
export const fields = {
  open: "price",
  high: "price",
  low: "price",
  close: "price",
  volume: "quantity",
  time: "time",
  session_bar: "bars",
} as const satisfies Record<string, UnitName>;

export type FieldName = keyof typeof fields;

/** What the account looks like at the close of a bar; a value that depends on one of these is not a column. */
export const accountValues = {
  equity: "money",
  cash: "money",
  position_size: "quantity",
  position_price: "price",
  position_bars: "bars",
} as const satisfies Record<string, UnitName>;

export type AccountValue = keyof typeof accountValues;

export type Catalogue = ReadonlyMap<string, Builtin>;
