import { checkRules } from "./checked-rule.js";
import type { AccountView, Breach, Gate, OrderProposal, Scope } from "./gate.js";
import type { GateAction, GateRule, Per } from "./gate-rule.js";
import { RuleAtWork, type LastFired, type RuleSnapshot } from "./rule-at-work.js";
import {
  changeState,
  instructionOf,
  tradingStates,
  worse,
  type Instruction,
  type TradingHappening,
  type TradingState,
} from "./trading-state.js";

// What a constructor returns is what a class that extends it puts its private members on.
// eslint-disable-next-line @typescript-eslint/no-extraneous-class
class Given {
  constructor(value: object) {
    return value;
  }
}

// A private member is nobody else's to write, and is lost where a value is copied and changed.
class Seal extends Given {
  readonly #seal = true;

  static isOn(value: object): boolean {
    return #seal in value;
  }
}

/**
 * What types know of the seal. A method of a class, which types leave out of a copy, and nothing private: whoever carries these types declares
 * them anew, and private members of two declarations are never the same.
 */
declare abstract class Sealed {
  sealedByTheGates(): void;
}

/** What the risk gates let through: nobody else makes one, so that an order nobody looked at does not compile. */
export type Approved<Value> = Value & Sealed;

// Of this file alone: whoever could call it could pass the gates by.
function approve<Value extends object>(value: Value): Approved<Value> {
  return (Seal.isOn(value) ? value : new Seal(value)) as Value as Approved<Value>;
}

/** Whether a value is what the gates let through and not a copy, where types cannot tell. */
export const isApproved = (value: object): boolean => Seal.isOn(value);

/** Why an order was not let through. */
export interface Refusal {
  /** A gate; `state` where the account sends no such orders at present, `order` for one that makes no sense. */
  readonly gate: string;
  /** Of the gate; `reducing` or `halted` of a state, `senseless` of an order. */
  readonly code: string;
  readonly reason: string;
  /** In the unit of the gate; NaN for what is unknown, null where no number says it. */
  readonly asked: number | null;
  readonly allowed: number | null;
  /** Anything but `refuse` has changed the state, and is to be carried out as what `look` says. */
  readonly action: GateAction;
}

export type Decision<Order> = { readonly approved: Approved<Order> } | { readonly refused: Refusal };

/** Something that keeps the account from being active. */
export interface Hold {
  /** A gate's rule by its key, or who operates. */
  readonly by: string;
  readonly gate: string | null;
  readonly state: Exclude<TradingState, "active">;
  readonly instruction: Instruction;
  readonly reason: string;
  /** Milliseconds UTC. */
  readonly since: number;
  /** What ends it: the end of the session day, or an operator. */
  readonly until: "session" | "resume";
}

/** What a rule did, for reports. */
export interface GateUse extends Scope {
  readonly gate: string;
  readonly per: Per;
  readonly most: number | string | null;
  readonly action: GateAction;
  /** How often it has refused an order or changed the state. */
  readonly fired: number;
  readonly last: LastFired | null;
}

export interface GatekeeperSnapshot {
  readonly session: number | null;
  readonly holds: readonly Hold[];
  readonly rules: readonly RuleSnapshot[];
}

/**
 * Stands between strategies and the venue: every order is proposed to it, and only what it lets through can be submitted.
 * It has no clock: times come with what it is asked. The same questions in the same order have the same answers.
 *
 * @example
 * const gatekeeper = new Gatekeeper([
 *   { gate: "max_position", most: 100, symbol: "BTCUSDT" },
 *   { gate: "daily_loss", most: "2%", action: "halt" },
 * ]);
 * const decision = gatekeeper.propose(proposal, order, account);
 * if ("approved" in decision) broker.submit(decision.approved);
 */
export class Gatekeeper {
  private readonly rules: readonly RuleAtWork[];
  private standing: readonly Hold[] = [];
  private session: number | null = null;

  /**
   * @param own  gates that are not of the catalogue
   * @throws BitFeverError as `checkRules` does
   */
  constructor(rules: readonly GateRule[], own?: readonly Gate[]) {
    this.rules = checkRules(rules, own).map((each) => new RuleAtWork(each));
  }

  get state(): TradingState {
    return stateOf(this.standing);
  }

  /** What keeps the account from being active, oldest first. */
  get holds(): readonly Hold[] {
    return this.standing;
  }

  get uses(): readonly GateUse[] {
    return this.rules.map(({ checked: { gate, per, scope, rule, action }, use }) => ({
      gate: gate.name,
      per,
      ...scope,
      most: rule.most ?? null,
      action,
      ...use,
    }));
  }

  /**
   * Asks whether an order may be sent. What reduces is refused by no gate, only by a halt.
   *
   * @param order  what is sent if it may be, under the client id of the proposal
   */
  propose<Order extends { readonly clientId: string }>(
    proposal: OrderProposal,
    order: Order,
    account: AccountView,
  ): Decision<Order> {
    if (order.clientId !== proposal.clientId)
      throw new Error(`gatekeeper: order ${order.clientId} proposed as ${proposal.clientId}`);
    this.hearSession(account);
    const { passes } = tradingStates[this.state];
    const mayPass =
      passes === "all" || proposal.isFlattening || (passes === "reducing" && proposal.isReducing);
    if (!mayPass) return { refused: this.refusalOfState() };
    if (!isExit(proposal)) {
      const refused = refusalOfNonsense(proposal) ?? this.refusalOfGates(proposal, account);
      if (refused !== null) return { refused };
    }
    for (const rule of this.rules) rule.count(proposal);
    return { approved: approve(order) };
  }

  /**
   * What `propose` would say, and nothing comes of it: nothing is let through, counted or stopped.
   *
   * @returns why the order would be refused, null where it would be let through
   */
  judge(proposal: OrderProposal, account: AccountView): Refusal | null {
    const before = this.snapshot();
    const decision = this.propose(proposal, { clientId: proposal.clientId }, account);
    this.restore(before);
    return "refused" in decision ? decision.refused : null;
  }

  /**
   * Looks at the account without an order: once whenever bars have closed. A rule that has stopped the account says so
   * once, and the state holds until its session is over or an operator resumes.
   */
  look(time: number, account: AccountView): Instruction {
    this.hearSession(account);
    let instruction: Instruction = "pass";
    for (const rule of this.rules) {
      if (rule.checked.action === "refuse" || this.isHeldBy(rule)) continue;
      const breach = rule.look(account);
      if (breach === null) continue;
      rule.fire(time, breach);
      instruction = worse(instruction, this.holdBy(rule, time, breach, rule.checked.action));
    }
    return instruction;
  }

  /** An operator lets nothing through that enters. */
  reduce(time: number, reason: string): Instruction {
    return this.operate("reduce", time, reason);
  }

  /** An operator lets nothing through at all. */
  halt(time: number, reason: string): Instruction {
    return this.operate("halt", time, reason);
  }

  /** An operator halts and has everything cancelled, and if asked everything that is held closed. */
  kill(time: number, reason: string, { flatten }: { readonly flatten: boolean }): Instruction {
    return this.operate(flatten ? "flatten" : "kill", time, reason);
  }

  /**
   * An operator makes the account active again, whatever has stopped it. Rules that had stopped it begin anew: what was lost
   * or counted up to now is forgiven them, and them alone.
   */
  resume(account: AccountView): void {
    this.hearSession(account);
    for (const rule of this.rules) if (this.isHeldBy(rule)) rule.forgive(account);
    this.change("resume", []);
  }

  /** A plain object. */
  snapshot(): GatekeeperSnapshot {
    const { session, standing, rules } = this;
    return { session, holds: standing, rules: rules.map((each) => each.snapshot()) };
  }

  /**
   * Takes the place of the gatekeeper the snapshot was made of. Where the rules have changed, each that was there before, in
   * the same scope, knows what it knew; what was stopped stays so, also by a rule that is no more.
   */
  restore(snapshot: GatekeeperSnapshot): void {
    this.session = snapshot.session;
    this.standing = structuredClone(snapshot.holds);
    const byKey = new Map(snapshot.rules.map((each) => [each.key, each]));
    for (const rule of this.rules) {
      const found = byKey.get(rule.checked.key);
      if (found !== undefined) rule.restore(structuredClone(found));
    }
  }

  private refusalOfGates(proposal: OrderProposal, account: AccountView): Refusal | null {
    let refusal: Refusal | null = null;
    for (const rule of this.rules) {
      const breach = rule.admit(proposal, account);
      if (breach === null) continue;
      rule.fire(proposal.time, breach);
      const { gate, action: meant } = rule.checked;
      // What nobody knows is a reason to refuse an order, and none to close a book.
      const action = Number.isNaN(breach.asked) ? "refuse" : meant;
      if (action !== "refuse") this.holdBy(rule, proposal.time, breach, action);
      if (refusal !== null && !isHarsher(action, refusal.action)) continue;
      const { text: reason, asked, allowed } = breach;
      refusal = { gate: gate.name, code: gate.code, reason, asked, allowed, action };
    }
    return refusal;
  }

  private refusalOfState(): Refusal {
    const { state, standing } = this;
    const reason = standing.map((each) => each.reason).join("; ");
    return { gate: "state", code: state, reason, asked: null, allowed: null, action: "refuse" };
  }

  private hearSession({ session }: AccountView): void {
    if (Number.isNaN(session) || (this.session !== null && session <= this.session)) return;
    this.session = session;
    for (const rule of this.rules) rule.startSession();
    this.change(
      "session_end",
      this.standing.filter((each) => each.until !== "session"),
    );
  }

  private isHeldBy({ checked }: RuleAtWork): boolean {
    return this.standing.some((each) => each.by === checked.key);
  }

  private holdBy(
    { checked: { key, gate } }: RuleAtWork,
    time: number,
    { text }: Breach,
    action: Exclude<GateAction, "refuse">,
  ): Instruction {
    return this.hold(action, {
      ...{ by: key, gate: gate.name, since: time, until: gate.lasts },
      reason: `${gate.name}: ${text}`,
    });
  }

  private operate(happening: OperatorHappening, time: number, reason: string): Instruction {
    return this.hold(happening, {
      by: "operator",
      gate: null,
      since: time,
      until: "resume",
      reason: `operator: ${reason}`,
    });
  }

  private hold(happening: OperatorHappening, hold: Omit<Hold, "state" | "instruction">): Instruction {
    const state = happening === "reduce" ? "reducing" : "halted";
    this.change(happening, [...this.standing, { ...hold, state, instruction: happening }]);
    return happening;
  }

  private change(happening: TradingHappening, holds: readonly Hold[]): void {
    changeState(this.state, happening, stateOf(holds));
    this.standing = holds;
  }
}

type OperatorHappening = Exclude<TradingHappening, "session_end" | "resume">;

function stateOf(holds: readonly Hold[]): TradingState {
  if (holds.length === 0) return "active";
  return holds.some(({ state }) => state === "halted") ? "halted" : "reducing";
}

/** An entry of a number of units below 0, or of none that anybody knows, would make room where there is none. */
function refusalOfNonsense({ quantity, price }: OrderProposal): Refusal | null {
  const isWrong = (asked: number, what: string): Refusal => ({
    ...{ gate: "order", code: "senseless", reason: `${what}: ${asked}`, asked, allowed: null },
    action: "refuse",
  });
  if (!(quantity > 0 && quantity < Infinity)) return isWrong(quantity, "units of the order");
  return price === null || Number.isFinite(price) ? null : isWrong(price, "price of the order");
}

const isExit = ({ isReducing, isFlattening }: OrderProposal): boolean => isReducing || isFlattening;

const isHarsher = (a: GateAction, b: GateAction): boolean =>
  instructionOf(a) !== instructionOf(b) && worse(instructionOf(a), instructionOf(b)) === instructionOf(a);
