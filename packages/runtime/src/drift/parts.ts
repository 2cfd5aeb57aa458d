import { clientIdOf } from "../desk/client-id.js";
import type { Member } from "../desk/member.js";
import type { AskedLive, AskedOrder } from "./asked-live.js";
import type { DriftCause } from "./drift-report.js";
import type { EntryOutcome } from "./entries.js";

interface Part {
  readonly cause: DriftCause;
  /** Steps of money. */
  readonly amount: number;
  readonly text: string;
}

interface Reason {
  readonly cause: DriftCause;
  readonly text: string;
}

/** An entry in the live run and in its shadow. */
export interface EntryPair {
  readonly ours: EntryOutcome | null;
  readonly theirs: EntryOutcome | null;
}

/** What made an entry come to something else; the parts come to the difference in profit. */
export function partsOfEntry(
  { ours, theirs }: EntryPair,
  asked: AskedLive,
  of: Pick<Member, "strategy" | "symbol">,
  patienceMs: number,
): readonly Part[] {
  const idOf = (orderId: string): string => clientIdOf(of.strategy, of.symbol, orderId);
  if (ours === null || theirs === null) {
    const amount = (ours?.profit ?? 0) - (theirs?.profit ?? 0);
    const orderId = (ours ?? theirs)?.orderId ?? "";
    const reason = ours === null ? whyNotLive(idOf(orderId), asked) : onlyLive;
    return [{ ...reason, amount }];
  }
  const fee = theirs.commission - ours.commission;
  const rest = ours.profit - theirs.profit - fee;
  const parts: Part[] = [{ cause: "fee", amount: fee, text: "commissions" }];
  const entry = asked.orders.get(idOf(ours.orderId));
  if (ours.quantity !== theirs.quantity) {
    const wasAsked = entry?.order.quantity ?? theirs.quantity;
    const isSized = wasAsked !== theirs.quantity && ours.quantity === wasAsked;
    const text = `${ours.quantity} lots and not ${theirs.quantity}`;
    return [...parts, { cause: isSized ? "signal" : "fill", amount: rest, text }];
  }
  const entering = ours.entered - theirs.entered;
  const isLate = (entry?.lateMs ?? 0) > patienceMs;
  const whyEntered: Reason = isLate
    ? { cause: "data", text: "entered at another price: its bar was late" }
    : { cause: "fill", text: "entered at another price" };
  return [
    ...parts,
    { ...whyEntered, amount: entering },
    { ...whyLeft(ours, theirs, asked, of), amount: rest - entering },
  ];
}

const onlyLive: Reason = { cause: "signal", text: "entered in the live run alone" };

/** Why an entry of the shadow has no part in the live run. */
function whyNotLive(clientId: string, { orders, refusals, cancels }: AskedLive): Reason {
  const refusal = refusals.get(clientId);
  if (refusal?.startsWith("paused:") === true) return { cause: "manual", text: refusal };
  if (refusal !== undefined) return { cause: "reject", text: refusal };
  const takenBackBy = cancels.get(clientId);
  if (takenBackBy === "operator") return { cause: "manual", text: "taken back by hand" };
  if (takenBackBy === "gate") return { cause: "reject", text: "taken back by a gate" };
  if (orders.has(clientId)) return { cause: "fill", text: "sent, and never filled" };
  return { cause: "signal", text: "entered in the shadow alone" };
}

/** Why an entry that both have was left at another price, or by one of them. */
function whyLeft(
  ours: EntryOutcome,
  theirs: EntryOutcome,
  asked: AskedLive,
  of: Pick<Member, "strategy" | "symbol">,
): Reason {
  const isOf = ({ strategy, symbol }: AskedOrder): boolean =>
    strategy === of.strategy && symbol === of.symbol;
  const tags = new Set(ours.exits.map(({ tag }) => tag));
  for (const each of asked.orders.values()) {
    const { order, by } = each;
    if (by !== "bars" && tags.has(order.tag) && isOf(each))
      return by === "operator"
        ? { cause: "manual", text: "left by hand" }
        : { cause: "reject", text: "left by a gate" };
  }
  if (ours.exits.some(({ reason }) => reason === "liquidation"))
    return { cause: "manual", text: "left by the venue" };
  const list = ({ exits }: EntryOutcome): string => JSON.stringify(exits);
  if (list(ours) === list(theirs) && ours.isOpen === theirs.isOpen)
    return { cause: "fill", text: "left at another price" };
  for (const [clientId, text] of asked.refusals) {
    const refused = asked.orders.get(clientId);
    if (refused === undefined || !isOf(refused) || refused.order.purpose === "enter") continue;
    const { parent, tag } = refused.order;
    if (parent === ours.orderId || theirs.exits.some((each) => each.tag === tag))
      return { cause: "reject", text };
  }
  const isByPrice = [...ours.exits, ...theirs.exits].every(
    ({ reason }) => reason === "stop" || reason === "target",
  );
  return isByPrice
    ? { cause: "fill", text: "a stop or target of one of them was met" }
    : { cause: "signal", text: `left by ${words(ours)} and not by ${words(theirs)}` };
}

const words = ({ exits, isOpen }: EntryOutcome): string =>
  isOpen ? "nothing yet" : [...new Set(exits.map(({ tag }) => tag))].join(", ");
