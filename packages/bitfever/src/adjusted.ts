import { BitFeverError } from "@bitfever/lang";
import {
  adjustBars,
  adjustmentSteps,
  heldActions,
  placeActions,
  type AdjustedBy,
  type AdjustmentStep,
  type Bars,
  type CorporateAction,
  type HeldAction,
  type Settings,
  type Ticker,
  type Timing,
  type Trade,
} from "@bitfever/engine";
import { hashOf } from "./hash.js";

/** Corporate actions by the symbol of their bars. */
export type ActionsBySymbol = Readonly<Record<string, readonly CorporateAction[]>>;

/** Bars in a view, and what of their corporate actions is left to who holds them. */
export interface AdjustedBars {
  readonly bars: Bars;
  /** What the market is compared by: as they were traded they jump at splits. */
  readonly benchmark: Bars;
  readonly held: readonly HeldAction[];
  /** The way from bars as they were traded to the view, for finer bars of the same. */
  readonly steps: readonly AdjustmentStep[];
  readonly tickers: readonly Ticker[];
  readonly splits: number;
  readonly dividends: number;
  readonly outside: number;
}

/** @throws BitFeverError BF5102 to BF5105 for actions that cannot be, or not on these bars */
export function adjusted(
  bars: Bars,
  actions: readonly CorporateAction[] | undefined,
  { adjustment: view }: Pick<Settings, "adjustment">,
  timing: Timing,
): AdjustedBars {
  if (actions === undefined)
    return { bars, benchmark: bars, held: [], steps: [], tickers: [], splits: 0, dividends: 0, outside: 0 };
  const { actions: placed, tickers, outside } = placeActions(bars, actions, timing);
  const steps = adjustmentSteps(bars, placed, view);
  const splits = placed.filter(({ kind }) => kind === "split").length;
  const seen = adjustBars(bars, steps);
  const benchmark = view === "none" ? adjustBars(bars, adjustmentSteps(bars, placed, "splits")) : seen;
  return {
    ...{ bars: seen, benchmark },
    ...{
      held: heldActions(placed, view),
      steps,
      tickers,
      splits,
      dividends: placed.length - splits,
      outside,
    },
  };
}

/** How the bars of a run are seen; undefined where nobody gave corporate actions. */
export function adjustmentOf(
  actions: ActionsBySymbol | undefined,
  { adjustment: view }: Pick<Settings, "adjustment">,
  all: readonly AdjustedBars[],
): AdjustedBy | undefined {
  if (actions === undefined) return undefined;
  const sum = (pick: (each: AdjustedBars) => number): number =>
    all.reduce((total, each) => total + pick(each), 0);
  return {
    view,
    splits: sum(({ splits }) => splits),
    dividends: sum(({ dividends }) => dividends),
    outside: sum(({ outside }) => outside),
    hash: hashOf(actions),
  };
}

/** @throws BitFeverError BF5104 for actions of a symbol of which there are no bars */
export function checkActions(actions: ActionsBySymbol | undefined, symbols: readonly string[]): void {
  const stranger = Object.keys(actions ?? {}).find((each) => !symbols.includes(each));
  if (stranger === undefined) return;
  throw new BitFeverError("BF5104", `there are corporate actions of ${stranger}, and no bars of it`, {
    hint: `the bars are of ${symbols.join(", ")}; --symbol says what those of one file are of`,
  });
}

/** Trades with the ticker under which they were entered, where that was another than their symbol. */
export function withTickers(
  trades: readonly Trade[],
  all: readonly Pick<AdjustedBars, "bars" | "tickers">[],
): readonly Trade[] {
  const known = new Map(
    all.flatMap(({ bars, tickers }) => (tickers.length === 0 ? [] : [[bars.symbol, tickers]])),
  );
  if (known.size === 0) return trades;
  return trades.map((trade) => {
    const symbol = trade.symbol ?? all[0].bars.symbol;
    const ticker = known.get(symbol)?.findLast(({ from }) => from <= trade.entryTime)?.ticker;
    return ticker === undefined || ticker === symbol ? trade : { ...trade, ticker };
  });
}
