/** A code of 3 to 10 capital letters and digits: of a currency, or of a coin that is used as one. */
export const currencyForm = /^[A-Z0-9]{3,10}$/;

/**
 * Decimals of the minor unit: what ISO 4217 says of the currencies it lists, and 8 of any other code, as coins have.
 *
 * @source ISO 4217, by way of ECMA-402 (CurrencyDigits)
 */
export function decimalsOf(currency: string): number {
  if (!Intl.supportedValuesOf("currency").includes(currency)) return 8;
  const { maximumFractionDigits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** What one unit of `base` is worth in `quote`. */
export interface CurrencyPair {
  readonly base: string;
  readonly quote: string;
}

/**
 * The pair that a symbol names: `EUR/USD`, `EUR-USD`, `EUR_USD`, or six letters, or what begins or ends with a known
 * currency, as `BTCUSDT` does; null where it names none.
 */
export function pairOf(symbol: string, known: Iterable<string> = []): CurrencyPair | null {
  const parts = symbol.split(/[/_-]/);
  if (parts.length === 2) return asPair(parts[0], parts[1]);
  if (parts.length !== 1) return null;
  const codes = [...known];
  for (const each of codes) {
    if (symbol.endsWith(each)) {
      const found = asPair(symbol.slice(0, -each.length), each);
      if (found !== null) return found;
    }
  }
  for (const each of codes) {
    if (symbol.startsWith(each)) {
      const found = asPair(each, symbol.slice(each.length));
      if (found !== null) return found;
    }
  }
  return /^[A-Z]{6}$/.test(symbol) ? asPair(symbol.slice(0, 3), symbol.slice(3)) : null;
}

const asPair = (base: string, quote: string): CurrencyPair | null =>
  currencyForm.test(base) && currencyForm.test(quote) && base !== quote ? { base, quote } : null;
