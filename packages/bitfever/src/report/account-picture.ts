import { dayMs } from "@bitfever/engine";
import { fenced } from "./markdown-text.js";

/** An account from its start: times in milliseconds, values in parts of what it began with, 0 there. */
export interface DrawnAccount {
  readonly time: readonly number[];
  readonly values: readonly number[];
}

/** As many points as a picture in a comment can show. */
const points = 80;
const colors = ["#1f77b4", "#999999"];

/**
 * Accounts as a chart that code hosts draw from text (Mermaid): they show no picture that is not a file of its own.
 *
 * @param accounts  one, or one and what it is compared with
 * @param names     of each
 */
export function accountPicture(accounts: readonly DrawnAccount[], names: readonly string[]): string {
  const from = Math.min(...accounts.map(({ time }) => time[0]));
  const to = Math.max(...accounts.map(({ time }) => time[time.length - 1]));
  const lines = accounts.map((each) => sampled(each, from, to).map((value) => 100 * value));
  const all = lines.flat();
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  const room = (highest - lowest || 1) * 0.05;
  const palette = colors.slice(0, lines.length).join(", ");
  const text = [
    `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${palette}"}}}}%%`,
    "xychart-beta",
    `  x-axis "Days from ${new Date(from).toISOString().slice(0, 10)}" 0 --> ${Number(((to - from) / dayMs).toFixed(2))}`,
    `  y-axis "Account, % from its start" ${(lowest - room).toFixed(2)} --> ${(highest + room).toFixed(2)}`,
    ...lines.map((values) => `  line [${values.map((value) => value.toFixed(2)).join(", ")}]`),
  ].join("\n");
  const legend = names.length < 2 ? [] : [`Blue: ${names[0]}. Grey: ${names[1]}.`];
  return [fenced("mermaid", text), ...legend].join("\n\n");
}

/** What an account was at equal distances of time; before its start, as it was there. */
function sampled({ time, values }: DrawnAccount, from: number, to: number): number[] {
  let at = 0;
  return Array.from({ length: points }, (_, i) => {
    const moment = from + ((to - from) * i) / (points - 1);
    while (at + 1 < time.length && time[at + 1] <= moment) at++;
    return values[at];
  });
}
