import { BitFeverError } from "@bitfever/lang";
import { metrics } from "@bitfever/engine";
import { parseMetricExpression, type MetricExpression } from "./expression.js";

/** What a search looks for. */
export interface Objective extends MetricExpression {
  readonly better: "higher" | "lower";
}

/**
 * Reads `sharpe`, `sharpe * sqrt(trades)`, `minimise max_drawdown`. Without `maximise` or `minimise` a metric by itself goes where it is
 * better, and of an expression more is better.
 *
 * @throws BitFeverError BF5130 for what is no expression, BF5131 where it has to be said whether more or less is better,
 *   BF5031 for a metric that does not exist
 */
export function parseObjective(text: string): Objective {
  const [, word, rest] = /^\s*(?:(maximi[sz]e|minimi[sz]e)\s+)?([^]*)$/i.exec(text) ?? [];
  const expression = parseMetricExpression(rest);
  if (expression.names.length === 0)
    throw new BitFeverError(
      "BF5130",
      `\`${text.trim()}\` reads no metric, so it is the same of every trial`,
      {
        hint: "write a metric, or an expression over metrics: sharpe * sqrt(trades)",
      },
    );
  if (word !== undefined)
    return { ...expression, better: word.toLowerCase().startsWith("max") ? "higher" : "lower" };
  return { ...expression, better: directionOf(expression) };
}

function directionOf({ text, names }: MetricExpression): Objective["better"] {
  const ways = names.map((each) => metrics.get(each)?.better ?? "neither");
  const [first] = ways;
  const isMetric = names.length === 1 && text === names[0];
  if (isMetric && first !== "neither") return first;
  // What is made of such alone is hardly meant to grow: max_drawdown * 2.
  if (!isMetric && !ways.every((each) => each === "lower")) return "higher";
  throw new BitFeverError("BF5131", `\`${text}\` does not say whether more or less of it is better`, {
    hint: `write \`maximise ${text}\` or \`minimise ${text}\``,
  });
}
