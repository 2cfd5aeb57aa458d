import type { View } from "../view.js";
import { backtest, backtestResult } from "./backtest.js";
import { bars } from "./bars.js";
import { error } from "./error.js";
import { portfolio } from "./portfolio.js";
import { program } from "./program.js";
import { rows } from "./rows.js";
import { study } from "./study.js";
import { walk } from "./walk.js";

type ValueOf<Each> = Each extends View<infer Value> ? Value : never;

const all = [error, backtest, portfolio, program, backtestResult, study, walk, bars, rows] as const;

/** What can be shown. */
export type Displayable = ValueOf<(typeof all)[number]>;

/** In the order in which they are asked. */
export const views = all as readonly View<unknown>[];
