import { defineProfile } from "../profile.js";

export const tradingview = defineProfile({
  name: "tradingview",
  summary:
    "Inside a bar the price goes to the nearer extreme first. What an entry that rests trades is settled when it is placed: its own size, and what is held on the other side then; whether there is room for it as well. Of two entries that are met at one price, the one that buys goes first. A price that is less than a ten-thousandth of a tick away from one stands on it.",
  differs: [
    "A close that is written behind an entry and holds on the same bar counts as done for that entry here; on TradingView only one that is written before it.",
    "Profits of an account in another currency than the market's are not converted.",
  ],
  source: "TradingView's description of its broker emulator, and lists of trades exported from it.",
  path: "nearest",
  priceSlack: 1e-4,
  fills: { settlesEntries: "at_placement", buysFirst: true },
});
