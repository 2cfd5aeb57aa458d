import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gatekeeper, type AccountView, type GateRule, type Holding } from "@bitfever/runtime";
import { accountOf, holdingOf, proposalOf, ticket } from "./account.js";

/*
 * Whatever is ordered, replaced, filled, cancelled and closed in whatever order: no order that was let through can bring the
 * account beyond a limit, and none was refused that could not have. What could happen is not worked out but tried, all of it.
 */

type Side = "buy" | "sell";

interface Order {
  readonly pair: number;
  readonly side: Side;
  readonly left: number;
  /** Of the order that is on its way to take its place. */
  readonly next: number | null;
}

interface World {
  /** Signed units by pair of strategy and symbol. */
  readonly positions: readonly number[];
  readonly orders: readonly Order[];
}

const pairs = [
  { strategy: "trend", symbol: "AAA", lastPrice: 100 },
  { strategy: "swing", symbol: "AAA", lastPrice: 100 },
  { strategy: "trend", symbol: "BBB", lastPrice: 50 },
] as const;
const equity = 10_000;

/** How a market makes of a position and an entry a position. */
type Fill = (position: number, signed: number) => number;
const nets: Fill = (position, signed) => position + signed;
/** An entry on the other side closes all that is held, and then opens all that it is for. */
const turns: Fill = (position, signed) => (position * signed < 0 ? signed : position + signed);

const signed = (side: Side, quantity: number): number => (side === "buy" ? quantity : -quantity);

/** The most that a measure of the positions can come to, if anything fills that may and anybody closes what is held. */
function worst(world: World, fill: Fill, measure: (positions: readonly number[]) => number): number {
  const seen = new Map<string, number>();
  const visit = ({ positions, orders }: World): number => {
    const key = JSON.stringify([positions, orders]);
    const known = seen.get(key);
    if (known !== undefined) return known;
    let most = measure(positions);
    positions.forEach((position, pair) => {
      if (position !== 0) most = Math.max(most, visit({ positions: positions.with(pair, 0), orders }));
    });
    orders.forEach(({ pair, side, left, next }, i) => {
      const rest = orders.toSpliced(i, 1);
      for (const quantity of new Set([left, next ?? left])) {
        const after = fill(positions[pair], signed(side, quantity));
        most = Math.max(most, visit({ positions: positions.with(pair, after), orders: rest }));
      }
    });
    seen.set(key, most);
    return most;
  };
  return visit(world);
}

const larger = ({ left, next }: Order): number => Math.max(left, next ?? 0);

function viewOf({ positions, orders }: World): AccountView {
  const entering = (pair: number, side: Side): number =>
    orders.reduce((sum, each) => sum + (each.pair === pair && each.side === side ? larger(each) : 0), 0);
  const holdings = pairs.map((each, pair): Holding => ({
    ...holdingOf(each),
    long: Math.max(0, positions[pair]),
    short: Math.max(0, -positions[pair]),
    entering: { buy: entering(pair, "buy"), sell: entering(pair, "sell") },
  }));
  return accountOf({ equity }, holdings);
}

const step = fc.record({
  what: fc.constantFrom("enter", "enter", "enter", "replace", "arrive", "fill", "fill", "cancel", "close"),
  pair: fc.nat({ max: pairs.length - 1 }),
  side: fc.constantFrom<Side>("buy", "sell"),
  which: fc.nat({ max: 2 }),
  quantity: fc.integer({ min: 1, max: 8 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The world after a step that nobody asks the gates about. */
function happen(world: World, { what, which, quantity, pair }: Step, fill: Fill): World {
  const { positions, orders } = world;
  const order = orders[which];
  if (what === "close") return { ...world, positions: positions.with(pair, 0) };
  if (order === undefined) return world;
  const { left, next } = order;
  if (what === "cancel") return { ...world, orders: orders.toSpliced(which, 1) };
  if (what === "arrive" && next !== null)
    return { ...world, orders: orders.with(which, { ...order, left: next, next: null }) };
  if (what !== "fill") return world;
  const filled = Math.min(left, quantity);
  const after = fill(positions[order.pair], signed(order.side, filled));
  // Who has filled in part leaves the rest of itself, or the rest of what takes its place.
  const rest = { ...order, left: left - filled, next: next === null ? null : Math.max(0, next - filled) };
  return {
    positions: positions.with(order.pair, after),
    orders: filled === left ? orders.toSpliced(which, 1) : orders.with(which, rest),
  };
}

/** The world if an order, or a change of one, were sent; null where there is nothing to send. */
function sending(world: World, { what, which, pair, side, quantity }: Step): World | null {
  const { orders } = world;
  if (what === "enter")
    return orders.length < 3
      ? { ...world, orders: [...orders, { pair, side, left: quantity, next: null }] }
      : null;
  const order = orders[which];
  return what === "replace" && order?.next === null
    ? { ...world, orders: orders.with(which, { ...order, next: quantity }) }
    : null;
}

function follow(
  rule: GateRule,
  most: number,
  fill: Fill,
  steps: readonly Step[],
  measure: (positions: readonly number[]) => number,
): void {
  const gatekeeper = new Gatekeeper([rule]);
  let world: World = { positions: [0, 0, 0], orders: [] };
  for (const each of steps) {
    const then = sending(world, each);
    if (then === null) {
      world = happen(world, each, fill);
      continue;
    }
    const replaced = each.what === "replace" ? world.orders[each.which] : null;
    const { pair, side } = replaced ?? each;
    const proposal = proposalOf({
      ...pairs[pair],
      side,
      quantity: each.quantity,
      isReplacement: replaced !== null,
      replacedQuantity: replaced?.left ?? 0,
    });
    const isApproved = "approved" in gatekeeper.propose(proposal, ticket, viewOf(world));
    const reached = worst(then, fill, measure);
    expect(isApproved ? reached <= most : reached > most).toBe(true);
    if (isApproved) world = then;
  }
}

describe.each([
  ["nets", nets],
  ["turns round", turns],
] as const)("where a market %s", (_, fill) => {
  it("max_position: no order goes beyond it, and none is refused that could not", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.integer({ min: 1, max: 15 }), (steps, most) => {
        const rule = { gate: "max_position", most, symbol: "AAA" };
        follow(rule, most, fill, steps.filter(isOfFirst), ([trend, swing]) => Math.abs(trend + swing));
      }),
    );
  });

  it("exposure: no order goes beyond it, and none is refused that could not", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.integer({ min: 1, max: 20 }), (steps, percent) => {
        const rule = { gate: "exposure", most: `${percent}%` };
        follow(
          rule,
          percent / 100,
          fill,
          steps,
          (positions) =>
            positions.reduce((sum, each, pair) => sum + Math.abs(each) * pairs[pair].lastPrice, 0) / equity,
        );
      }),
    );
  });
});

/** Of the symbol that the rule is about. */
const isOfFirst = ({ pair }: Step): boolean => pairs[pair].symbol === "AAA";
