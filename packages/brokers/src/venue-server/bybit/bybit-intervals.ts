const minute = 60_000;

/** The lengths of candles by the names that Bybit has for them. */
export const bybitIntervals: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [1, 3, 5, 15, 30, 60, 120, 240, 360, 720].map((each) => [String(each), each * minute]),
  ),
  D: 24 * 60 * minute,
};
