import { diagnostic, type Diagnostic } from "./diagnostic.js";
import type { PlacedExpression, Program } from "./program.js";
import { describeValues, shown, staticValue, type ParameterValues, type StaticLets } from "./static.js";

/** A program with values for its parameters, and what they make of its `let`s. */
export interface GivenValues {
  readonly program: Program;
  readonly values: ParameterValues;
  readonly lets: StaticLets;
}

const share = "a share from 0% to below 100%";
const percent = (value: number): string => `${Number((value * 100).toPrecision(12))}%`;

/** What the values of parameters can get wrong: requirements, costs and sizes. Lengths are seen to by the plan. */
export function judgeValues({ program, values, lets }: GivenValues): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { condition, span } of program.requirements) {
    if (staticValue(condition, values, lets) === 1) continue;
    diagnostics.push(diagnostic("BF3008", span, { values: describeValues(condition, values, program.lets) }));
  }

  function judge(
    what: string,
    of: PlacedExpression | null,
    rule: string,
    fits: (value: number) => boolean,
  ): void {
    const value = of && staticValue(of.value, values, lets);
    if (of === null || value === null || fits(value)) return;
    const isShare = rule === share;
    diagnostics.push(
      diagnostic("BF2009", of.span, { what, value: isShare ? percent(value) : shown(value), rule }),
    );
  }
  const fitsShare = (value: number): boolean => value >= 0 && value < 1;
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  const { commission, slippage } = program.costs;
  judge("this commission", commission, share, fitsShare);
  if (slippage?.unit === "ticks") judge("this slippage", slippage, "a whole number of ticks", isCount);
  else judge("this slippage", slippage, share, fitsShare);

  for (const rule of program.rules) {
    if (rule.kind === "exit") continue;
    const { value, cap, span } = rule.size;
    judge("this size", { value, span }, "more than 0", (size) => size > 0 && size < Infinity);
    judge("this cap", cap && { value: cap, span }, "more than 0", (size) => size > 0 && size < Infinity);
  }
  return diagnostics;
}
