import { BitFeverError } from "@bitfever/lang";
import type { Instrument } from "./instrument.js";
import type { MarginRules } from "./venue-account.js";

/** How generously orders fill. */
export interface FillRules {
  /** Ticks that the price must go beyond a limit before it fills. */
  readonly through: number;
  /** Market orders fill at the close at which they are sent. */
  readonly onClose: boolean;
  /** Bars that an order is on its way before the market sees it. */
  readonly latency: number;
  /** The most of a bar's volume that may be traded, as a share; null asks for no volume. */
  readonly volume: number | null;
  /** The probability that a limit fills which the price touches and does not go through. */
  readonly touch: { readonly chance: number; readonly seed: number };
  /** When stops and targets come into force: with their entry, or from the bar after that of it. */
  readonly protects: "at_once" | "next_bar_after_resting" | "next_bar";
  /** A way out that waits at a price, and that a bar comes to, goes before what was decided for its open. */
  readonly protectionFirst: boolean;
  /** Whether stops pay slippage, as market orders do. */
  readonly stopsSlip: boolean;
  /**
   * When it is settled what an entry that rests does to a position on its other side, and whether there is room for one
   * more entry: when it fills, or when it is placed. Placed against a position it then trades that much more.
   */
  readonly settlesEntries: "at_fill" | "at_placement";
  /** Of two entries that are met at one price, the one that buys goes first. */
  readonly buysFirst: boolean;
  /** An entry opens a position of its own beside one on the other side, instead of turning it round. */
  readonly hedges: boolean;
  readonly margin: MarginRules;
  /** Fills say how their prices came about. */
  readonly explains: boolean;
}

export const plainFills: FillRules = {
  through: 0,
  onClose: false,
  latency: 0,
  volume: null,
  touch: { chance: 1, seed: 0 },
  protects: "at_once",
  protectionFirst: false,
  stopsSlip: true,
  settlesEntries: "at_fill",
  buysFirst: false,
  hedges: false,
  margin: { initial: 1, maintenance: 0 },
  explains: false,
};

/** @throws BitFeverError BF5012, BF5013 for fills that an instrument cannot have */
export function checkFillRules(instrument: Instrument, { through, latency, volume, touch }: FillRules): void {
  const mustBeWhole = (value: number, problem: string, hint: string): void => {
    if (!Number.isSafeInteger(value) || value < 0) throw new BitFeverError("BF5013", problem, { hint });
  };
  mustBeWhole(
    through,
    `limits fill ${through} ticks beyond; nothing trades between two ticks`,
    "give whole ticks, or 0 to fill at the touch",
  );
  if (through > 0 && instrument.tickSize === null)
    throw new BitFeverError(
      "BF5012",
      "filling limits beyond their price needs to know the instrument's tick",
      {
        hint: "give it with --set tick=0.01, or fill at the touch with --set through=0",
      },
    );
  mustBeWhole(latency, `orders are ${latency} bars on their way`, "give whole bars, or 0");
  if (volume !== null && !(volume > 0 && volume <= 1))
    throw new BitFeverError("BF5013", `${volume} of the volume cannot be traded`, {
      hint: "give a share above 0% up to 100%",
    });
  if (!(touch.chance >= 0 && touch.chance <= 1))
    throw new BitFeverError("BF5013", `${touch.chance} is no probability`, {
      hint: "give a share from 0% to 100%",
    });
}
