import { defineIndicator, length } from "../indicator.js";
import { dev } from "./dev.js";

export const avgdev = defineIndicator({
  ...dev,
  name: "avgdev",
  summary: "Average deviation",
  description: "TA-Lib's name for `dev`, with its default. A bar without a value starts the window anew.",
  source: "TA-Lib 0.6 AVGDEV, to the bit",
  formula: "Σ |source − mean| / length",
  memory: "window",
  gaps: "restart",
  cost: "window",
  parameters: [length({ default: 14, minimum: 2 })],
});
