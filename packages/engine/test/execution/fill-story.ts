import { intervalMs } from "@bitfever/lang";
import {
  idOf,
  targetsOf,
  type FillMode,
  type FillRow,
  type Good,
  type Sent,
} from "../../../../test/conformance/fill-table.js";
import { free, type Costs } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { plainFills, type FillRules } from "../../src/fill-rules.js";
import { Matching } from "../../src/matching.js";
import type { Command, Fill, Order, OrderDuration, Side, VenueEvent } from "../../src/order.js";
import type { PathName } from "../../src/path.js";
import { costsFor, parseSettings } from "../../src/settings.js";

/** The story of a row as this market tells it. */
export function storyOf(row: FillRow, path: PathName, mode: FillMode): string[] {
  const instrument = instrumentOf(row, mode);
  const market = new Matching(
    instrument,
    costsOf(row),
    path,
    instrument.money(row.capital ?? 1_000_000),
    rulesOf(row),
  );
  const step = intervalMs(row.interval ?? "1m") ?? NaN;
  const told: string[] = [];
  const tell = (when: string, events: readonly VenueEvent[]): void => {
    for (const event of events) told.push(`${when}: ${inWords(event, instrument)}`);
  };
  row.bars.forEach(([open, high, low, close], at) => {
    const place = row.session_bars === undefined ? {} : { session_bar: row.session_bars[at] };
    const volume = row.volumes?.[at] ?? NaN;
    const bar = { time: at * step, open, high, low, close, volume, ...place };
    tell(`bar ${at}`, market.bar(bar));
    for (const each of row.sent.filter((one) => (one.at ?? 0) === at))
      tell(`close ${at}`, market.command(commandOf(each, instrument, step)));
  });
  return told;
}

function instrumentOf({ instrument = {} }: FillRow, mode: FillMode): Instrument {
  const { tick = 0.5, lot = 1, multiplier = 1, money_decimals: moneyDecimals = 2 } = instrument;
  const steps =
    mode === "exact" ? { tick, lot, moneyDecimals } : { tick: null, lot: null, moneyDecimals: null };
  return new Instrument({ symbol: "TEST", multiplier, ...steps });
}

export const costsOf = ({ costs = {} }: FillRow): Costs => costsFor(free, parseSettings({ ...costs }));

/** What a row says of the rules of the venue; nobody asks here why a fill came about. */
export function rulesOf({ fills = {} }: FillRow): Omit<FillRules, "explains"> {
  const { margin = 1, maintenance_margin = 0, margin_call: call, touch = 1 } = fills;
  return {
    through: fills.through ?? plainFills.through,
    onClose: fills.on_close ?? plainFills.onClose,
    latency: fills.latency ?? plainFills.latency,
    volume: fills.volume ?? plainFills.volume,
    touch: { chance: touch, seed: 1 },
    protects: fills.protects ?? plainFills.protects,
    protectionFirst: fills.protection_first ?? plainFills.protectionFirst,
    stopsSlip: fills.stops_slip ?? plainFills.stopsSlip,
    settlesEntries: fills.settles_entries ?? plainFills.settlesEntries,
    hedges: fills.hedging ?? plainFills.hedges,
    buysFirst: fills.buys_first ?? plainFills.buysFirst,
    margin: { initial: margin, maintenance: maintenance_margin, ...(call && { call }) },
  };
}

function commandOf(sent: Sent, instrument: Instrument, step: number): Command {
  if (sent.cancel !== undefined) return { kind: "cancel", id: sent.cancel };
  const { enter, exit, type = "market", good, replaces } = sent;
  const isBuy = enter === "long" || exit === "short";
  const [side, back]: readonly Side[] = isBuy ? ["buy", "sell"] : ["sell", "buy"];
  const id = idOf(sent);
  const quantity = instrument.quantity(sent.quantity ?? 1);
  const priced = { type, side, price: sent.price, limit: sent.limit };
  const order: Order = {
    ...{ id, side, quantity, tag: id, type, ...pricesOf(priced, instrument) },
    purpose: enter === undefined ? "exit" : "enter",
    children: enter === undefined ? [] : childrenOf(sent, back, instrument),
    duration: good === undefined ? undefined : durationOf(good, step),
    isPostOnly: sent.post_only,
    group: sent.oco,
    entries: sent.pyramid,
    isPartial: exit !== undefined && sent.quantity !== undefined ? true : undefined,
  };
  return replaces === undefined ? { kind: "submit", order } : { kind: "replace", id: replaces, order };
}

interface Priced {
  readonly type: Order["type"];
  readonly side: Side;
  readonly price?: number | undefined;
  readonly limit?: number | undefined;
}

/** In ticks: a limit, or a price waited for like one, at the better, a stop at the later. */
function pricesOf(
  { type, side, price, limit }: Priced,
  instrument: Instrument,
): Pick<Order, "price" | "limit"> {
  const [better, later] = side === "buy" ? (["down", "up"] as const) : (["up", "down"] as const);
  const waitsForWorse = type === "stop" || type === "stop_limit" || type === "trailing_stop";
  return {
    price: price === undefined ? null : instrument.price(price, waitsForWorse ? later : better),
    limit: limit === undefined ? undefined : instrument.price(limit, better),
  };
}

/** What protects an entry: `entry stop`, `entry trail`, `entry target`, or `entry target 1` and so on. */
function childrenOf(sent: Sent, side: Side, instrument: Instrument): Order[] {
  const { stop, trail } = sent;
  const id = idOf(sent);
  const quantity = instrument.quantity(sent.quantity ?? 1);
  const child = (name: string, purpose: "stop" | "target", of: Priced, more: Partial<Order> = {}): Order => ({
    ...{ id: `${id} ${name}`, side, purpose, quantity, tag: id, children: [], type: of.type },
    ...pricesOf(of, instrument),
    ...more,
  });
  const isLimited = typeof stop === "object";
  const at = isLimited ? stop.at : stop;
  const type = isLimited ? "stop_limit" : trail === undefined ? "stop" : "trailing_stop";
  const follows = trail === undefined ? {} : { trail: trailOf(trail, at, side, instrument) };
  const limit = isLimited ? stop.limit : undefined;
  const targets = targetsOf(sent);
  return [
    ...(at === undefined
      ? []
      : [child("stop", "stop", { type, side, price: at, limit }, isLimited ? {} : follows)]),
    ...(trail === undefined || (at !== undefined && !isLimited)
      ? []
      : [child(isLimited ? "trail" : "stop", "stop", { type: "trailing_stop", side }, follows)]),
    ...targets.map(({ at: price, take: share }, i) => {
      const name = sent.targets === undefined ? "target" : `target ${i + 1}`;
      return child(name, "target", { type: "limit", side, price }, { share });
    }),
  ];
}

function trailOf(
  { by, after }: NonNullable<Sent["trail"]>,
  stop: number | undefined,
  side: Side,
  instrument: Instrument,
): Order["trail"] {
  const isWhole = instrument.tickSize === null ? undefined : true;
  const risked = stop === undefined ? null : pricesOf({ type: "stop", side, price: stop }, instrument).price;
  const start = after === undefined || risked === null ? null : { times: after, stop: risked };
  if (typeof by === "number") return { distance: instrument.price(by, "up"), isWhole, after: start };
  return { distance: parseFloat(by) / 100, unit: "ratio", isWhole, after: start };
}

function durationOf(good: Good, step: number): OrderDuration {
  if (typeof good === "string") return { kind: good };
  if ("bars" in good) return { kind: "bars", count: good.bars };
  return { kind: "date", until: good.till_bar * step };
}

function inWords(event: VenueEvent, instrument: Instrument): string {
  switch (event.kind) {
    case "placed":
    case "cancelled":
      return `${event.id} ${event.kind}`;
    case "rejected":
      return `${event.id} rejected: ${event.reason}`;
    case "reduced":
      return `${event.id} reduced from ${instrument.quantityDecimal(event.from)} to ${instrument.quantityDecimal(event.to)}`;
    case "split":
      return `split ${event.split.ratio.numerator} for ${event.split.ratio.denominator}`;
    case "cash":
      return `${event.flow.reason} ${instrument.moneyDecimal(event.flow.amount)}`;
    case "fill":
      return fillInWords(event.fill, instrument);
  }
}

function fillInWords(
  { side, quantity, price, effect, reason, ambiguous, commission }: Fill,
  instrument: Instrument,
): string {
  const what = `${side} ${instrument.quantityDecimal(quantity)} at ${instrument.priceDecimal(price)}`;
  const why = `${effect}s (${reason}${ambiguous ? ", ambiguous" : ""})`;
  return `${what} ${why}${commission === 0 ? "" : `, commission ${instrument.moneyDecimal(commission)}`}`;
}
