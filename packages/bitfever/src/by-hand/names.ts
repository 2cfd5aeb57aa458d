import { BitFeverError, nearest } from "@bitfever/lang";
import { byHand } from "@bitfever/runtime";
import type { AccountSetup } from "../trading/account-setup.js";

/** What symbols are paid in, behind the name of what is traded. */
const quotes = [
  "USDT",
  "USDC",
  "FDUSD",
  "TUSD",
  "BUSD",
  "USD",
  "EUR",
  "GBP",
  "JPY",
  "CHF",
  "TRY",
  "BTC",
  "ETH",
];

const bare = (name: string): string => name.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

/** What is traded, of a symbol that says in what it is paid: `BTC` of `BTC/USDT:USDT` and of `BTCUSDT`. */
function baseOf(symbol: string): string | null {
  const slash = symbol.search(/[/-]/);
  if (slash > 0) return bare(symbol.slice(0, slash));
  const name = bare(symbol);
  const quote = quotes.find((each) => name.length > each.length && name.endsWith(each));
  return quote === undefined ? null : name.slice(0, -quote.length);
}

/**
 * The symbol that is meant: as it is written, in any case, without its signs, or by what is traded where that is one alone.
 *
 * @throws BitFeverError BF5332 for one that there is not, or that could be several
 * @example
 * symbolOf("btc", ["BTCUSDT", "ETHUSDT"]); // "BTCUSDT"
 */
export function symbolOf(given: string, symbols: readonly string[]): string {
  if (symbols.includes(given)) return given;
  const alike = symbols.filter((each) => bare(each) === bare(given));
  const found = alike.length > 0 ? alike : symbols.filter((each) => baseOf(each) === bare(given));
  const [only] = found;
  if (found.length === 1) return only;
  if (found.length > 1)
    throw new BitFeverError("BF5332", `\`${given}\` could be ${found.join(" or ")}`, {
      hint: "write the symbol in full",
    });
  const close = nearest(bare(given), [...symbols, ...symbols.flatMap((each) => baseOf(each) ?? [])]);
  throw new BitFeverError("BF5332", `\`${given}\` is not traded here`, {
    hint:
      close === undefined
        ? `there are ${listed(symbols)}`
        : `did you mean \`${close}\`? There are ${listed(symbols)}`,
  });
}

/**
 * The strategy that is meant, in any case and with or without blanks and dashes: names with blanks are typed `channel-breakout`.
 *
 * @throws BitFeverError BF5333 for one that there is not, or that could be several
 */
export function strategyOf(given: string, strategies: readonly string[]): string {
  if (strategies.includes(given)) return given;
  const meant = bare(given);
  const found = strategies.filter((each) => bare(each) === meant || (each === byHand && meant === "HAND"));
  const [only] = found;
  if (found.length === 1) return only;
  throw new BitFeverError(
    "BF5333",
    found.length > 1 ? `\`${given}\` could be ${found.join(" or ")}` : `no strategy is called \`${given}\``,
    { hint: `there are ${listed(strategies)}` },
  );
}

/**
 * Of symbols, those whose orders go to a venue.
 *
 * @param given  its name or the first word of it, such as `bybit` for `bybit linear`; null for any
 * @throws BitFeverError BF5334 where those of none go there
 */
export function symbolsAt(
  given: string | null,
  symbols: readonly string[],
  { venue, abilities }: Pick<AccountSetup, "venue" | "abilities">,
): readonly string[] {
  if (given === null) return symbols;
  const venueOf = (symbol: string): string => abilities?.bySymbol?.[symbol]?.name ?? venue;
  const meant = bare(given);
  const found = symbols.filter((each) => {
    const name = venueOf(each);
    return bare(name) === meant || bare(name.split(" ")[0]) === meant;
  });
  if (found.length > 0) return found;
  const there = [...new Set(symbols.map(venueOf))].join("` and `");
  const which = symbols.length === 1 ? `in ${symbols[0]}` : "of this account";
  throw new BitFeverError("BF5334", `orders ${which} go to \`${there}\`, and not to \`${given}\``, {
    hint: "leave -e out, or give the command to an account there",
  });
}

const mostListed = 12;
const listed = (names: readonly string[]): string =>
  names.length <= mostListed
    ? names.join(", ")
    : `${names.slice(0, mostListed).join(", ")} and ${names.length - mostListed} more`;
