const minute = 60_000;
/** Binance has candles of a second on spot alone; here they are everywhere. */
const second = 1_000;
const hour = 60 * minute;

/** The lengths of candles by the names that Binance has for them. */
export const binanceIntervals: Readonly<Record<string, number>> = {
  "1s": second,
  ...{ "1m": minute, "3m": 3 * minute, "5m": 5 * minute, "15m": 15 * minute, "30m": 30 * minute },
  ...{ "1h": hour, "2h": 2 * hour, "4h": 4 * hour, "6h": 6 * hour, "8h": 8 * hour, "12h": 12 * hour },
  "1d": 24 * hour,
};
