import {
  BitFeverError,
  readCommand,
  type CloseCommand,
  type TradeCommand,
  type TradingCommand,
} from "@bitfever/lang";
import {
  byHand,
  freeOf,
  type BookedOrder,
  type HandOrder,
  type Member,
  type OperatorOrder,
} from "@bitfever/runtime";
import type { Caller, CommandAnswer } from "../services/service.js";
import type { AccountEvent } from "../trading/account-event.js";
import type { RunningAccount } from "../trading/running-account.js";
import { entryOf, type Audit, type AuditedOrder, type AuditEntry } from "./audit.js";
import { Confirmations } from "./confirmations.js";
import { strategyOf, symbolOf, symbolsAt } from "./names.js";
import { orderText } from "./order-text.js";
import * as questions from "./questions.js";
import { sizedClose, sizedTrade, type Market, type SizedOrder } from "./sizing.js";

/** What is done only once the same person has confirmed it. */
export type ConfirmPolicy = "nothing" | "trades" | "everything";

/** What commands need of where they are given: the account, where they are kept, the time, and chance for names. */
export interface CommandOptions {
  readonly account: RunningAccount;
  readonly audit: Audit;
  /** Milliseconds UTC: for tokens and for what is kept. */
  readonly now: () => number;
  /** When an order is given, by the clock of the account; left out, when that has heard of something last. */
  readonly at?: (() => number) | undefined;
  /** So many random bytes, of a source that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** By the mouth where that makes a difference; left out, nothing. Questions are answered at once in any case. */
  readonly confirms?: ConfirmPolicy | ((mouth: string) => ConfirmPolicy) | undefined;
  /** How long a token is good for, in milliseconds; a minute when left out. */
  readonly confirmMs?: number | undefined;
  readonly quit: () => void;
}

/** What was understood: what is told of it, and what is done. */
interface Plan {
  readonly words: string;
  readonly echo: string;
  readonly isTrade: boolean;
  /** Orders, or what is asked of the account. */
  readonly steps: readonly OperatorOrder[];
  readonly quits?: true;
  readonly data?: unknown;
}

/** What became of a command, with the orders that it gave. */
interface Outcome {
  readonly answer: CommandAnswer;
  readonly orders?: readonly SentOrder[];
}

type SentOrder = AuditedOrder & { readonly orderId: string };

const usualConfirmMs = 60_000;
const mostRemembered = 1_000;

/**
 * The commands of people at an account: read by one grammar, sized, judged by the gates, confirmed where that is asked for,
 * carried out and kept, whichever mouth they came by.
 *
 * @example
 * const commands = new Commands({ account, audit: fileAudit("audit.jsonl"), now, random: randomBytes, quit });
 * const { text } = await commands.carryOut("buy btc 80 -tsl 2.8", { mouth: "keyboard", who: "me" });
 */
export class Commands {
  private readonly confirmations: Confirmations<Plan>;
  /** Which command has given an order, by the name of that. */
  private readonly given = new Map<string, AuditEntry>();

  constructor(private readonly options: CommandOptions) {
    const { random, confirmMs = usualConfirmMs } = options;
    this.confirmations = new Confirmations(random, confirmMs);
  }

  /**
   * Carries out a command in words. What cannot be read, may not be or makes no sense is an answer and no exception; all of it is kept.
   *
   * @throws what is a fault of ours, which is kept too
   */
  readonly carryOut = async (words: string, by: Caller): Promise<CommandAnswer> => {
    const { now } = this.options;
    let outcome: Outcome;
    try {
      outcome = this.outcomeOf(words, by);
    } catch (error) {
      if (!(error instanceof BitFeverError)) {
        this.keep(words, by, { outcome: "refused", code: "fault" });
        throw error;
      }
      outcome = { answer: refusal(error) };
    }
    const { answer, orders } = outcome;
    const { outcome: how, code } = answer;
    const entry = entryOf(now(), by, words, {
      outcome: how,
      ...(code !== undefined && { code }),
      ...(orders && { orders }),
    });
    this.remember(entry);
    try {
      this.options.audit(entry);
    } catch (error) {
      // What was done is done, and was kept before that; a question is not answered.
      if (!(error instanceof BitFeverError)) throw error;
      return how === "done" && orders !== undefined
        ? { ...answer, text: `${answer.text}\n${error.message}` }
        : refusal(error);
    }
    return answer;
  };

  /** Keeps that a mouth has turned somebody away: unknown, without the right secret, or too often. */
  turnedAway(words: string, by: Caller, code: string): void {
    this.keep(words, by, { outcome: "refused", code });
  }

  /** Words that may be meant in a command: for who completes them. */
  get words(): {
    readonly symbols: readonly string[];
    readonly strategies: readonly string[];
    readonly orders: readonly string[];
  } {
    const { desk, state } = this.options.account;
    return {
      symbols: [...new Set(desk.members.map(({ symbol }) => symbol))],
      strategies: [...new Set(desk.members.map(({ strategy }) => typed(strategy)))],
      orders: state.orders.map(({ orderId }) => orderId),
    };
  }

  private outcomeOf(words: string, by: Caller): Outcome {
    const command = readCommand(words);
    if (command.kind === "confirm") {
      const plan = this.confirmations.take(command.token, by, this.options.now());
      return this.carriedOut(plan, by);
    }
    const told = this.told(command);
    if (told !== null) return { answer: { outcome: "done", ...told } };
    const plan = this.planOf(command, words.trim());
    const verdict = this.verdictOn(plan);
    if (verdict.refusal !== null) {
      const { code, text } = verdict.refusal;
      return { answer: { outcome: "refused", code, text: `${plan.echo}\n${text}`, data: plan.data } };
    }
    if (!this.needsConfirmation(plan, by)) return this.carriedOut(plan, by);
    const confirm = this.confirmations.ask(plan, by, this.options.now());
    const text = `${plan.echo}${verdict.text}\nnothing is done yet: confirm ${confirm.token}`;
    return { answer: { outcome: "confirm", text, confirm, data: plan.data } };
  }

  private needsConfirmation({ isTrade }: Plan, { mouth }: Caller): boolean {
    const { confirms = "nothing" } = this.options;
    const policy = typeof confirms === "function" ? confirms(mouth) : confirms;
    return policy === "everything" || (policy === "trades" && isTrade);
  }

  /** The answer to a question; null for what is to be done. */
  private told(command: TradingCommand): questions.Told | null {
    const { account } = this.options;
    switch (command.kind) {
      case "positions":
      case "orders": {
        const symbols = this.symbolsOf(command);
        const strategy = command.strategy === null ? null : this.strategy(command.strategy);
        return command.kind === "positions"
          ? questions.positions(account, symbols, strategy)
          : questions.orders(account, symbols, strategy);
      }
      case "pnl":
        return questions.profits(account, command.period);
      case "balance":
        return questions.balance(account.state);
      case "status":
        return questions.status(account.state, account.setup.venue);
      case "gates":
        return questions.gateUses(account.state);
      case "why": {
        const order = this.order(command.id);
        return questions.why(account, order, this.given.get(order.of ?? order.order.id));
      }
      case "help":
        return questions.help(command.about);
      default:
        return null;
    }
  }

  private planOf(command: TradingCommand, words: string): Plan {
    switch (command.kind) {
      case "trade":
        return this.tradePlan(command, words);
      case "close":
        return this.closePlan(command, words);
      case "cancel":
        return this.cancelPlan(command, words);
      case "pause":
      case "resume":
      case "flatten": {
        const strategy = named(command.strategy) ? this.strategy(command.strategy) : undefined;
        const step: OperatorOrder = { kind: command.kind, ...(strategy !== undefined && { strategy }) };
        return planned(words, `${command.kind} ${strategy ?? "all"}: ${meaning[command.kind]}`, [step]);
      }
      case "reduce":
      case "halt":
        return planned(words, `${command.kind}: ${meaning[command.kind]}`, [{ kind: command.kind }]);
      case "kill": {
        const { flattens } = command;
        const what = flattens ? "kill and flatten" : "kill";
        return planned(words, `${what}: ${flattens ? meaning.killed : meaning.kill}`, [
          { kind: "kill", flattens },
        ]);
      }
      case "quit":
        return { ...planned(words, `quit: ${meaning.quit}`, []), quits: true };
      default:
        throw new Error(`commands: nobody plans ${command.kind}`);
    }
  }

  private tradePlan(command: TradeCommand, words: string): Plan {
    const { account } = this.options;
    symbolsAt(command.venue, this.words.symbols, account.setup);
    if (command.strategy !== null && this.strategy(command.strategy) !== byHand)
      throw new BitFeverError(
        "BF5333",
        "what is opened by hand is booked by hand: a strategy decides its entries itself",
        {
          hint: "leave -s out; `close btc 50% -s NAME` closes a part of what a strategy holds",
        },
      );
    const hands = account.desk.members.filter(({ strategy }) => strategy === byHand);
    if (hands.length === 0)
      throw new BitFeverError("BF5340", "nothing is traded by hand on this account", {
        hint: "begin one with a part of the capital for it: --by-hand 20%, or `byHand` of setUp",
      });
    const symbol = symbolOf(
      command.symbol,
      hands.map((each) => each.symbol),
    );
    symbolsAt(command.venue, [symbol], account.setup);
    const member = memberOf(hands, byHand, symbol);
    const sized = sizedTrade(command, this.marketOf(member));
    this.checkAffordable(sized, hands);
    return this.orderPlan([sized], words);
  }

  private closePlan(command: CloseCommand, words: string): Plan {
    const { account } = this.options;
    const symbols = this.symbolsOf(command);
    const strategy = command.strategy === null ? byHand : this.strategy(command.strategy);
    const holders = account.desk.members.filter(
      (each) => each.session.position !== 0 && symbols.includes(each.symbol),
    );
    const held = holders.filter((each) => each.strategy === strategy);
    if (held.length === 0) {
      const [other] = holders;
      const [named] = command.symbol === null ? [] : symbols;
      throw new BitFeverError(
        "BF5335",
        `nothing is held ${strategy === byHand ? byHand : `by ${strategy}`}${named === undefined ? "" : ` in ${named}`}`,
        {
          hint:
            other === undefined
              ? "positions tells what there is"
              : `${other.strategy} holds some: close ${other.symbol} -s ${typed(other.strategy)}`,
        },
      );
    }
    return this.orderPlan(
      held.map((member) => sizedClose(command, strategy, this.marketOf(member))),
      words,
    );
  }

  /** What a command is about: a symbol that it names, or all whose orders go where it means. */
  private symbolsOf({ symbol, venue }: Pick<CloseCommand, "symbol" | "venue">): readonly string[] {
    const { setup } = this.options.account;
    const there = symbolsAt(venue, this.words.symbols, setup);
    return symbol === null ? there : symbolsAt(venue, [symbolOf(symbol, this.words.symbols)], setup);
  }

  private orderPlan(sized: readonly SizedOrder[], words: string): Plan {
    const { desk, setup } = this.options.account;
    const echo = sized
      .map((each) => {
        const { instrument } = memberOf(desk.members, each.order.strategy, each.order.symbol);
        return orderText(each, instrument, setup.settings.currency);
      })
      .join("\n");
    const steps = sized.map(({ order }) => ({ kind: "trade", order }) as const);
    return { words, echo, isTrade: true, steps, data: { orders: sized } };
  }

  private cancelPlan(command: Extract<TradingCommand, { kind: "cancel" }>, words: string): Plan {
    const { account } = this.options;
    const there = symbolsAt(command.venue, this.words.symbols, account.setup);
    const one = command.of === null ? null : this.orderOrSymbol(command.of);
    if (one !== null && typeof one !== "string") {
      const { id } = one.order;
      symbolsAt(command.venue, [account.desk.members[one.member].symbol], account.setup);
      if (one.state === "attached")
        throw new BitFeverError("BF5337", `${id} comes with its entry and is not at the venue yet`, {
          hint: `cancel ${one.order.parent ?? "its entry"}`,
        });
      const step = { kind: "cancel", clientId: one.clientId } as const;
      return planned(words, `cancel ${id}: ${this.lineOf(one)}`, [step], true);
    }
    const strategy = command.strategy === null ? byHand : this.strategy(command.strategy);
    const symbols = one === null ? there : symbolsAt(command.venue, [one], account.setup);
    const isMeant = ({ member }: BookedOrder): boolean => {
      const whose = account.desk.members[member];
      return whose.strategy === strategy && symbols.includes(whose.symbol);
    };
    const resting = account.desk.openOrders.filter((each) => isMeant(each) && each.state !== "attached");
    const taken = resting.filter(({ order }) => order.purpose === "enter" || order.purpose === "exit");
    const stays = resting.length - taken.length;
    const spared =
      stays === 0
        ? ""
        : `\n${stays} that ${stays === 1 ? "protects" : "protect"} what is held ${stays === 1 ? "stays" : "stay"}: name one by its id to cancel it`;
    if (taken.length === 0)
      throw new BitFeverError(
        "BF5337",
        `no order ${strategy === byHand ? byHand : `of ${strategy}`} rests${one === null ? "" : ` in ${one}`}${spared}`,
        {
          hint: "orders tells what there is",
        },
      );
    const steps = taken.map(({ clientId }) => ({ kind: "cancel", clientId }) as const);
    return planned(
      words,
      `${taken.map((each) => `cancel ${each.order.id}: ${this.lineOf(each)}`).join("\n")}${spared}`,
      steps,
      true,
    );
  }

  private lineOf({ member, order, left }: BookedOrder): string {
    const { strategy, symbol, instrument } = this.options.account.desk.members[member];
    const price = order.price === null ? "" : ` ${instrument.priceDecimal(order.price)}`;
    return `${order.side} ${instrument.quantityDecimal(left)} ${symbol} ${order.type.replaceAll("_", " ")}${price} (${strategy})`;
  }

  /** What the gates say to orders, as things stand; nothing comes of it. */
  private verdictOn({ steps, isTrade }: Plan): {
    readonly refusal: { readonly code: string; readonly text: string } | null;
    readonly text: string;
  } {
    const { account } = this.options;
    const orders = steps.flatMap((each) => (each.kind === "trade" ? [each.order] : []));
    for (const order of orders) {
      const { refusal: reason } = account.desk.judge(order, this.at);
      if (reason === null) continue;
      const [code] = reason.split(":");
      return { refusal: { code, text: `gates: refused, ${reason}` }, text: "" };
    }
    return { refusal: null, text: isTrade && orders.length > 0 ? "\ngates: let through" : "" };
  }

  /** The gates are asked once more: what was let through a minute ago may be too much by now. */
  private carriedOut(plan: Plan, by: Caller): Outcome {
    const { account, quit, now, audit } = this.options;
    const { refusal: refused, text: verdict } = this.verdictOn(plan);
    if (refused !== null)
      return {
        answer: {
          outcome: "refused",
          code: refused.code,
          text: `${plan.echo}\n${refused.text}`,
          data: plan.data,
        },
      };
    // Its clock is that of its bars.
    if (this.options.at === undefined && account.state.time === null && plan.steps.length > 0)
      throw new BitFeverError("BF5335", "the account has heard of no bar yet", {
        hint: "wait for the first",
      });
    audit(entryOf(now(), by, plan.words, { outcome: "asked", orders: this.auditedOf(plan) }));
    const happened: AccountEvent[] = [];
    const stop = account.listen((event) => void happened.push(event));
    try {
      for (const step of plan.steps) account.operate(step, this.options.at?.());
    } finally {
      stop();
    }
    if (plan.quits === true) quit();
    const orders = happened.flatMap((event) =>
      event.kind === "order" && event.tag.startsWith("hand-") ? [auditedOrder(event)] : [],
    );
    const told = happened.flatMap((event) => (event.kind === "notice" ? lineOfNotice(event.notice) : []));
    const sent = orders.map(({ orderId }) => `sent as ${orderId}`);
    const entry = entryOf(now(), by, plan.words, { outcome: "done", orders });
    for (const { orderId } of orders) this.rememberOrder(orderId, entry);
    const isLost = plan.steps.some(({ kind }) => kind === "trade") && orders.length === 0;
    return {
      answer: {
        outcome: isLost ? "refused" : "done",
        ...(isLost && { code: "unsent" }),
        text: `${plan.echo}${verdict}\n${[...sent, ...told].join("\n")}`.trimEnd(),
        data: { ...(plan.data as object | undefined), sent: orders },
      },
      orders,
    };
  }

  private auditedOf({ steps }: Plan): readonly AuditedOrder[] {
    return steps.flatMap((step) => (step.kind === "trade" ? [this.auditedHand(step.order)] : []));
  }

  private auditedHand(order: HandOrder): AuditedOrder {
    const { desk } = this.options.account;
    const { strategy, symbol, side, type, quantity, price } = order;
    const { instrument } = memberOf(desk.members, strategy, symbol);
    return {
      ...{ strategy, symbol, side, type },
      quantity: instrument.quantityDecimal(quantity),
      price: price === null ? null : instrument.priceDecimal(price),
    };
  }

  private get at(): number {
    return this.options.at?.() ?? -Infinity;
  }

  private marketOf({ symbol, instrument, session }: Member): Market {
    const { state } = this.options.account;
    const { held } = session;
    return {
      ...{ symbol, instrument, equity: state.equity, held: held.long - held.short },
      price: state.seats.find((each) => each.symbol === symbol)?.price ?? null,
      moneyPerPoint: session.moneyPerPoint(),
    };
  }

  /** A simulated venue makes an entry as small as the account can pay: better to hear of it before. */
  private checkAffordable({ order, worth, closes }: SizedOrder, hands: readonly Member[]): void {
    const { setup, state } = this.options.account;
    if (setup.venue !== "simulated" || order.purpose !== "enter" || closes > 0) return;
    const free = hands.reduce((sum, { symbol, session, instrument }) => {
      const price = state.seats.find((each) => each.symbol === symbol)?.price ?? 0;
      return sum + instrument.moneyDecimal(freeOf({ session, instrument }, price));
    }, 0);
    const needed = worth * setup.settings.margin;
    if (needed > free)
      throw new BitFeverError(
        "BF5335",
        `it takes ${needed.toFixed(2)}, and ${free.toFixed(2)} is free by hand`,
        {
          hint: "give a smaller amount, or close something first",
        },
      );
  }

  private strategy(given: string): string {
    return strategyOf(given, [...new Set(this.options.account.desk.members.map((each) => each.strategy))]);
  }

  /** By its name, by that at the venue, or by the end of its name where only one ends so. */
  private order(id: string): BookedOrder {
    const found = this.ordersCalled(id);
    if (found.length === 1) return found[0];
    throw new BitFeverError(
      "BF5337",
      found.length === 0 ? `there is no order \`${id}\`` : `\`${id}\` could be ${found.length} orders`,
      {
        hint: "orders tells what rests; what has ended is known for a day",
      },
    );
  }

  private ordersCalled(id: string): readonly BookedOrder[] {
    const { desk } = this.options.account;
    const exact = desk.orders.filter(({ order, clientId }) => order.id === id || clientId === id);
    return exact.length > 0 ? exact : desk.orders.filter(({ order }) => order.id.endsWith(`-${id}`));
  }

  private orderOrSymbol(given: string): BookedOrder | string {
    if (this.ordersCalled(given).length === 1) return this.order(given);
    try {
      return symbolOf(given, this.words.symbols);
    } catch (error) {
      if (error instanceof BitFeverError && !error.message.includes("could be")) return this.order(given);
      throw error;
    }
  }

  private keep(words: string, by: Caller, rest: Pick<AuditEntry, "outcome" | "code">): void {
    this.options.audit(entryOf(this.options.now(), by, words, rest));
  }

  private remember({ orders = [], ...entry }: AuditEntry): void {
    for (const { orderId } of orders)
      if (orderId !== undefined && !this.given.has(orderId)) this.rememberOrder(orderId, entry);
  }

  private rememberOrder(orderId: string, entry: AuditEntry): void {
    this.given.set(orderId, entry);
    const [oldest] = this.given.keys();
    if (this.given.size > mostRemembered && oldest !== undefined) this.given.delete(oldest);
  }
}

const meaning = {
  pause: "opens nothing until it is resumed; what rests to enter is taken back, exits go on",
  resume: "trades again",
  flatten: "takes back what would enter, and closes what is held at the market",
  reduce: "nothing is opened until somebody resumes; exits go on",
  halt: "nothing is sent until somebody resumes, but what closes by hand; what protects stays at the venue",
  kill: "everything is cancelled, also what protects; positions stay",
  killed: "everything is cancelled, and everything that is held is closed at the market",
  quit: "the account is closed; what rests at a venue stays there",
} as const;

const planned = (words: string, echo: string, steps: readonly OperatorOrder[], isTrade = false): Plan => ({
  ...{ words, echo, isTrade, steps },
});

const named = (strategy: string | null): strategy is string =>
  strategy !== null && strategy.toLowerCase() !== "all";

/** A name as it can be typed: without blanks. */
const typed = (strategy: string): string => strategy.replace(/\s+/gu, "-");

function memberOf(members: readonly Member[], strategy: string, symbol: string): Member {
  const found = members.find((each) => each.strategy === strategy && each.symbol === symbol);
  if (found === undefined) throw new Error(`commands: nobody trades ${symbol} for ${strategy}`);
  return found;
}

const auditedOrder = ({
  orderId,
  strategy,
  symbol,
  side,
  type,
  quantity,
  price,
}: Extract<AccountEvent, { kind: "order" }>): SentOrder => ({
  orderId,
  strategy,
  symbol,
  side,
  type,
  quantity,
  price,
});

/** That it was asked for is in the echo already. */
const lineOfNotice = ({
  what,
  text,
}: Extract<AccountEvent, { kind: "notice" }>["notice"]): readonly string[] =>
  what === "operator" ? [] : [`${what.replaceAll("_", " ")}: ${text}`];

function refusal({ code, message, hint }: BitFeverError): CommandAnswer {
  const outcome = code === "BF5330" ? "unreadable" : "refused";
  return { outcome, code, text: hint === undefined ? message : `${message}\n${hint}` };
}
