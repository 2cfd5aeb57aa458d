import type { ColumnId, PlannedRebalance } from "@bitfever/lang";
import { ln, type Command, type Instrument } from "@bitfever/engine";
import { heldShare, type UniverseMember } from "./member.js";
import { sharesOf } from "./rebalancing.js";

/** What is asked for in a member. */
export interface Asked<Member> {
  readonly member: Member;
  readonly commands: readonly Command[];
}

export interface RebalancedUniverse<Member> {
  readonly members: readonly Member[];
  /** Those of them that have a bar at the moment. */
  readonly present: readonly Member[];
  readonly equity: number;
  readonly money: Instrument;
  readonly moment: number;
  /** The stamp of its bars. */
  readonly time: number;
  /** When they were over, where money is converted. */
  readonly now: number | undefined;
}

/** The orders that make of what is held what is wanted. */
export function rebalanced<Member extends UniverseMember>(
  planned: PlannedRebalance,
  { members, present, equity, money, moment, time, now }: RebalancedUniverse<Member>,
): readonly Asked<Member>[] {
  const ready = present.filter(({ session }) => session.isReady && !session.isBlocked);
  const [any] = ready;
  if (any === undefined || !(equity > 0)) return [];
  if (planned.when !== null && any.session.valueNow(planned.when) !== 1) return [];
  const absent = members.filter((each) => !present.includes(each));
  const shares = sharesOf(
    planned,
    ready.map((member) => ({
      value: (column) => member.session.valueNow(column),
      share: member.instrument.moneyDecimal(member.session.worth(member.close, now)) / equity,
      returns: (price, length) => returnsOf(member, price, moment, length),
    })),
    planned.exposure === null ? 0 : heldShare(absent, equity, money, now),
  );
  const wanted = new Map(ready.map((member, i) => [member, shares[i]]));
  const asked: Asked<Member>[] = [];
  for (const member of members) {
    const { session, instrument, close } = member;
    // Who cannot be asked is not held.
    const share = wanted.has(member) ? wanted.get(member) : 0;
    if (share === null || share === undefined) continue;
    const target =
      share === 0 ? 0 : instrument.quantity((share * equity) / (close * session.moneyPerPoint(now)));
    const commands = session.steer(target, `${time}-${planned.tag}`, planned.tag);
    if (commands.length > 0) asked.push({ member, commands });
  }
  return asked;
}

/** How many moments before the newest a rebalance looks back on. */
export const momentsLookedBackOn = (rebalances: readonly PlannedRebalance[]): number =>
  Math.max(0, ...rebalances.map(({ weight }) => (weight.kind === "returns" ? weight.length : 0)));

/** Log returns over the moments up to one; who has no bar at a moment is worth its price before. */
function returnsOf(member: UniverseMember, price: ColumnId, moment: number, length: number): Float64Array {
  const { session } = member;
  let ago = 0;
  let next = session.valueNow(price);
  const returns = new Float64Array(length);
  for (let k = length - 1; k >= 0; k--) {
    const before = moment - (length - k);
    while ((member.momentAgo(ago) ?? -Infinity) > before) ago++;
    const last = session.valueNow(price, ago);
    returns[k] = ln(next / last);
    next = last;
  }
  return returns;
}
