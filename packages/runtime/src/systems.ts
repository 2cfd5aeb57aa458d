import type { AccountFlow, Counts, Fields, Instrument, LimitUse, Matching, Trade } from "@bitfever/engine";
import { settleShared, sharedAccount, type SharedAccount } from "./account.js";
import { claimsOf, isOtherMonth, movesOf, type Part } from "./allocation.js";
import { marketBlock, marketSurroundings, type MarketHistory } from "./markets.js";
import { barAt, readBar, type Row } from "./row.js";
import { checkClock, instrumentOf, simulation, type SimulationOptions } from "./run.js";
import type { Session } from "./session.js";
import { simulateEnd, tell } from "./simulate.js";
import type { SystemDays } from "./system-days.js";

/** A strategy on bars of its own, with a part of an account: `initial_capital` of its settings is what it begins with. */
export interface System extends Pick<
  SimulationOptions,
  "plan" | "symbol" | "settings" | "instruments" | "quotes" | "indicators"
> {
  readonly intervalMs: number;
  readonly fields: Fields;
  readonly markets: readonly MarketHistory[];
}

export interface SystemsOptions {
  readonly systems: readonly System[];
  readonly days: SystemDays;
  /** For each system, for each of its bars, whether it is on from its close to the close of the next: 1 is on. */
  readonly on: readonly Uint8Array[];
  /** What becomes of a position that is open at the switch: closed at the next open, or left to its own exits. */
  readonly whenOff: "close" | "run";
  /** Whether money goes at the end of each month to the systems that are on. */
  readonly reallocate: "monthly" | "never";
  /** Bars of a system computed at once. The result does not depend on it. */
  readonly blockLength?: number;
}

export interface SystemRun {
  readonly trades: readonly Trade[];
  /** What its part of the account is worth at the close of each bar, with what was moved to it. */
  readonly equity: Float64Array;
  /** Signed, at the close of each bar. */
  readonly position: Float64Array;
  /** What was moved to it at the end of each day, less what was moved away: decimal money. */
  readonly moves: Float64Array;
  /** All of that together. */
  readonly moved: number;
  /** What holding was charged or credited. */
  readonly cashFlows: readonly AccountFlow[];
  readonly counts: Counts;
  readonly limits: readonly LimitUse[];
}

export interface SystemsRun {
  /** What the account is worth at the end of each day. */
  readonly equity: Float64Array;
  /** What is held at the end of each day, long and short together, as a share of equity. */
  readonly position: Float64Array;
  readonly systems: readonly SystemRun[];
}

/** A system at work. */
interface Held {
  readonly system: System;
  readonly session: Session;
  readonly venue: Matching;
  readonly shared: SharedAccount;
  readonly on: Uint8Array;
  readonly equity: Float64Array;
  readonly position: Float64Array;
  readonly moves: Float64Array;
  readonly row: Row;
  prepared: number;
  told: number;
}

/**
 * The shell of several strategies on one account that are switched on and off from outside. Each has a part of the
 * account of its own, sizes its orders by it and pays for them out of it; between two ends of a day none knows of
 * another. Yields the number of days done.
 *
 * Nothing is worked out from curves: a switched strategy runs bar by bar like any other, its entries are held back while
 * it is off, and its orders meet the same simulated venue at the same costs.
 *
 * @throws BitFeverError BF5005 for bars of another interval than a program's
 */
export function* holdSystems(options: SystemsOptions): Generator<number, SystemsRun> {
  const { systems, days, whenOff, reallocate, blockLength = 2_048 } = options;
  const money = instrumentOf("", systems[0].settings, systems[0].plan.fills);
  const held = systems.map((system, i) =>
    hold(system, options.on[i], { whenOff, days: days.days.length, blockLength, money }),
  );
  const shares = systems.map(({ settings }) => settings.initial_capital);
  const total = days.days.length;
  const equity = new Float64Array(total);
  const position = new Float64Array(total);
  let claims: readonly number[] = held.map(() => 0);

  for (let day = 0; day < total; day++) {
    held.forEach((each, i) => {
      advance(each, days.closed[i][day], { blockLength, money });
    });
    equity[day] = worthOf(held, money);
    position[day] = heldShare(held, equity[day], money);
    if (reallocate === "monthly" && held.length > 1) {
      const parts = held.map((each, i) => partOf(each, shares[i], money));
      if (isEndOfMonth(days.days, day)) claims = claimsOf(parts, money);
      const moves = movesOf(claims, parts, money);
      claims = claims.map((claim, i) => money.sum(claim, -moves[i]));
      held.forEach((each, i) => {
        move(each, moves[i], money);
        each.moves[day] = money.moneyDecimal(moves[i]);
      });
    }
    yield day + 1;
  }
  for (const each of held) end(each, money);
  if (total > 0) equity[total - 1] = worthOf(held, money);
  return { equity, position, systems: held.map(runOf) };
}

interface Surroundings {
  readonly blockLength: number;
  readonly money: Instrument;
}

function hold(
  system: System,
  on: Uint8Array,
  {
    whenOff,
    days,
    blockLength,
    money,
  }: Surroundings & { readonly whenOff: SystemsOptions["whenOff"]; readonly days: number },
): Held {
  const { plan, settings, fields, markets, intervalMs } = system;
  checkClock(plan, intervalMs);
  const bars = fields.time.length;
  const block = Math.min(blockLength, bars);
  const shared = sharedAccount(money, settings.initial_capital);
  const off = whenOff === "close" ? "flatten" : "block";
  const { session, venue } = simulation(
    {
      ...system,
      markets: marketSurroundings(markets, block),
      shared,
      switched: (bar) => (on[bar] === 1 ? "pass" : off),
    },
    block,
  );
  const column = (): Float64Array => new Float64Array(bars);
  return {
    ...{ system, session, venue, shared, on, prepared: 0, told: 0 },
    ...{ equity: column(), position: column(), moves: new Float64Array(days), row: barAt(fields, 0) },
  };
}

/** Tells a system the bars up to one of them. */
function advance(held: Held, to: number, { blockLength, money }: Surroundings): void {
  const { system, session, venue, shared, row } = held;
  const { fields, markets } = system;
  for (; held.told < to; held.told++) {
    const bar = held.told;
    if (bar === held.prepared) {
      held.prepared = Math.min(bar + blockLength, fields.time.length);
      const blocks = markets.map((each) => marketBlock(each, bar, held.prepared));
      session.prepare(fields, bar, held.prepared, blocks);
    }
    readBar(fields, bar, row);
    tell(session, venue.bar(row));
    settleShared(shared, session.marked(row.close), money);
    for (const command of session.on({ kind: "bar", bar: row })) tell(session, venue.command(command));
    // An order at the close that decided it has been filled by now.
    settleShared(shared, session.marked(row.close), money);
    held.equity[bar] = shared.equity;
    held.position[bar] = session.position;
  }
}

function end({ system, session, venue, shared, equity, told }: Held, money: Instrument): void {
  if (told === 0) return;
  simulateEnd(session, venue, system.settings.at_end);
  settleShared(shared, session.marked(system.fields.close[told - 1]), money);
  equity[told - 1] = shared.equity;
}

/** What its position is worth at the last close, in steps of money. */
const markedOf = ({ system, session, told }: Held): number =>
  told === 0 ? 0 : session.marked(system.fields.close[told - 1]);

/** What all that it holds is worth, long and short together and however that settles. */
const boundOf = ({ system, session, told }: Held): number =>
  told === 0 ? 0 : session.exposure(system.fields.close[told - 1]);

function worthOf(held: readonly Held[], money: Instrument): number {
  return money.moneyDecimal(
    held.reduce((sum, each) => money.sum(sum, money.sum(each.shared.purse.cash, markedOf(each))), 0),
  );
}

function heldShare(held: readonly Held[], equity: number, money: Instrument): number {
  const bound = held.reduce((sum, each) => sum + boundOf(each), 0);
  return bound === 0 ? 0 : money.moneyDecimal(bound) / equity;
}

function partOf(held: Held, share: number, money: Instrument): Part {
  const { cash } = held.shared.purse;
  const worth = money.sum(cash, markedOf(held));
  const free = Math.max(0, Math.min(cash, worth - boundOf(held)));
  return { worth, free, share, isOn: held.told === 0 || held.on[held.told - 1] === 1 };
}

/** Moves money to a part of the account or away from it: nobody has gained or lost it. */
function move({ session, shared }: Held, amount: number, money: Instrument): void {
  if (amount === 0) return;
  const before = shared.equity;
  const { purse, till } = shared;
  purse.cash = money.sum(purse.cash, amount);
  till.cash = money.sum(till.cash, amount);
  shared.capital += money.moneyDecimal(amount);
  shared.equity = money.moneyDecimal(money.sum(money.money(before), amount));
  // The drawdown stays the share it was; of what had nothing there is none.
  shared.highest = before > 0 ? (shared.highest * shared.equity) / before : shared.equity;
  session.rebase(shared.equity);
}

/** Whether the next day with a bar is of another month; the last day of all is no end. */
function isEndOfMonth(days: Int32Array, day: number): boolean {
  if (day + 1 >= days.length) return false;
  return isOtherMonth(days[day], days[day + 1]);
}

function runOf({ system, session, shared, equity, position, moves }: Held): SystemRun {
  const { close } = system.fields;
  return {
    trades: session.trades(close[close.length - 1]),
    equity,
    position,
    moves,
    moved: shared.capital - system.settings.initial_capital,
    cashFlows: session.cashFlows,
    counts: session.counts,
    limits: session.limitUses,
  };
}
