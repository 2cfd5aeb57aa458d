import { metrics as catalogue } from "@bitfever/engine";
import { parseComparison, type MetricComparison } from "../measure/comparison.js";
import { parseMetricExpression, type KnownMetrics, type MetricExpression } from "../measure/expression.js";
import { parseObjective, type Objective } from "../measure/objective.js";

/** What is told of every trial, whatever is looked for. */
const usual = ["net_profit", "total_return", "max_drawdown", "sharpe", "profit_factor", "trades", "win_rate"];

const namesOf = ({ names }: Pick<MetricExpression, "names">): readonly string[] => names;

/** What a search looks for and demands, and which metrics it keeps for that. */
export class Measures {
  readonly objectives: readonly Objective[];
  readonly constraints: readonly MetricComparison[];
  /** In the order of the catalogue. */
  readonly metrics: readonly string[];

  /**
   * @param more  metrics to keep beside those, or all there are
   * @throws BitFeverError BF5030, BF5031, BF5130 or BF5131 for texts that say nothing
   */
  constructor(
    objectives: readonly string[],
    constraints: readonly string[],
    more: readonly string[] | "all" = [],
  ) {
    this.objectives = objectives.map(parseObjective);
    this.constraints = constraints.map(parseComparison);
    const named = more === "all" ? [...catalogue.keys()] : more.map(parseMetricExpression).flatMap(namesOf);
    const wanted = new Set([
      ...usual,
      ...named,
      ...[...this.objectives, ...this.constraints].flatMap(namesOf),
    ]);
    this.metrics = [...catalogue.keys()].filter((each) => wanted.has(each));
  }

  /** The value of each objective; null where it cannot be told. */
  valuesOf(known: KnownMetrics): readonly (number | null)[] {
    return this.objectives.map((each) => each.valueOf(known));
  }

  /** Objectives as a search takes them: more is better, and all NaN where one cannot be told. */
  turned(values: readonly (number | null)[]): readonly number[] {
    return this.objectives.map(({ better }, i) => {
      const value = values.includes(null) ? NaN : (values[i] ?? NaN);
      return better === "higher" ? value : 0 - value;
    });
  }

  /** How far it is from all that is demanded. */
  violationOf(known: KnownMetrics): number {
    return this.constraints.reduce((sum, each) => sum + each.violation(known), 0);
  }
}
