import { defineProfile } from "../profile.js";

export const vectorbt = defineProfile({
  name: "vectorbt",
  summary:
    "A stop or target that a bar comes to goes before what was decided for its open, though the open is earlier; stops pay no slippage, and are in force from the bar after that of their entry.",
  differs: [
    "vectorbt measures stops from the close of the entry's bar by default; a program says so itself, by an exit that waits at a price.",
  ],
  source: "vectorbt 0.26.0, `Portfolio.from_signals` with signals shifted by one bar and filled at the open.",
  path: "worst",
  fills: { protects: "next_bar", protectionFirst: true, stopsSlip: false },
});
