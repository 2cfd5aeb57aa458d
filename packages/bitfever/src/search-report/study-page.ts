import type { StudyResult } from "../optimize/study-result.js";
import { formatNumber } from "../report/format.js";
import { embedJson, html, nothing } from "../report/html.js";
import { linkIf, pageHead, pageScriptElement, type SectionLink } from "../report/page-head.js";
import { searchStyle, studyScript } from "../report/page.generated.js";
import { programSection } from "../report/program.js";
import { bestTiles } from "./best-tiles.js";
import { honestySection } from "./honesty-section.js";
import { parameterText } from "./parameter-text.js";
import { parameterAxis } from "./parameter-values.js";
import {
  heatMapFrame,
  historyFrame,
  keptFrame,
  parallelFrame,
  slicesFrame,
  tradeOffsFrame,
  trialFrame,
  trialsFrame,
} from "./picture-frames.js";
import { searchFoot, searchHead } from "./search-head.js";
import { searchBasis } from "./study-basis.js";
import { studyPageData } from "./study-page-data.js";
import { verdictNotices } from "./verdict.js";

/** What a page of a search may show beside its result. */
export interface SearchPageOptions {
  /** The program as it was searched. */
  readonly programText?: string | undefined;
  /** What a trial is run again with, but for its parameters: `bf backtest cross.bf --data prices.csv`. */
  readonly command?: string | undefined;
}

/**
 * A search as one HTML file that opens offline: verdict, how much is luck, and all trials in pictures that are linked. The same input
 * gives the same text.
 *
 * @param generator  what made the page, with its version
 */
export function renderStudy(
  result: StudyResult,
  { programText, command }: SearchPageOptions,
  generator: string,
): string {
  const { best, honesty, counts, method, parameters, trials } = result;
  const isMapped = parameters.length > 1;
  const isTried = trials.length > 0;
  const links: readonly SectionLink[] = [
    ...linkIf(isTried, "trial", "Trial"),
    ...linkIf(honesty !== null, "luck", "Luck"),
    ...linkIf(isTried, "history", "History"),
    ...linkIf(isTried && isMapped, "heat-map", "Heat map"),
    ...linkIf(isTried && parameters.length > 0, "slices", "Slices"),
    ...linkIf(isTried, "parallel", "Parallel"),
    ...linkIf(isTried, "trade-offs", "Trade-offs"),
    ...linkIf(isTried, "trials", "Trials"),
    ["basis", "Basis"],
    ...linkIf(programText !== undefined, "program", "Program"),
  ];
  const how = `${method.name}, ${formatNumber(counts.trials, 0)} ${counts.trials === 1 ? "trial" : "trials"}`;
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`${result.program.name} · search`, generator, searchStyle)}
      <body>
        <a class="skip" href="#trials">Skip to the trials</a>
        ${searchHead(result, how, links)}
        <main>
          ${verdictNotices(honesty?.verdict ?? null, warningsOf(result))}
          ${best === null ? nothing : bestTiles(result, best)}
          ${
            !isTried
              ? nothing
              : html`${trialFrame} ${honesty === null ? nothing : honestySection(result, honesty)}
                ${historyFrame} ${isMapped ? heatMapFrame : nothing}
                ${parameters.length === 0 ? nothing : slicesFrame} ${parallelFrame} ${tradeOffsFrame(result)}
                ${trialsFrame}`
          }
          ${searchBasis(
            result,
            {
              Trials: counts.trials,
              Failed: counts.failed,
              "Not allowed by the constraints": counts.disallowed,
              ...(result.objectives.length > 1 && { "Trials that nothing betters": result.front.length }),
            },
            trials.map(({ params }) => params),
          )}
          ${programText === undefined ? nothing : programSection(programText)}
        </main>
        ${keptFrame} ${searchFoot(generator)}
        <div id="tip" class="bubble" aria-hidden="true" hidden></div>
        <script type="application/json" id="report-data">
          ${embedJson(studyPageData(result, command ?? null))}
        </script>
        ${pageScriptElement(studyScript)}
      </body>
    </html> `.markup;
}

const fewTrades = 30;

/** What a careful reader wants to know before believing a search. */
function warningsOf(result: StudyResult): readonly string[] {
  const { stopped, best, counts, trials } = result;
  const partly = trials.filter(({ fidelity }) => fidelity < 1).length;
  return [
    ...(stopped ? ["It was stopped before it was over."] : []),
    ...(trials.length === 0 ? ["There is no trial."] : []),
    ...(trials.length > 0 && best === null ? ["No trial keeps all constraints and has a value."] : []),
    ...(counts.failed === 0
      ? []
      : [`${several(counts.failed, "trial")} failed; the list of trials says why.`]),
    ...(partly === 0
      ? []
      : [
          `${several(partly, "trial")} saw a part of the history only, and cannot be compared with those that saw all of it: the pictures leave them out until they are asked for.`,
        ]),
    ...(best !== null && best.trades < fewTrades
      ? [
          `The chosen trial made ${several(best.trades, "trade")}, too few to say much: a constraint such as trades >= ${fewTrades} leaves such trials out.`,
        ]
      : []),
    ...atBorders(result),
  ];
}

/** A best at the end of its range says that the range may have been too short. */
function atBorders({ parameters, best }: StudyResult): readonly string[] {
  if (best === null) return [];
  return parameters.flatMap((dimension) => {
    if (dimension.kind === "choices") return [];
    const chosen = best.params[dimension.name];
    const axis = parameterAxis(dimension, [chosen]);
    const value = axis.numberOf(chosen);
    if (value !== axis.from && value !== axis.to) return [];
    const end = value === axis.from ? "lowest" : "highest";
    return [
      `“${axis.name}” of the chosen trial is ${parameterText(axis, value)}, the ${end} that was allowed: what lies beyond was not tried.`,
    ];
  });
}

const several = (count: number, noun: string): string =>
  `${formatNumber(count, 0)} ${noun}${count === 1 ? "" : "s"}`;
