import type { RollingFigure } from "../rolling.js";
import { rollingBeta } from "./beta.js";
import { rollingReturn } from "./return.js";
import { rollingSharpe } from "./sharpe.js";
import { rollingVolatility } from "./volatility.js";

/** The catalogue of rolling figures, in the order in which a report is read. */
export const rollingFigures: readonly RollingFigure[] = [
  rollingReturn,
  rollingVolatility,
  rollingSharpe,
  rollingBeta,
];
