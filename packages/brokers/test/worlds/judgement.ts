import {
  brokerFaults,
  deskRecords,
  readJournal,
  replay,
  textOf,
  type Desk,
  type VenueReport,
} from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import type { Life } from "./life.js";
import type { MemoryStore } from "./memory-store.js";
import { unprotected } from "./programs.js";
import type { ServedVenue } from "./venues/world-venue.js";
import type { Witness } from "./witness.js";

/** What a judgement is made of: both sides, who has seen what went between them, and the journal. */
export interface Case {
  readonly served: ServedVenue;
  readonly witness: Witness;
  readonly store: MemoryStore;
  /** What each strategy began with, in money. */
  readonly capital: number;
}

/** What keeps both sides from being the same. */
export function differences(
  { served, witness, capital }: Case,
  { desk, instrument }: Life,
): readonly string[] {
  const { market, ownerOf } = served;
  const found: string[] = [];
  if (!desk.isSettled) found.push("the desk is not settled");
  const theirs = market.orders().filter(({ status }) => status === "open" || status === "waiting");
  const ours = desk.openOrders.filter(({ state }) => state !== "attached");
  for (const { order, state, cancelAskedAt } of ours)
    if (state !== "working" || cancelAskedAt !== null)
      found.push(`order ${order.id} is ${state}${cancelAskedAt === null ? "" : " and on its way out"}`);
  const [there, here] = [theirs, ours].map((each) => each.map(({ clientId }) => ownerOf(clientId)).sort());
  if (there.join() !== here.join())
    found.push(`orders ${witness.named(here)}, and at the venue ${witness.named(there)}`);
  const held = desk.members.reduce((sum, { session }) => sum + session.held.long - session.held.short, 0);
  if (held !== instrument.quantity(Number(market.held())))
    found.push(`${instrument.quantityDecimal(held)} are held, and at the venue ${market.held()}`);
  const [cash, venueCash] = [gainedBy(desk, capital), served.gained()].map((each) => each.toDecimalPlaces(5));
  if (!cash.eq(venueCash)) found.push(`cash ${cash.toString()}, and at the venue ${venueCash.toString()}`);
  return found;
}

/** What the strategies have gained in cash, where all that is held was paid for. */
const gainedBy = (desk: Desk, capital: number): Decimal =>
  desk.members.reduce(
    (sum, { session, instrument }) =>
      sum.plus(instrument.moneyDecimal(session.snapshot().ledger.cash)).minus(capital),
    new Decimal(0),
  );

/** What must not be, once all is mended. @param life  the last of the lives */
export function faults(of: Case, lives: readonly Life[], life: Life): readonly string[] {
  return [
    ...differences(of, life),
    ...faultsOfOrders(of),
    ...faultsOfFates(of, lives, life),
    ...faultsOfProtection(of, life),
    ...faultsOfReports(of, lives),
  ];
}

/** Each order was sent under one id, and is there once. */
function faultsOfOrders({ served, witness }: Case): readonly string[] {
  const found: string[] = [];
  for (const [key, ids] of witness.ids)
    if (ids.size > 1) found.push(`order ${key} was sent under ${ids.size} ids`);
  const times = new Map<string, number>();
  for (const { clientId } of served.market.orders()) times.set(clientId, (times.get(clientId) ?? 0) + 1);
  for (const [clientId, count] of times) {
    if (count > 1) found.push(`order ${witness.named([clientId])} was placed ${count} times`);
    if (!witness.sent.has(served.ownerOf(clientId)))
      found.push(`order ${clientId} is there, and nobody has sent it`);
  }
  return found;
}

/**
 * Of every order that was asked for the journal knows the end, or the venue has it. One that an adapter holds back, as there is nothing
 * to close or its place has gone, is told as cancelled, and was never accepted.
 */
function faultsOfFates({ served, store }: Case, lives: readonly Life[], { desk }: Life): readonly string[] {
  const found: string[] = [];
  const accepted = new Set(
    lives.flatMap(({ reports }) =>
      reports.flatMap((each) => (each.kind === "accepted" ? [each.clientId] : [])),
    ),
  );
  const there = new Set(served.market.orders().map(({ clientId }) => clientId));
  const fates = new Map(desk.snapshot().book.orders.map((each) => [each.clientId, each.state]));
  for (const record of deskRecords(readJournal(store)))
    for (const command of "out" in record ? record.out : []) {
      if (command.kind !== "submit" && command.kind !== "modify") continue;
      const { clientId, order } = command.order;
      const fate = fates.get(clientId);
      const isHeldBack = fate === "cancelled" && !accepted.has(clientId);
      const isOver = fate === "rejected" || fate === "absent" || isHeldBack;
      if (!there.has(clientId) && !isOver)
        found.push(`order ${order.id} is lost: it is ${String(fate)} here, and not at the venue`);
    }
  return found;
}

/** All that is held has a stop, but where the program wants none, or what is held is on its way out. */
function faultsOfProtection({ witness }: Case, { desk }: Life): readonly string[] {
  const found: string[] = [];
  for (const [i, { strategy, session }] of desk.members.entries()) {
    const { trails } = session.snapshot();
    const isBegun = trails.every(({ order, covers, quantity }) => order !== null && covers >= quantity);
    if (unprotected.includes(strategy) || witness.excused.has(strategy) || !isBegun) continue;
    const position = session.held.long - session.held.short;
    const lotsOf = (isMeant: (purpose: string, tag: string) => boolean): number =>
      desk.openOrders
        .filter(({ member, order }) => member === i && (order.side === "sell") === position > 0)
        .filter(({ order: { purpose, tag } }) => isMeant(purpose, tag))
        .reduce((sum, { left }) => sum + left, 0);
    const stopped = lotsOf((purpose, tag) => purpose === "stop" && tag !== "stray");
    const leaving = lotsOf((_, tag) => tag === "stray");
    if (position !== 0 && stopped + leaving !== Math.abs(position))
      found.push(`${strategy}: stops for ${stopped} lots, and ${position} are held`);
  }
  return found;
}

/** What the adapters have told is as the contract of brokers wants it. */
function faultsOfReports({ witness }: Case, lives: readonly Life[]): readonly string[] {
  const found: string[] = [];
  // What was triggered and renamed in another life nobody can name any more, and nobody needs to: it was told.
  const named = new Set<string>();
  for (const { reports, instrument } of lives) {
    const isNew = ({ tradeId }: { readonly tradeId: string }): boolean => !named.has(tradeId);
    const fresh: VenueReport[] = [];
    for (const each of reports)
      if (each.kind === "snapshot") fresh.push({ ...each, trades: each.trades.filter(isNew) });
      else if (each.kind !== "trade" || isNew(each.trade)) fresh.push(each);
    found.push(...brokerFaults(fresh, [...witness.sent.values()], instrument, false));
    for (const each of reports) if (each.kind === "trade") named.add(each.trade.tradeId);
  }
  return found;
}

/** The journal tells it all again. @param again  a desk that has seen nothing yet */
export function faultsOfReplay({ store }: Case, { desk }: Life, again: Desk): readonly string[] {
  const { difference } = replay(again, deskRecords(readJournal(store)));
  if (difference !== null) return [`a replay decided otherwise: ${textOf(difference)}`];
  const [ours, theirs] = [again, desk].map((each) => textOf(each.snapshot()));
  return ours === theirs ? [] : [`a replay ends in another state: ${whereTheyPart(ours, theirs)}`];
}

function whereTheyPart(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return `${one.slice(Math.max(0, at - 80), at + 80)} and ${other.slice(Math.max(0, at - 20), at + 80)}`;
}
