import { BitFeverError } from "@bitfever/lang";
import {
  currencyForm,
  pairOf,
  quotesOf,
  settingDefinitions,
  termsOf,
  type Bars,
  type Instruments,
  type Quotes,
  type Settings,
} from "@bitfever/engine";
import { timingFor } from "@bitfever/runtime";

/** What of a run says which money is which. */
interface MoneyInput {
  readonly settings: Settings;
  readonly instruments: Instruments;
  readonly members: readonly Bars[];
  /** Bars by the pair whose rates they are. */
  readonly rates: Readonly<Record<string, Bars>>;
}

export interface Money {
  /** With the currency of the account, where there is one. */
  readonly settings: Settings;
  readonly quotes: readonly Quotes[];
}

const anyCalendar = { calendar: null, clock: null };

/**
 * In which currency an account is, and all rates there are: those given, and the bars of members that are a pair of
 * currencies themselves. An account that names none is in that of its instruments.
 *
 * @throws BitFeverError BF5092 where the instruments have several and the account names none, BF5094 for bars that are
 *   no rates
 */
export function moneyOf({ settings, instruments, members, rates }: MoneyInput): Money {
  if (settings.currency !== null && !currencyForm.test(settings.currency))
    throw new BitFeverError("BF5004", `\`currency=${settings.currency}\` is not a value of this setting`, {
      hint: `currency is ${settingDefinitions.currency.expects}`,
    });
  const own = members.map(({ symbol }) => termsOf(symbol, instruments).currency);
  const known = new Set([settings.currency, ...own].filter((each) => each !== null && each !== undefined));
  const currency = settings.currency ?? onlyOne(known);
  if (currency === null) return { settings, quotes: [] };
  const timingOf = ({ symbol, intervalMs }: Bars): ReturnType<typeof timingFor> =>
    timingFor(anyCalendar, settings, intervalMs, termsOf(symbol, instruments).calendar);
  const given = Object.entries(rates).map(([symbol, bars]) => {
    const named = { ...bars, symbol };
    return quotesOf(named, timingOf(named), known);
  });
  for (const { base, quote } of given) known.add(base).add(quote);
  const traded = members.flatMap((bars, i) => {
    const pair = pairOf(bars.symbol, known);
    const isRate = pair !== null && pair.quote === (own[i] ?? currency) && known.has(pair.base);
    return isRate ? [quotesOf(bars, timingOf(bars), known)] : [];
  });
  return { settings: { ...settings, currency }, quotes: [...given, ...traded] };
}

function onlyOne(currencies: ReadonlySet<string>): string | null {
  const [first = null, second] = currencies;
  if (second === undefined) return first;
  throw new BitFeverError(
    "BF5092",
    `the instruments are in ${[...currencies].join(", ")}, and the account is in none of them by name`,
    {
      hint: 'say in which currency the account is with --set currency=USD, or in the library as { settings: { currency: "USD" } }',
    },
  );
}
