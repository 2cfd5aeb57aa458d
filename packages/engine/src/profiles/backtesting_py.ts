import { defineProfile } from "../profile.js";

export const backtesting_py = defineProfile({
  name: "backtesting_py",
  summary:
    "The stop goes before the target in a bar that comes to both. What protects a market entry is in force on its bar, what protects a limit or stop entry from the next bar on. With `lot=1` it buys whole units, as it does. `at_end=open` closes what is left at the open of the last bar, as `finalize_trades=True` does.",
  differs: [
    "After a stop entry whose bar comes to the target and not to the stop, backtesting.py takes the target on that bar.",
    "An order that the account cannot pay for is made smaller here, where backtesting.py cancels it.",
  ],
  source: "backtesting.py 0.6.6, its documentation and what it does.",
  path: "worst",
  fills: { protects: "next_bar_after_resting" },
});
