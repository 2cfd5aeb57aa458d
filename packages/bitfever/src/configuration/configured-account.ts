import { BitFeverError, intervalName, textOfError } from "@bitfever/lang";
import { closeTimeOf, type Bars, type InstrumentTerms, type Timing } from "@bitfever/engine";
import {
  barGrid,
  joinedBroker,
  listsBy,
  type Broker,
  type ClosedBar,
  type FeedClock,
  type FeedEvent,
  type GateRule,
  type LiveClock,
} from "@bitfever/runtime";
import type { OpenFeed } from "../feeds/feed-kind.js";
import { fileModules } from "../modules.js";
import type { ConfiguredService } from "../services/running-services.js";
import type { AccountEvent } from "../trading/account-event.js";
import type { AccountSetup } from "../trading/account-setup.js";
import type { Instant } from "../trading/instants.js";
import { joinedFeed, type SymbolFeed } from "../trading/joined-feed.js";
import { LiveAccount } from "../trading/live-account.js";
import type { RunningAccount } from "../trading/running-account.js";
import { setUp, type SetUpOptions } from "../trading/set-up.js";
import { TradingAccount } from "../trading/trading-account.js";
import type { OpenVenue, VenueKind } from "../venues/venue-kind.js";
import type { LoadedPlugin } from "./plugin.js";
import type { ReadyConfiguration } from "./examine.js";
import { maskedBroker } from "./masked-broker.js";
import { readOptions } from "./options.js";
import { placeOf } from "./problem.js";
import { shareOf } from "./schema.js";
import type { HeardMarket } from "./strategies.js";

/** An exchange in whose place something else answers, such as a venue server on this machine. */
export type StandIn = (
  name: string,
  kind: VenueKind,
  options: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

export interface ConfiguredAccountOptions {
  readonly kind: AccountSetup["kind"];
  /** Where the account is kept; left out, nothing is. */
  readonly journal: string | undefined;
  readonly clock: FeedClock & LiveClock;
  /** Bars that there are already: then no exchange is asked for any. */
  readonly bars?: readonly Bars[];
  /** Options of an exchange instead of those of the file. */
  readonly standIn?: StandIn | undefined;
  readonly signal: AbortSignal;
  /** Told of bars that are missing and the like. */
  readonly say: (text: string) => void;
}

/** Bars that are farther back than this when they are heard are not traded on, unless the configuration says otherwise. */
const staleMs = 60_000;
const leastBars = 50;

/** An account of a configuration, with where its bars come from: opened first, then followed. */
export class ConfiguredAccount {
  private readonly venues = new Map<string, OpenVenue>();
  private readonly feeds = new Map<string, OpenFeed>();

  private constructor(
    private readonly ready: ReadyConfiguration,
    private readonly options: ConfiguredAccountOptions,
    private readonly markets: readonly HeardMarket[],
  ) {}

  /**
   * Asks the exchanges what they trade; nothing is sent yet.
   *
   * @throws BitFeverError BF5202 for a secret that is missing, BF5205 for a strategy whose orders have nowhere to go, and what the venues throw
   */
  static async prepare(
    ready: ReadyConfiguration,
    options: ConfiguredAccountOptions,
  ): Promise<ConfiguredAccount> {
    const heard = ready.strategies.flatMap((each) => each.heard);
    // What one strategy trades and another reads is traded.
    const lastTraded = heard.toSorted((a, b) => Number(a.isTraded) - Number(b.isTraded));
    const markets = [...new Map(lastTraded.map((each) => [each.symbol, each])).values()];
    const prepared = new ConfiguredAccount(ready, options, markets);
    if (options.kind === "live") prepared.checkExchanges();
    try {
      if (options.bars === undefined) await prepared.openAll();
      return prepared;
    } catch (error) {
      await prepared.close();
      throw error;
    }
  }

  /** Opens the account; at a venue it is being compared with that from then on. */
  async open(onEvent: (event: AccountEvent) => void): Promise<RunningAccount> {
    const { ready, options } = this;
    const setup = await this.setup();
    const { own } = ready.kinds;
    const { journal, clock } = options;
    if (options.kind === "paper") return TradingAccount.open({ setup, own, journal, onEvent });
    const broker = this.broker();
    if (journal === undefined)
      throw new BitFeverError(
        "BF5185",
        "live trading needs a journal: without one nothing knows after a crash what was sent",
        {
          hint: `write \`journal: FOLDER\` into ${ready.path}`,
        },
      );
    return LiveAccount.open({
      ...{ setup, own, journal, clock, onEvent },
      broker: maskedBroker(broker, ready.secrets),
      stops: { cancelsEntries: ready.configuration.on_stop === "cancel_entries" },
    });
  }

  /** Closed bars as they come, and before them those of the past that the account has not heard of. */
  follow(account: RunningAccount, signal: AbortSignal): AsyncIterable<Instant> {
    const { clock, say } = this.options;
    const kept = account.keptBars;
    const feeds = this.markets.map(({ symbol, intervalMs, from }): SymbolFeed => {
      const timing = account.timings.get(symbol) as Timing;
      const source = this.venues.get(from) ?? (this.feeds.get(from) as OpenFeed);
      const after = kept.get(symbol) ?? barBefore(timing, clock.now(), this.history(intervalMs));
      return {
        ...{ symbol, intervalMs, closeOf: closeTimeOf(timing) },
        events: source.candles({ symbol, intervalMs, timing, ...(after !== undefined && { after }) }),
      };
    });
    return joinedFeed(feeds, {
      ...{ clock, signal },
      say: (symbol, event) => {
        const text = noticeOf(symbol, event);
        if (text !== null) say(text);
      },
    });
  }

  /**
   * The services of the configuration, each with what it is told.
   *
   * @throws BitFeverError BF5202 for a secret that is missing
   */
  async services(): Promise<readonly ConfiguredService[]> {
    const { configuration, kinds } = this.ready;
    const found: ConfiguredService[] = [];
    for (const [name, raw] of Object.entries(configuration.services ?? {})) {
      const kind = await (kinds.services.get(name) as () => Promise<ConfiguredService["kind"]>)();
      found.push({ name, kind, options: this.optionsOf(kind.schema, raw ?? {}, ["services", name]) });
    }
    return found;
  }

  /** Lets go of all that was opened beside the account. */
  async close(): Promise<void> {
    for (const feed of this.feeds.values()) await feed.close();
    // Those that an account was opened with are closed by it; a second time is none.
    for (const { broker } of this.venues.values()) await broker.close().catch(() => undefined);
  }

  private traded(): readonly HeardMarket[] {
    return this.markets.filter(({ isTraded }) => isTraded);
  }

  /** In earnest there is somewhere for every order to go. */
  private checkExchanges(): void {
    if (this.traded().every(({ exchange }) => exchange !== null)) return;
    throw new BitFeverError(
      "BF5205",
      `${this.ready.path}: a strategy names no exchange, and its orders have nowhere to go`,
      {
        hint: "name one under `exchanges`; without one it trades on paper",
      },
    );
  }

  /** Of the exchange where strategies trade; of several, one that joins them. */
  private broker(): Broker {
    const traded = [...listsBy(this.traded(), ({ exchange }) => exchange ?? "")].map(([name, markets]) => ({
      ...{ exchange: name, broker: (this.venues.get(name) as OpenVenue).broker },
      symbols: markets.map(({ symbol }) => symbol),
    }));
    const [first, ...others] = traded;
    if (others.length === 0) return first.broker;
    const isCalledAlone = (name: string): boolean =>
      traded.filter(({ broker }) => broker.name === name).length === 1;
    return joinedBroker(
      traded.map(({ exchange, broker, symbols }) => ({
        ...{ broker, symbols },
        name: isCalledAlone(broker.name) ? broker.name : `${broker.name} ${exchange}`,
      })),
    );
  }

  private async openAll(): Promise<void> {
    const { configuration, kinds, folder } = this.ready;
    const { exchanges = {}, feeds = {} } = configuration;
    const { clock, signal } = this.options;
    const names = new Set(
      this.markets.flatMap(({ from, exchange }) => [from, ...(exchange === null ? [] : [exchange])]),
    );
    for (const name of names)
      if (name in exchanges) {
        const { venue, ...raw } = exchanges[name];
        this.venues.set(name, await this.openVenue(name, kinds.venues.get(venue) as VenueKind, raw));
      } else {
        const { kind: named, ...raw } = feeds[name];
        const kind = kinds.feeds.get(named) as NonNullable<ReturnType<typeof kinds.feeds.get>>;
        const given = this.optionsOf(kind.schema, raw, ["feeds", name]);
        const open = (): Promise<OpenFeed> => kind.open(given, { folder, clock, signal });
        this.feeds.set(name, await opening(`the feed ${name}`, open));
      }
  }

  private async openVenue(
    name: string,
    kind: VenueKind,
    raw: Readonly<Record<string, unknown>>,
  ): Promise<OpenVenue> {
    const { standIn } = this.options;
    const instead = standIn === undefined ? undefined : await standIn(name, kind, raw);
    const given = instead ?? raw;
    const options = this.optionsOf(kind.schema, given, ["exchanges", name]);
    return opening(`the exchange ${name}`, () => kind.open(options));
  }

  /** On paper what refers to a key that is not there is left out: what anybody may ask is enough. */
  private optionsOf(
    schema: VenueKind["schema"],
    raw: Readonly<Record<string, unknown>>,
    path: readonly string[],
  ): unknown {
    const leaves = this.options.kind === "paper" && path[0] === "exchanges";
    const { options, problems, missing } = readOptions(schema, raw, path, this.ready.credentials, leaves);
    if (missing.length > 0 && !leaves)
      throw new BitFeverError(
        "BF5202",
        `${this.ready.path}: \`${placeOf(missing[0].path)}\` refers to ${missing[0].name}, and there is no such variable`,
        { hint: `set ${missing[0].name} in the environment, or in the file of \`credentials\`` },
      );
    if (options === undefined)
      throw new BitFeverError(
        "BF5200",
        problems.map(({ path: at, text }) => `${this.ready.path}: \`${placeOf(at)}\` ${text}`).join("\n"),
        { hint: problems[0]?.hint },
      );
    return options;
  }

  private history(intervalMs: number): number {
    const { configuration, strategies } = this.ready;
    if (configuration.history !== undefined) return configuration.history;
    const longest = Math.max(
      ...strategies.map(({ warmup, heard }) => warmup * (heard[0].intervalMs / intervalMs)),
    );
    // What is seeded with its first values needs more than its window to forget them.
    return Math.max(leastBars, Math.ceil(2 * longest));
  }

  /** With ticks, lots and money as the exchange counts them. */
  private async setup(): Promise<AccountSetup> {
    const { configuration, strategies, plugins, kinds, instruments, gates, settings } = this.ready;
    const { kind } = this.options;
    const terms: Record<string, InstrumentTerms> = { ...instruments };
    let decimals: number | null = null;
    for (const { symbol, exchange, from } of this.traded()) {
      const knows = exchange === null ? this.feeds.get(from) : this.venues.get(exchange);
      const rules = await opening(`the rules of ${symbol}`, () => knows?.rules?.(symbol));
      if (rules === undefined) continue;
      const { instrument } = rules;
      const { tick, lot, multiplier, moneyDecimals } = instrument.specification;
      terms[symbol] = { ...terms[symbol], tick, lot, multiplier };
      // Of several exchanges the one that counts finest.
      if (moneyDecimals !== null) decimals = Math.max(decimals ?? 0, moneyDecimals);
    }
    const isRehearsal = this.options.standIn !== undefined;
    const shortest = Math.min(...this.markets.map(({ intervalMs }) => intervalMs));
    const { by_hand: byHand } = configuration;
    return setUp({
      strategies: strategies.map(({ entry, source, settings: own, share, filter }) => ({
        ...{ source, findModule: fileModules, params: entry.params, symbols: entry.symbols },
        ...{ name: entry.name, settings: own, share, filter },
      })),
      symbols: this.markets,
      ...{ account: configuration.account, kind, instruments: terms },
      settings: { money_decimals: decimals, ...settings },
      gates: [...gates, ...staleness(gates, shortest)],
      ...(byHand !== undefined && {
        byHand: {
          share: byHand.share === undefined ? undefined : (shareOf(byHand.share) ?? undefined),
          // What is only read may be another venue's.
          symbols: [...new Set(this.traded().map(({ symbol }) => symbol))],
        },
      }),
      ...{ whenOff: configuration.when_off, reallocate: configuration.reallocate },
      plugins: neededPlugins(plugins),
      own: kinds.own,
      ...(kind === "live" && { venue: venueOf(this.broker(), isRehearsal) }),
    });
  }
}

/** Those without which nobody could decide again as it was decided. */
const neededPlugins = (plugins: readonly LoadedPlugin[]): NonNullable<AccountSetup["plugins"]> =>
  plugins
    .filter(({ plugin }) => plugin.gates !== undefined || plugin.indicators !== undefined)
    .map(({ name, version }) => ({ name, version }));

/** What is thrown by what is not ours is a mistake in what was given, too: who reads it can do something about it. */
async function opening<Opened>(what: string, open: () => Opened | Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (cause) {
    if (cause instanceof BitFeverError) throw cause;
    const text = textOfError(cause);
    throw new BitFeverError("BF5324", `${what} cannot be had: ${text}`, {
      cause,
      hint: "check the connection, the keys, and what is said of it in the configuration",
    });
  }
}

/** Where orders go, as a setup has it. */
function venueOf({ name, capabilities }: Broker, isRehearsal: boolean): SetUpOptions["venue"] {
  const { separates, protects, replaces, binds, bySymbol } = capabilities;
  return {
    name: `${name}${isRehearsal ? " (rehearsal)" : ""}`,
    abilities: {
      separates,
      protects,
      replaces,
      ...(binds === true && { binds }),
      ...(bySymbol && { bySymbol }),
    },
  };
}

/** What was missed is not made up for: the past that a strategy is warmed up with is not traded on. */
function staleness(gates: readonly GateRule[], intervalMs: number): readonly GateRule[] {
  if (gates.some(({ gate }) => gate === "stale_signal")) return [];
  const most = Math.min(staleMs, Math.max(10_000, intervalMs));
  return [{ gate: "stale_signal", most: intervalName(most) }];
}

/** A bar that many bars ago, of which nothing is known but when it was: a feed goes on behind it. */
function barBefore(timing: Timing, now: number, count: number): ClosedBar | undefined {
  const { intervalMs, calendar } = timing;
  if (count === 0) return undefined;
  const time = Math.floor(now / intervalMs) * intervalMs - (count + 1) * intervalMs;
  const opened = calendar.sessionAt(time).open;
  const place = timing.isDated || time < opened ? 0 : barGrid(timing).count(opened, time);
  return { time, open: NaN, high: NaN, low: NaN, close: NaN, volume: 0, session_bar: place };
}

function noticeOf(symbol: string, event: FeedEvent): string | null {
  const at = (time: number): string => new Date(time).toISOString();
  switch (event.kind) {
    case "gap_given_up":
      return `bars of ${symbol} are missing from ${at(event.gap.from)} to ${at(event.gap.to)} (${event.why}): it goes on without them`;
    case "revision":
      return `the bar of ${symbol} at ${at(event.told.time)} is told a second time, and otherwise: it stays as it was`;
    default:
      return null;
  }
}
