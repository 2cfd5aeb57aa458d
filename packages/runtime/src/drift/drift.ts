import { BitFeverError } from "@bitfever/lang";
import type { Desk } from "../desk/desk.js";
import type { Member } from "../desk/member.js";
import type { Seat } from "../desk/seat.js";
import { Gatekeeper } from "../gates/gatekeeper.js";
import type { ClosedBars } from "../live/live-trading.js";
import { PaperTrading } from "../live/paper-trading.js";
import { replay } from "../live/replay.js";
import { deskAtHand } from "../live/desk-at-hand.js";
import type { DeskRecord } from "../live/runner.js";
import { AskedLive } from "./asked-live.js";
import { barDrifts } from "./bar-drifts.js";
import type { DriftCause, DriftPart, DriftReport } from "./drift-report.js";
import { entriesOf } from "./entries.js";
import { partsOfEntry } from "./parts.js";

export interface DriftOptions {
  /** All that the journal of the run has. */
  readonly records: Iterable<DeskRecord>;
  /** What the run was made of, new each time: its strategies, and what they would trade on. */
  readonly seats: () => readonly Seat[];
  /** The desk of the run, new, with its gates and its patience. */
  readonly desk: (members: readonly Member[]) => Desk;
  /** What the venue's history has for the time of the run; left out, the bars are those of the journal. */
  readonly bars?: readonly ClosedBars[];
  /** How long after its close a bar may be heard and is not late, in milliseconds; ten seconds when left out. */
  readonly patienceMs?: number;
}

/**
 * Runs the programs of a live run over its bars in a backtest, and says what made the two differ. The parts come to the difference
 * in equity, to the last unit of money.
 *
 * What bars had to do with it is the difference of two shadows, one over the bars that were heard and one over those of the
 * history; the rest is told entry by entry.
 *
 * @throws BitFeverError BF5192 for a journal that is decided otherwise than it was
 */
export function drift({ records, seats, desk, bars, patienceMs = 10_000 }: DriftOptions): DriftReport {
  const kept = [...records];
  const live = liveRun(kept, seats(), desk);
  const asked = new AskedLive(kept);
  const heard = shadowRun(asked.bars, seats());
  const shadow = bars === undefined ? heard : shadowRun(bars, seats());
  const lastLive = lastPrices(asked.bars, live);
  const lastShadow = lastPrices(bars ?? asked.bars, shadow);

  const parts: DriftPart[] = [];
  const totals = { live: 0, shadow: 0, difference: 0 };
  const causes = { data: 0, signal: 0, fill: 0, fee: 0, reject: 0, manual: 0 };
  const add = (
    place: number,
    cause: DriftCause,
    amount: number,
    orderId: string | null,
    text: string,
  ): void => {
    if (amount === 0) return;
    const { strategy, symbol, instrument } = live[place].member;
    causes[cause] += amount;
    parts.push({ cause, amount: instrument.moneyDecimal(amount), strategy, symbol, orderId, text });
  };

  for (const [place, seat] of live.entries()) {
    const { member } = seat;
    const worth = ({ member: { session, instrument } }: Seat, price: number): number =>
      instrument.money(session.equity(price));
    const of = { live: worth(seat, lastLive[place]), shadow: worth(shadow[place], lastShadow[place]) };
    totals.live += of.live;
    totals.shadow += of.shadow;
    totals.difference += of.live - of.shadow;
    const between = worth(heard[place], lastLive[place]) - of.shadow;
    add(place, "data", between, null, "what its strategy would have made of the bars of the history");
    for (const [reason, amount] of flowDifferences(seat, heard[place])) {
      const cause = reason === "deposit" || reason === "withdrawal" ? "manual" : "fee";
      add(place, cause, amount, null, reason);
    }
    const [ours, theirs] = [entriesOf(seat, lastLive[place]), entriesOf(heard[place], lastLive[place])];
    for (const orderId of new Set([...ours.keys(), ...theirs.keys()])) {
      const pair = { ours: ours.get(orderId) ?? null, theirs: theirs.get(orderId) ?? null };
      for (const { cause, amount, text } of partsOfEntry(pair, asked, member, patienceMs))
        add(place, cause, amount, orderId, text);
    }
  }

  const { instrument } = live[0].member;
  const decimal = (amount: number): number => instrument.moneyDecimal(amount);
  return {
    schema: "bitfever/drift@1",
    bars: asked.bars.length,
    live: decimal(totals.live),
    shadow: decimal(totals.shadow),
    difference: decimal(totals.difference),
    causes: {
      ...{ data: decimal(causes.data), signal: decimal(causes.signal), fill: decimal(causes.fill) },
      ...{ fee: decimal(causes.fee), reject: decimal(causes.reject), manual: decimal(causes.manual) },
    },
    parts,
    barDrifts: barDrifts(asked.bars, bars, patienceMs),
  };
}

/** The run as it was: told again. */
function liveRun(
  records: readonly DeskRecord[],
  seats: readonly Seat[],
  deskOf: DriftOptions["desk"],
): readonly Seat[] {
  const { difference } = replay(deskOf(seats.map(({ member }) => member)), records);
  if (difference === null) return seats;
  throw new BitFeverError(
    "BF5192",
    `turn ${difference.turn} of the journal is decided otherwise than it was: it belongs to another program, other settings or another version`,
    { hint: "give the program, the settings and the gates that the run had" },
  );
}

/** What the programs do with bars where nothing goes wrong and nobody interferes. */
function shadowRun(bars: readonly ClosedBars[], seats: readonly Seat[]): readonly Seat[] {
  const members = seats.map(({ member }) => member);
  const desk = deskAtHand(members, new Gatekeeper([]));
  const trading = new PaperTrading({ desk, markets: seats.map(({ market }) => market) });
  for (const closed of bars) trading.bars(closed.bars, closed.closedAt, closed.closedAt);
  return seats;
}

function lastPrices(closed: readonly ClosedBars[], seats: readonly Seat[]): readonly number[] {
  const last = new Map<string, number>();
  for (const { bars } of closed) for (const { symbol, bar } of bars) last.set(symbol, bar.close);
  return seats.map(({ member }) => last.get(member.symbol) ?? 0);
}

/** What came and went without a trade, by its reason: live less shadow, in steps of money. */
function flowDifferences(live: Seat, shadow: Seat): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const addAll = ({ member: { session } }: Seat, sign: 1 | -1): void => {
    for (const { reason, amount } of session.snapshot().ledger.flows)
      sums.set(reason, (sums.get(reason) ?? 0) + sign * amount);
  };
  addAll(live, 1);
  addAll(shadow, -1);
  return sums;
}
