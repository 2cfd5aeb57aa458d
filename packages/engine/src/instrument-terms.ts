import { BitFeverError } from "@bitfever/lang";
import { calendars } from "./calendars/index.generated.js";
import { currencyForm, pairOf } from "./currency.js";
import { settingDefinitions, type Settings } from "./settings.js";
import { settlements, type Settlement } from "./settlement.js";

/** What is traded, and how such a thing is settled by custom. */
export const instrumentKinds = {
  equity: "value",
  spot: "value",
  fx: "profit",
  future: "profit",
  perpetual: "profit",
} as const satisfies Readonly<Record<string, Settlement>>;
export type InstrumentKind = keyof typeof instrumentKinds;

/** From a date on, other steps; what is left out stays as it was. */
export interface InstrumentChange {
  /** The date of the first session, such as `2001-04-09`. */
  readonly from: string;
  readonly tick?: number;
  readonly lot?: number;
}

/** What is said of one instrument beside the settings, which hold for all; what is left out is theirs. */
export interface InstrumentTerms extends Partial<Pick<Settings, "tick" | "lot" | "multiplier">> {
  readonly kind?: InstrumentKind;
  /** In which its price is; left out, that of the account. */
  readonly currency?: string;
  /** Whose sessions are its days, where the program names none. */
  readonly calendar?: string;
  readonly settles?: Settlement;
  /** Oldest first. */
  readonly changes?: readonly InstrumentChange[];
  readonly commission?: Settings["commission"];
  readonly slippage?: Settings["slippage"];
  readonly carry?: Settings["carry"];
}

/** By symbol; `*` is said of every instrument that does not say it of itself. */
export type Instruments = Readonly<Record<string, InstrumentTerms>>;

const ofOthers = "*";

/** What may be said of an instrument, and what of it is no value of it. */
export interface TermDefinition {
  readonly summary: string;
  readonly expects: string;
  /** The value that a text of a file stands for; undefined when it stands for none. */
  readonly parse: (text: string) => unknown;
  readonly isFit: (value: unknown) => boolean;
}

const textOf = (isFit: (text: string) => boolean): Pick<TermDefinition, "parse" | "isFit"> => ({
  parse: (text) => (isFit(text) ? text : undefined),
  isFit: (value) => typeof value === "string" && isFit(value),
});

const step = (value: unknown): boolean => typeof value === "number" && value > 0 && Number.isFinite(value);
const stepOrNone = (value: unknown): boolean => value === null || step(value);

const ofSetting = (
  name: "tick" | "lot" | "multiplier" | "commission" | "slippage" | "carry",
  isFit: (value: unknown) => boolean,
  summary: string = settingDefinitions[name].summary,
): TermDefinition => {
  const { expects, parse } = settingDefinitions[name];
  return { summary, expects, parse, isFit };
};

const costs = (value: unknown): boolean =>
  value === null || typeof value === "number" || typeof value === "object";

/** One row for each thing that is one value; `changes` is a list of its own. */
export const termDefinitions: Readonly<Record<Exclude<keyof InstrumentTerms, "changes">, TermDefinition>> = {
  kind: {
    summary: "What it is, which says how it settles where nothing else does",
    expects: `one of ${Object.keys(instrumentKinds).join(", ")}`,
    ...textOf((text) => Object.hasOwn(instrumentKinds, text)),
  },
  tick: ofSetting("tick", stepOrNone, "Smallest step of its price"),
  lot: ofSetting("lot", stepOrNone, "Smallest step of its quantity"),
  multiplier: ofSetting("multiplier", step, "Money of its currency per unit and price point"),
  currency: {
    summary: "In which its price is; left out, that of the account, and of `kind: fx` the second of its pair",
    expects: "a code of 3 to 10 capital letters and digits, such as USD, JPY or USDT",
    ...textOf((text) => currencyForm.test(text)),
  },
  calendar: {
    summary: "Whose sessions are its days, where the program names no calendar",
    expects: `one of ${calendars.map(({ name }) => name).join(", ")}`,
    ...textOf((text) => calendars.some(({ name }) => name === text)),
  },
  settles: {
    summary: "Whether all it is worth is paid and converted at each fill, or nothing but what it gained",
    expects: settlements.join(" or "),
    ...textOf((text) => (settlements as readonly string[]).includes(text)),
  },
  commission: ofSetting("commission", costs, "Commission on its trades, as of the setting"),
  slippage: ofSetting("slippage", costs, "Slippage of its orders, as of the setting"),
  carry: ofSetting("carry", costs, "What holding it costs, as of the setting"),
};

/** The text of a date that there is. */
const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
};

/** @throws BitFeverError BF5044 for a calendar that there is not, BF5090 for anything else no instrument can be */
export function checkInstruments(instruments: Instruments): Instruments {
  for (const [symbol, terms] of Object.entries(instruments)) {
    const { changes, ...values } = terms;
    for (const [name, value] of Object.entries(values) as [string, string | number][]) {
      if (!Object.hasOwn(termDefinitions, name))
        throw refusal(`${symbol}.${name}`, "is not known here", {
          expects: [...Object.keys(termDefinitions), "changes"].join(", "),
        });
      const definition = termDefinitions[name as keyof typeof termDefinitions];
      if ((value as unknown) !== undefined && !definition.isFit(value))
        throw refusal(`${symbol}.${name}`, `is \`${String(value)}\``, {
          name,
          expects: definition.expects,
        });
    }
    checkChanges(symbol, terms);
  }
  return instruments;
}

function checkChanges(symbol: string, { changes = [], tick, lot }: InstrumentTerms): void {
  changes.forEach((each, i) => {
    const at = `${symbol}.changes[${i + 1}]`;
    if (!isDate(each.from))
      throw refusal(`${at}.from`, `is \`${each.from}\``, { expects: "a date such as 2001-04-09" });
    if (i > 0 && each.from <= changes[i - 1].from)
      throw refusal(`${at}.from`, `is \`${each.from}\``, { expects: `later than ${changes[i - 1].from}` });
    for (const name of ["tick", "lot"] as const)
      if (each[name] !== undefined && !step(each[name]))
        throw refusal(`${at}.${name}`, `is \`${String(each[name])}\``, { expects: "a positive number" });
  });
  for (const [name, value] of [
    ["tick", tick],
    ["lot", lot],
  ] as const)
    if (changes.some((each) => each[name] !== undefined) && (value === undefined || value === null))
      throw refusal(`${symbol}.${name}`, "is missing", {
        expects: `what holds before the first of its changes, such as ${name}: ${name === "tick" ? "0.0625" : "100"}`,
      });
}

const refusal = (
  place: string,
  problem: string,
  { name, expects }: { readonly name?: string; readonly expects: string },
): BitFeverError =>
  new BitFeverError(name === "calendar" ? "BF5044" : "BF5090", `instrument \`${place}\` ${problem}`, {
    hint: `it is ${expects}`,
  });

/** What is said of a symbol, with what is said of all others where it says nothing. */
export function termsOf(symbol: string, instruments: Instruments): InstrumentTerms {
  const settled = ({ kind, ...terms }: InstrumentTerms): InstrumentTerms => ({
    ...(kind && { kind, settles: instrumentKinds[kind] }),
    ...terms,
  });
  const own = Object.hasOwn(instruments, symbol) ? settled(instruments[symbol]) : {};
  const terms = { ...(Object.hasOwn(instruments, ofOthers) ? settled(instruments[ofOthers]) : {}), ...own };
  const pair = terms.kind === "fx" && terms.currency === undefined ? pairOf(symbol) : null;
  return pair === null ? terms : { ...terms, currency: pair.quote };
}

/** The settings as they are for one symbol. */
export function settingsOf(settings: Settings, terms: InstrumentTerms): Settings {
  const own = ["tick", "lot", "multiplier", "commission", "slippage", "carry"] as const;
  const said = own.flatMap((name) => (terms[name] === undefined ? [] : [[name, terms[name]] as const]));
  return said.length === 0 ? settings : { ...settings, ...Object.fromEntries(said) };
}
