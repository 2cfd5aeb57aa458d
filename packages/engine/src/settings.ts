import { BitFeverError, type PlannedFills } from "@bitfever/lang";
import type { FillRules } from "./matching.js";
import { pathNames, type PathName } from "./path.js";

/** What a run depends on besides program, parameters and data. */
export interface Settings {
  readonly initial_capital: number;
  readonly path: PathName | null;
  readonly tick: number | null;
  readonly lot: number | null;
  readonly multiplier: number;
  readonly money_decimals: number | null;
  readonly zone: string;
  readonly session_start: string;
  readonly commission: number | null;
  readonly slippage: { readonly unit: "ticks" | "ratio"; readonly value: number } | null;
  readonly through: number | null;
}

export interface SettingDefinition<Value> {
  readonly summary: string;
  readonly default: Value;
  /** What `parse` accepts, for messages: "a positive number". */
  readonly expects: string;
  /** The value a text stands for; undefined when it stands for none. */
  readonly parse: (text: string) => Value | undefined;
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

/** `0.05%`, `5bps` or a plain share, below the whole. The point is moved, not the number divided: 0.07% is 0.0007. */
const ratio = (text: string): number | undefined => {
  const match = ratioForm.exec(text);
  if (match === null) return undefined;
  const [, mantissa, exponent = "0", unit] = match;
  const shift = unit === undefined ? 0 : unit === "%" ? -2 : -4;
  const value = Number(`${mantissa}e${Number(exponent) + shift}`);
  return value < 1 ? value : undefined;
};

const slippage = (text: string): Settings["slippage"] | undefined => {
  const ticks = /^(\d{1,9}) ?ticks?$/i.exec(text);
  if (ticks !== null) return { unit: "ticks", value: Number(ticks[1]) };
  const value = ratio(text);
  return value === undefined ? undefined : { unit: "ratio", value };
};

const zone = (text: string): string | undefined => {
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
    summary: "Decimals of the account's currency; with tick and lot, all accounting is exact",
    default: null,
    expects: "a whole number from 0 to 12 or none",
    parse: orNone(decimals),
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
    summary: "Share of the traded value on each side; none takes the program's costs",
    default: null,
    expects: "a share below 100% such as 0.05%, 5bps or 0.0005, or none",
    parse: orNone(ratio),
  },
  slippage: {
    summary: "What market and stop orders lose against the price; none takes the program's costs",
    default: null,
    expects: "whole ticks such as 2 ticks, a share below 100% such as 0.01%, or none",
    parse: orNone(slippage),
  },
  through: {
    summary:
      "Ticks the price must go beyond a limit before it fills; none takes the program's, or 0: the touch",
    default: null,
    expects: "a whole number of ticks or none",
    parse: orNone(wholeNumber),
  },
};

const isSettingName = (name: string): name is keyof Settings => Object.hasOwn(settingDefinitions, name);

export const defaultSettings: Settings = {
  initial_capital: settingDefinitions.initial_capital.default,
  path: settingDefinitions.path.default,
  tick: settingDefinitions.tick.default,
  lot: settingDefinitions.lot.default,
  multiplier: settingDefinitions.multiplier.default,
  money_decimals: settingDefinitions.money_decimals.default,
  zone: settingDefinitions.zone.default,
  session_start: settingDefinitions.session_start.default,
  commission: settingDefinitions.commission.default,
  slippage: settingDefinitions.slippage.default,
  through: settingDefinitions.through.default,
};

/**
 * Settings from `name=value` texts, over the defaults.
 *
 * @throws BitFeverError BF5003 for a name that is no setting, BF5004 for a value it cannot have
 */
export function parseSettings(given: Readonly<Record<string, string>>): Settings {
  const parsed: Partial<Record<keyof Settings, Settings[keyof Settings]>> = {};
  for (const [name, text] of Object.entries(given)) {
    if (!isSettingName(name)) {
      const hint = `the settings are ${Object.keys(settingDefinitions).join(", ")}`;
      throw new BitFeverError("BF5003", `there is no setting \`${name}\``, { hint });
    }
    const { parse, expects } = settingDefinitions[name];
    const value = parse(text.trim());
    if (value === undefined)
      throw new BitFeverError("BF5004", `\`${name}=${text}\` is not a value of this setting`, {
        hint: `${name} is ${expects}`,
      });
    parsed[name] = value;
  }
  return Object.assign({ ...defaultSettings }, parsed);
}

/** How orders fill: settings go before what the program says. */
export function fillsOf(
  program: PlannedFills,
  { path, through }: Pick<Settings, "path" | "through">,
): FillRules & { readonly path: PathName } {
  return {
    path: path ?? pathNames.find((name) => name === program.path) ?? "nearest",
    through: through ?? program.through ?? 0,
    onClose: program.onClose,
  };
}
