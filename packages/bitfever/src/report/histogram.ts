import { formatNumber, formatPercent } from "./format.js";
import { html, nothing, type Markup } from "./html.js";
import { histogramBins, type Bin } from "../histogram-bins.js";

/** The picture of the distribution, and its summary in words. */
export function histogramFigure(returns: readonly number[]): Markup {
  const bins = histogramBins(returns);
  if (bins.length === 0) return html`<p class="empty">No closed trade.</p>`;
  const most = Math.max(...bins.map(({ count }) => count));
  const sorted = [...returns].sort((a, b) => a - b);
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const middle = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  const summary = `Mean ${formatPercent(mean, true)}, median ${formatPercent(middle, true)}, from ${formatPercent(sorted[0], true)} to ${formatPercent(sorted[sorted.length - 1], true)}.`;

  // Bars are stretched to the width of the page, so the picture has no text in it: labels are lines of the page.
  const bars = bins.map(({ from, to, count }, i) => {
    const height = (100 * count) / most;
    const beyond = i === 0 ? "and below" : i === bins.length - 1 ? "and above" : "";
    return html`<rect
      class="${to <= 0 ? "loss" : "gain"}"
      x="${i * 10 + 0.6}"
      y="${(100 - height).toFixed(2)}"
      width="8.8"
      height="${height.toFixed(2)}"
      ><title>
        ${formatPercent(from)} to ${formatPercent(to)} ${beyond}: ${formatNumber(count, 0)}
      </title></rect
    >`;
  });
  const zero = bins.findIndex(({ from }) => from === 0);
  return html`<figure class="histogram">
    <div class="plot">
      <div class="counts" aria-hidden="true"><span>${formatNumber(most, 0)}</span><span>0</span></div>
      <svg
        viewBox="0 0 ${bins.length * 10} 100"
        preserveAspectRatio="none"
        role="img"
        aria-label="Histogram of the returns of ${returns.length} closed trades. ${summary}"
      >
        ${bars}${zero > 0 ? html`<line x1="${zero * 10}" x2="${zero * 10}" y1="0" y2="100" />` : nothing}
      </svg>
      <div class="axis" aria-hidden="true">${labels(bins)}</div>
    </div>
    <figcaption>${summary}</figcaption>
  </figure>`;
}

/** Borders of bins under their places: up to eight, zero among them. */
function labels(bins: readonly Bin[]): readonly Markup[] {
  const every = Math.ceil(bins.length / 8);
  const zero = Math.round(-bins[0].from / (bins[0].to - bins[0].from));
  const marks: Markup[] = [];
  for (let i = 0; i <= bins.length; i++) {
    if ((i - zero) % every !== 0) continue;
    const value = i < bins.length ? bins[i].from : bins[i - 1].to;
    const percent = value * 100;
    const decimals = Math.abs(percent - Math.round(percent)) < 1e-6 ? 0 : Math.abs(percent) < 1 ? 2 : 1;
    marks.push(
      html`<span style="left:${((100 * i) / bins.length).toFixed(2)}%"
        >${formatNumber(percent, decimals)}%</span
      >`,
    );
  }
  return marks;
}
