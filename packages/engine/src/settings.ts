import {
  BitFeverError,
  carryModels,
  commissionModels,
  slippageModels,
  type CostModel,
  type PlannedCosts,
  type PlannedFills,
} from "@bitfever/lang";
import { adjustments, type Adjustment } from "./actions/view.js";
import { modelUsages, readModels } from "./cost-text.js";
import type { Costs } from "./costs.js";
import { currencyForm, decimalsOf } from "./currency.js";
import { plainFills, type FillRules } from "./fill-rules.js";
import { marginCalls, type MarginCall } from "./venue-account.js";
import { pathNames, type PathName } from "./path.js";
import type { Profile } from "./profile.js";
import { profiles } from "./profiles/index.generated.js";

/** What a run depends on besides program, parameters and data. */
export interface Settings {
  readonly initial_capital: number;
  readonly path: PathName | null;
  readonly tick: number | null;
  readonly lot: number | null;
  readonly multiplier: number;
  readonly money_decimals: number | null;
  /** The code of that of the account, such as USD; null where nobody says it. */
  readonly currency: string | null;
  readonly zone: string;
  readonly session_start: string;
  /** A share of the traded value, or models whose commissions add up. */
  readonly commission: number | readonly CostModel[] | null;
  readonly slippage: SimpleSlippage | readonly CostModel[] | null;
  readonly carry: readonly CostModel[] | null;
  readonly through: number | null;
  readonly volume_limit: number | null;
  readonly latency: number | null;
  readonly touch_chance: number | null;
  readonly seed: number;
  readonly margin: number;
  readonly maintenance_margin: number;
  readonly margin_call: MarginCall;
  readonly profile: string | null;
  readonly at_end: AtEnd;
  readonly adjustment: Adjustment;
}

/** What becomes of positions that are open at the end: marked at the last close, or closed at it, or at the last open. */
export const endings = ["mark", "close", "open"] as const;
export type AtEnd = (typeof endings)[number];

export interface SimpleSlippage {
  readonly unit: "ticks" | "ratio";
  readonly value: number;
}

export interface SettingDefinition<Value> {
  readonly summary: string;
  readonly default: Value;
  /** What `parse` accepts, for messages: "a positive number". */
  readonly expects: string;
  /** The value a text stands for; undefined when it stands for none. */
  readonly parse: (text: string) => Value | undefined;
  /** Of a setting that a program may give as an object or a list: examples, and what such a one must be. */
  readonly structured?: { readonly such: string; readonly isOne: (value: object) => boolean };
}

/** A decimal number without a sign, as programs and people write it: mantissa and exponent. */
const unsigned = String.raw`(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?`;
const numberForm = new RegExp(`^${unsigned}$`, "i");
const ratioForm = new RegExp(`^${unsigned}(?: ?(%|bps))?$`, "i");

const positive = (text: string): number | undefined => {
  const value = numberForm.test(text) ? Number(text) : NaN;
  return value > 0 && Number.isFinite(value) ? value : undefined;
};

const orNone =
  <Value>(parse: (text: string) => Value | undefined) =>
  (text: string): Value | null | undefined =>
    text === "none" ? null : parse(text);

/** `0.05%`, `5bps` or a plain number. The point is moved, not the number divided: 0.07% is 0.0007. */
const unsignedNumber = (text: string): number | undefined => {
  const match = ratioForm.exec(text);
  if (match === null) return undefined;
  const [, mantissa, exponent = "0", unit] = match;
  const shift = unit === undefined ? 0 : unit === "%" ? -2 : -4;
  return Number(`${mantissa}e${Number(exponent) + shift}`);
};

/** A share below the whole. */
const ratio = (text: string): number | undefined => {
  const value = unsignedNumber(text);
  return value !== undefined && value < 1 ? value : undefined;
};

/** A share above nothing, up to the whole. */
const part = (text: string): number | undefined => {
  const value = unsignedNumber(text);
  return value !== undefined && value > 0 && value <= 1 ? value : undefined;
};

const chance = (text: string): number | undefined => {
  const value = unsignedNumber(text);
  return value !== undefined && value <= 1 ? value : undefined;
};

/** A parameter of a cost model, which may be a rebate. */
const signedNumber = (text: string): number | undefined => {
  const isNegative = text.startsWith("-");
  const value = unsignedNumber(text.slice(isNegative ? 1 : 0).replaceAll("_", ""));
  return value === undefined || !isNegative ? value : -value;
};

const commission = (text: string): Settings["commission"] | undefined =>
  ratio(text) ?? readModels(text, commissionModels, signedNumber);

const slippage = (text: string): Settings["slippage"] | undefined => {
  const ticks = /^(\d{1,9}) ?ticks?$/i.exec(text);
  if (ticks !== null) return { unit: "ticks", value: Number(ticks[1]) };
  const value = ratio(text);
  if (value !== undefined) return { unit: "ratio", value };
  return readModels(text, slippageModels, signedNumber);
};

const isModels = (value: object): boolean =>
  Array.isArray(value) &&
  value.every(
    (each: Partial<CostModel> | null) => typeof each?.model === "string" && Array.isArray(each.parameters),
  );

const isSimpleSlippage = (value: object): boolean =>
  "unit" in value &&
  (value.unit === "ticks" || value.unit === "ratio") &&
  "value" in value &&
  typeof value.value === "number";

const zone = (text: string): string | undefined => {
  // To load what is known of all zones takes as long as a backtest of a few years of days.
  if (text === "UTC") return text;
  // Newer versions of Node also know offsets as zones; a session needs the rules of a place.
  if (/^[+-]/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

const timeOfDay = (text: string): string | undefined =>
  /^(?:\d|[01]\d|2[0-3]):[0-5]\d$/.test(text) ? text.padStart(5, "0") : undefined;

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

const decimals = (text: string): number | undefined =>
  /^(?:\d|1[0-2])$/.test(text) ? Number(text) : undefined;

/** One row per setting: what `--set NAME=VALUE` accepts, the help and the reference read this table. */
export const settingDefinitions: { readonly [Name in keyof Settings]: SettingDefinition<Settings[Name]> } = {
  initial_capital: {
    summary: "Money in the account before the first trade",
    default: 100_000,
    expects: "a positive number",
    parse: positive,
  },
  path: {
    summary: "How prices are thought to have moved inside a bar; none takes the program's path, or nearest",
    default: null,
    expects: `one of ${pathNames.join(", ")}, or none`,
    parse: orNone((text) => pathNames.find((name) => name === text)),
  },
  tick: {
    summary: "Smallest step of a price; none keeps prices as the data give them",
    default: null,
    expects: "a positive number or none",
    parse: orNone(positive),
  },
  lot: {
    summary: "Smallest step of a quantity; none allows fractions",
    default: null,
    expects: "a positive number or none",
    parse: orNone(positive),
  },
  multiplier: {
    summary: "Money per unit and price point: 50 for an E-mini S&P 500 future",
    default: 1,
    expects: "a positive number",
    parse: positive,
  },
  money_decimals: {
    summary:
      "Decimals of the account's currency; with tick and lot, all accounting is exact; none takes those of `currency`",
    default: null,
    expects: "a whole number from 0 to 12 or none",
    parse: orNone(decimals),
  },
  currency: {
    summary:
      "Currency of the account, into which money of others is converted; none takes that of the instruments, where they have one",
    default: null,
    expects: "a code of 3 to 10 capital letters and digits such as USD, JPY or USDT, or none",
    parse: orNone((text) => (currencyForm.test(text) ? text : undefined)),
  },
  zone: {
    summary: "Time zone whose calendar days are the sessions, as an IANA name",
    default: "UTC",
    expects: "an IANA time zone such as America/New_York",
    parse: zone,
  },
  session_start: {
    summary: "Local time at which a session starts",
    default: "00:00",
    expects: "a time such as 18:00",
    parse: timeOfDay,
  },
  commission: {
    summary: "Share of the traded value on each side, or models, joined by +; none takes the program's costs",
    default: null,
    expects: `a share below 100% such as 0.05%, 5bps or 0.0005, a model such as ${modelUsages(commissionModels)}, or none`,
    parse: orNone(commission),
    structured: { such: '[{ model: "per_order", parameters: [1] }]', isOne: isModels },
  },
  slippage: {
    summary: "What market and stop orders lose against the price; none takes the program's costs",
    default: null,
    expects: `whole ticks such as 2 ticks, a share below 100% such as 0.01%, a model such as ${modelUsages(slippageModels)}, or none`,
    parse: orNone(slippage),
    structured: {
      such: '{ unit: "ratio", value: 0.0001 }, { unit: "ticks", value: 2 } or [{ model: "spread", parameters: [0.0002] }]',
      isOne: (value) => isSimpleSlippage(value) || isModels(value),
    },
  },
  carry: {
    summary: "What holding costs, as models, joined by +; none takes the program's costs",
    default: null,
    expects: `a model such as ${modelUsages(carryModels)}, or none`,
    parse: orNone((text) => readModels(text, carryModels, signedNumber)),
    structured: { such: '[{ model: "borrow", parameters: [0.02] }]', isOne: isModels },
  },
  through: {
    summary:
      "Ticks the price must go beyond a limit before it fills; none takes the program's, or 0: the touch",
    default: null,
    expects: "a whole number of ticks or none",
    parse: orNone(wholeNumber),
  },
  volume_limit: {
    summary:
      "The most of a bar's volume that may be traded, the rest of an order waits; none takes the program's, or all there is",
    default: null,
    expects: "a share above 0% up to 100% or none",
    parse: orNone(part),
  },
  latency: {
    summary: "Bars that an order is on its way before the market sees it; none takes the program's, or 0",
    default: null,
    expects: "a whole number of bars or none",
    parse: orNone(wholeNumber),
  },
  touch_chance: {
    summary:
      "The probability that a limit fills which the price touches and does not go through; none takes the program's, or 100%",
    default: null,
    expects: "a share from 0% to 100% or none",
    parse: orNone(chance),
  },
  seed: {
    summary: "Where chance begins; the same seed gives the same run",
    default: 1,
    expects: "a whole number",
    parse: wholeNumber,
  },
  margin: {
    summary: "What of a position's value must be there to open it; 20% is a leverage of five",
    default: 1,
    expects: "a share above 0% up to 100%",
    parse: part,
  },
  maintenance_margin: {
    summary: "What of a position's value must be left to keep it, or it is liquidated; 0 never asks",
    default: 0,
    expects: "a share from 0% up to the margin",
    parse: chance,
  },
  margin_call: {
    summary:
      "What is liquidated where too little margin is left: all of it, or as much as leaves the margin that opening asks for",
    default: "close",
    expects: `one of ${marginCalls.join(", ")}`,
    parse: (text) => marginCalls.find((name) => name === text),
  },
  profile: {
    summary: "The engine whose conventions fills follow; none takes the program's, or BitFever's own",
    default: null,
    expects: `one of ${profiles.map(({ name }) => name).join(", ")}, or none`,
    parse: orNone((text) => profiles.find(({ name }) => name === text.replace(".", "_"))?.name),
  },
  at_end: {
    summary:
      "What becomes of an open position after the last bar: marked at its close, or closed there, or closed at its open",
    default: "mark",
    expects: `one of ${endings.join(", ")}`,
    parse: (text) => endings.find((each) => each === text),
  },
  adjustment: {
    summary:
      "How prices are seen where splits and dividends are given: in the shares of the last bar, as traded, or with dividends in them",
    default: "splits",
    expects: `one of ${adjustments.join(", ")}`,
    parse: (text) => adjustments.find((each) => each === text),
  },
};

const isSettingName = (name: string): name is keyof Settings => Object.hasOwn(settingDefinitions, name);

/**
 * What a run has where nobody says otherwise: costs, capital, calendar and fills. `docs/reference/settings.md` has all of them.
 *
 * @example
 * await backtest(strategy, bars, { settings: { commission: 0.001, initial_capital: 50_000 } });
 * console.log(defaultSettings.commission, defaultSettings.initial_capital);
 */
export const defaultSettings = Object.fromEntries(
  Object.entries(settingDefinitions).map(([name, definition]) => [name, definition.default]),
) as unknown as Settings;

/**
 * Settings from `name=value` texts, over the defaults.
 *
 * @throws BitFeverError BF5003 for a name that is no setting, BF5004 for a value it cannot have
 * @example
 * const settings = parseSettings({ commission: "0.1%", tick: "0.01" });
 * console.log(settings.commission, settings.tick);
 */
export function parseSettings(given: Readonly<Record<string, string>>): Settings {
  const parsed: Partial<Record<keyof Settings, Settings[keyof Settings]>> = {};
  for (const [name, text] of Object.entries(given)) {
    const { parse, expects } = definitionOf(name);
    const value = parse(text.trim());
    if (value === undefined)
      throw new BitFeverError("BF5004", `\`${name}=${text}\` is not a value of this setting`, {
        hint: `${name} is ${expects}`,
      });
    parsed[name as keyof Settings] = value;
  }
  return Object.assign({ ...defaultSettings }, parsed);
}

/**
 * Settings as a program gives them, over the defaults: by the rules for texts, since not every program is checked by a compiler.
 *
 * @throws BitFeverError BF5003 for a name that is no setting, BF5004 for a value it cannot have
 */
export function checkSettings(given: Partial<Settings> = {}): Settings {
  const taken: Partial<Record<keyof Settings, Settings[keyof Settings]>> = {};
  for (const [name, value] of Object.entries(given)) {
    const definition = definitionOf(name);
    if (value === undefined) continue;
    const found = valueOf(definition, value);
    if (found === undefined) {
      const { expects, structured } = definition;
      const such = structured === undefined ? "" : `; in a program also ${structured.such}`;
      throw new BitFeverError("BF5004", `the setting \`${name}\` cannot be ${inspected(value)}`, {
        hint: `${name} is ${expects}${such}${typeof value === "string" ? "; `parseSettings` reads texts" : ""}`,
      });
    }
    taken[name as keyof Settings] = found;
  }
  return Object.assign({ ...defaultSettings }, taken);
}

function definitionOf(name: string): SettingDefinition<Settings[keyof Settings]> {
  if (isSettingName(name)) return settingDefinitions[name];
  throw new BitFeverError("BF5003", `there is no setting \`${name}\``, {
    hint: `the settings are ${Object.keys(settingDefinitions).join(", ")}`,
  });
}

/** What a value of a program is as a setting, where some text stands for the same, or it is an object that none stands for. */
function valueOf(
  { parse, structured }: SettingDefinition<Settings[keyof Settings]>,
  value: unknown,
): Settings[keyof Settings] | undefined {
  if (typeof value === "object" && value !== null)
    return structured?.isOne(value) === true ? (value as Settings[keyof Settings]) : undefined;
  if (typeof value !== "string" && typeof value !== "number" && value !== null) return undefined;
  const parsed = parse(value === null ? "none" : String(value));
  // A text may stand for itself in another form, as a time zone by its older name; a number is itself.
  const isSame = typeof value === "string" ? typeof parsed === "string" : parsed === value;
  return isSame ? parsed : undefined;
}

const inspected = (value: unknown): string =>
  typeof value === "bigint" || typeof value === "number"
    ? String(value)
    : (JSON.stringify(value) ?? typeof value);

/** The decimals of the account's money: as they are given, else those of its currency; null keeps money as given. */
export const moneyDecimalsOf = ({ money_decimals, currency }: MoneySettings): number | null =>
  money_decimals ?? (currency === null ? null : decimalsOf(currency));

type MoneySettings = Pick<Settings, "money_decimals" | "currency">;

/** The engine whose conventions hold. */
export const profileOf = (
  program: Pick<PlannedFills, "profile">,
  settings: Pick<Settings, "profile">,
): Profile | undefined => profiles.find(({ name }) => name === (settings.profile ?? program.profile));

/** How orders fill: settings go before what the program says, and that before a profile. */
export function fillsOf(program: PlannedFills, settings: Settings): FillRules & { readonly path: PathName } {
  const profile = profileOf(program, settings);
  const { seed, margin, maintenance_margin: maintenance, margin_call: call } = settings;
  const base = { ...plainFills, ...profile?.fills };
  return {
    // Named ones first: an object whose literal begins with a spread is of a shape of its own.
    hedges: program.hedges,
    margin: { initial: margin, maintenance, call },
    protects: base.protects,
    protectionFirst: base.protectionFirst,
    stopsSlip: base.stopsSlip,
    settlesEntries: base.settlesEntries,
    buysFirst: base.buysFirst,
    explains: base.explains,
    path: settings.path ?? pathNames.find((name) => name === program.path) ?? profile?.path ?? "nearest",
    through: settings.through ?? program.through ?? base.through,
    onClose: program.onClose || base.onClose,
    volume: settings.volume_limit ?? program.volume ?? base.volume,
    latency: settings.latency ?? program.latency ?? base.latency,
    touch: { chance: settings.touch_chance ?? program.touch ?? base.touch.chance, seed },
  };
}

/** What trading costs: settings go before what the program says; without either, trading is free. */
export function costsFor(
  program: PlannedCosts,
  { commission, slippage, carry }: Pick<Settings, "commission" | "slippage" | "carry">,
): Costs {
  return {
    commissions:
      commission === null
        ? program.commissions
        : typeof commission === "number"
          ? [{ model: "share", parameters: [commission, 0, null] }]
          : commission,
    slippages:
      slippage === null
        ? program.slippages
        : "unit" in slippage
          ? [{ model: slippage.unit === "ticks" ? "ticks" : "share", parameters: [slippage.value] }]
          : slippage,
    carries: carry ?? program.carries,
  };
}
