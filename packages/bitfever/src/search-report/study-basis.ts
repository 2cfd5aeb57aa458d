import type { Dimension } from "@bitfever/engine";
import type { StudyResult } from "../optimize/study-result.js";
import type { StudyTrial } from "../optimize/study-trial.js";
import type { ParameterValue } from "../parameters.js";
import { facts } from "../report/basis.js";
import { formatInterval } from "../report/format.js";
import { html, type Markup } from "../report/html.js";
import { parameterText } from "./parameter-text.js";
import { parameterAxis } from "./parameter-values.js";

type Basis = Pick<
  StudyResult,
  | "data"
  | "method"
  | "seed"
  | "parameters"
  | "fixed"
  | "program"
  | "settingsHash"
  | "objectives"
  | "constraints"
>;

/**
 * What a search rests on: enough to repeat it, and to see that two reports are of the same thing.
 *
 * @param counts  what is told of its trials or windows
 * @param tried   the parameters of each of them
 */
export function searchBasis(
  result: Basis,
  counts: Parameters<typeof facts>[1],
  tried: readonly StudyTrial["params"][],
): Markup {
  const { data, method, seed, parameters, fixed, program, settingsHash, objectives, constraints } = result;
  return html`<section id="basis" aria-labelledby="basis-title" class="card">
    <h2 id="basis-title">What this rests on</h2>
    <div class="three">
      <div>
        ${facts("Data", {
          Symbols: data.symbols.join(", "),
          ...(data.intervalMs > 0 && { Interval: formatInterval(data.intervalMs) }),
          Bars: data.bars,
          Sessions: data.sessions,
          From: data.from.slice(0, 10),
          To: data.to.slice(0, 10),
        })}
        ${facts("Counts", counts)}
      </div>
      <div>
        ${facts("Search", {
          Method: method.name,
          Seed: seed,
          ...Object.fromEntries(
            objectives.map(({ text, better }, i) => [
              objectives.length > 1 ? `Objective ${i + 1}` : "Objective",
              `${better === "higher" ? "most" : "least"} ${text}`,
            ]),
          ),
          Constraints: constraints.length === 0 ? "none" : constraints.join(" and "),
        })}
        ${facts("Options of the method", method.options)}
      </div>
      <div>
        ${facts(
          "Parameters that were searched",
          Object.fromEntries(
            parameters.map((each) => [
              each.name,
              spaceText(
                each,
                tried.map((params) => params[each.name]),
              ),
            ]),
          ),
        )}
        ${facts("Parameters that were not", fixed)}
      </div>
      ${facts("Hashes", { Program: program.hash, Data: data.hash, Settings: settingsHash }, "wide")}
    </div>
  </section>`;
}

/** What a parameter may be. */
function spaceText(dimension: Dimension, given: readonly ParameterValue[]): string {
  const axis = parameterAxis(dimension, given);
  const text = (value: number): string => parameterText(axis, value);
  const [from, to] = [axis.from, axis.to].map(text);
  switch (dimension.kind) {
    case "choices":
      return axis.names?.join(", ") ?? "";
    case "steps":
      return `${from} to ${to}, step ${text(dimension.step)}`;
    case "interval":
      return `${from} to ${to}${dimension.logarithmic ? ", by ratios" : ""}`;
  }
}
