import { defineProfile } from "../profile.js";

export const backtrader = defineProfile({
  name: "backtrader",
  summary:
    "Stops and targets are in force from the bar after that of their entry, and the stop goes before the target in a bar that comes to both.",
  differs: ["An order that the account cannot pay for is made smaller here, where backtrader rejects it."],
  source: "backtrader 1.9.78 with its default broker (no cheating on open or close), and what it does.",
  path: "worst",
  fills: { protects: "next_bar" },
});
