import type { PortfolioCurves, PortfolioResult } from "../../portfolio/result.js";
import type { WalkResult } from "../../optimize/walk-result.js";
import { dayMs } from "@bitfever/engine";
import { drawdown } from "../../report/chart-data.js";
import { formatCompact, formatNumber, formatTick } from "../../report/format.js";
import { chartHeight, lineChart, type ChartPane } from "../../report/line-chart.js";
import { pictureSvg } from "../../report/picture.js";
import { walkedDays, walkPanes } from "../../search-report/walk-account.js";
import { pictureWidth } from "./width.js";

/** The account of switched systems beside one that is never switched. */
export function portfolioPicture(
  { systems, days }: PortfolioResult,
  { time, equity, always, position }: PortfolioCurves,
): string {
  const title = systems.map(({ name }) => name).join(" + ");
  const isSwitched = always.some((value, day) => value !== equity[day]);
  const never = (values: Float64Array): ChartPane["lines"] =>
    isSwitched ? [{ name: "Never switched", kind: "hold", time, values }] : [];
  return daysPicture(title, [`${days.from} to ${days.to}  ·  ${formatNumber(days.count, 0)} days`], time, [
    {
      height: 210,
      text: formatCompact,
      lines: [
        { name: isSwitched ? "Switched" : "Account", kind: "equity", time, values: equity },
        ...never(always),
      ],
    },
    {
      height: 100,
      text: formatTick,
      lines: [
        { name: "Below the peak", kind: "loss", time, values: drawdown(equity), isArea: true },
        ...never(drawdown(always)),
      ],
    },
    {
      height: 80,
      text: formatTick,
      lines: [{ name: "Held, of the account", kind: "series-2", time, values: position, isArea: true }],
    },
  ]);
}

/** The account out of sample, every second window shaded, and the objective of each window in sample and out of it. */
export function walkPicture(result: WalkResult): string {
  const { program, data, windows, train } = result;
  const days = walkedDays(result);
  return daysPicture(
    `${program.name} · ${data.symbols.join(", ")} · out of sample`,
    [
      `${formatNumber(windows.length, 0)} windows, every second shaded; each was traded with values chosen on the ${formatNumber(train, 0)} sessions before it`,
    ],
    days.time,
    walkPanes(result, days, [210, 100, 110]),
  );
}

function daysPicture(
  title: string,
  lines: readonly string[],
  time: Float64Array,
  panes: readonly ChartPane[],
): string {
  const [from, to] = [time[0], time[time.length - 1] + dayMs];
  return pictureSvg({
    ...{ title, lines, width: pictureWidth, height: chartHeight(panes) },
    inside: lineChart({ title, width: pictureWidth, from, to, panes }),
  });
}
