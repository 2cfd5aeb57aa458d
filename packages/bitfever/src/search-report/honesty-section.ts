import { expectedBest } from "@bitfever/engine";
import type { Honesty } from "../optimize/honesty.js";
import { honestyFigures, valueOfFigure, type HonestyFigure } from "../optimize/honesty-figures.js";
import type { StudyResult } from "../optimize/study-result.js";
import { absent, formatNumber } from "../report/format.js";
import { html, nothing, type Markup } from "../report/html.js";
import { markedHistogram } from "../report/marked-histogram.js";
import { figureText } from "./figure-text.js";
import { figuresTable, type FigureRow } from "./figures-table.js";
import { measureText } from "./measure-text.js";

/** How much of the best is luck, in numbers with what each tells, and the chosen trial among all and beside what luck gives. */
export function honestySection(result: StudyResult, honesty: Honesty): Markup {
  return html`<section id="luck" aria-labelledby="luck-title" class="card">
    <h2 id="luck-title">How much is luck</h2>
    ${figuresTable(
      "luck-title",
      honestyFigures.map((figure) => row(figure, honesty)),
    )}
    ${ratios(result, honesty)} ${values(result)}
  </section>`;
}

function row(figure: HonestyFigure, honesty: Honesty): FigureRow {
  const { name, title, meaning, unit, isDoubt } = figure;
  const value = valueOfFigure(figure, honesty);
  return {
    title,
    value: value === null ? absent : figureText(unit, value, honesty),
    isDoubt: value !== null && isDoubt?.(value, honesty) === true,
    meaning: value === null ? `Not known: ${honesty.reasons[name] ?? "it was not computed"}.` : meaning,
  };
}

/** The Sharpe ratios of all trials, where the chosen one is, and where the best of them would be by luck. */
function ratios({ trials, best, data }: StudyResult, { effectiveTrials }: Honesty): Markup {
  const known = trials.flatMap(({ metrics: { sharpe }, fidelity }) =>
    typeof sharpe === "number" && fidelity === 1 ? [sharpe] : [],
  );
  if (known.length < 2) return html`<p class="empty">Too few trials have a Sharpe ratio to draw them.</p>`;
  const byLuck =
    effectiveTrials === null
      ? null
      : expectedBest(effectiveTrials) * Math.sqrt(data.sessionsPerYear / (data.sessions - 1));
  return html`${markedHistogram({
      values: known,
      marks: [
        { name: "Chosen", kind: "equity", at: best?.metrics["sharpe"] ?? null },
        { name: "Best by luck", kind: "loss", at: byLuck },
      ],
      title: `Sharpe ratios of ${known.length} trials`,
      caption: `Sharpe ratios of ${formatNumber(known.length, 0)} trials`,
      text: (value) => formatNumber(value, 2),
    })}
    <p class="small">
      The best by luck is what the best of
      ${effectiveTrials === null ? absent : formatNumber(Math.round(effectiveTrials), 0)} independent trials
      without any skill shows on average in ${formatNumber(data.sessions, 0)} sessions. A chosen one to the
      left of it, or not far to the right, is what luck looks like.
    </p>`;
}

/** The objective of all trials, where that is another one. */
function values({ trials, best, objectives: [objective] }: StudyResult): Markup {
  const known = trials.flatMap(({ objectives: [value], fidelity }) =>
    value !== null && fidelity === 1 ? [value] : [],
  );
  if (objective.text === "sharpe" || known.length < 2) return nothing;
  return markedHistogram({
    values: known,
    marks: [{ name: "Chosen", kind: "equity", at: best?.objectives[0] ?? null }],
    title: `${objective.text} of ${known.length} trials`,
    caption: `${objective.text} of ${formatNumber(known.length, 0)} trials`,
    text: measureText(objective.text),
  });
}
