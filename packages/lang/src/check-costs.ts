import { assign } from "./arguments.js";
import type { CallExpression, CostsDeclaration, Expression } from "./ast.js";
import { warnOfShare, type TypedStatic } from "./check-orders.js";
import {
  carryModels,
  commissionModels,
  slippageModels,
  usageOf,
  type CostModels,
  type CostParameter,
} from "./cost-models.js";
import { diagnostic, type Diagnostic } from "./diagnostic.js";
import { replacing } from "./fixes.js";
import { nearest } from "./nearest.js";
import type { CostClause, CostClauses, TypedExpression } from "./program.js";
import { number } from "./type.js";
import { units } from "./unit.js";

type Report = (diagnostic: Diagnostic) => void;

const ratio = number(units.ratio);

/** Commissions and slippages; those of a name add up, so none is said twice of one model. */
export function checkCosts(
  given: readonly CostsDeclaration[],
  typedStatic: TypedStatic,
  report: Report,
): CostClauses {
  const check =
    (what: "commission" | "slippage", models: CostModels) =>
    (of: Expression): CostClause[] => {
      const clause = of.kind === "call" ? checkModel(of, what, models) : checkNumber(of, what);
      return clause === null ? [] : [clause];
    };
  const commissions = given.flatMap((each) =>
    each.commissions.flatMap(check("commission", commissionModels)),
  );
  const slippages = given.flatMap((each) => each.slippages.flatMap(check("slippage", slippageModels)));
  const carries = given.flatMap((each) =>
    each.carries.flatMap((of) => {
      const clause = checkCarry(of);
      return clause === null ? [] : [clause];
    }),
  );
  onceEach("commission", commissions, report);
  onceEach("cost of holding", carries, report);
  onceEach("slippage", slippages, report);
  return { commissions, slippages, carries };

  /** There is no plain number: a share of what, and for how long, nobody could tell. */
  function checkCarry(of: Expression): CostClause | null {
    if (of.kind === "call") return checkModel(of, "cost of holding", carryModels);
    const usage = Object.entries(carryModels).map(([name, parameters]) => usageOf(name, parameters));
    report(
      diagnostic(
        "BF2006",
        of.span,
        { expected: "a cost of holding", found: "something else" },
        {
          hint: `write ${usage.join(" or ")}`,
        },
      ),
    );
    return null;
  }

  /** `0.05%`, `1 tick`. */
  function checkNumber(of: Expression, what: "commission" | "slippage"): CostClause | null {
    if (what === "slippage" && of.kind === "number" && of.unit === "ticks") {
      const value: TypedExpression = { kind: "constant", value: of.value, type: ratio };
      return { model: "ticks", parameters: [{ value, span: of.span }], span: of.span };
    }
    warnOfShare(
      `this ${what}`,
      of,
      { above: 0.01, of: what === "commission" ? "the trade" : "the price" },
      report,
    );
    const value = typedStatic(of, ratio, `a ${what}`);
    const parameters = value && [{ value, span: of.span }, ...(what === "commission" ? [null, null] : [])];
    return parameters && { model: "share", parameters, span: of.span };
  }

  /** `per_unit(0.005, minimum: 1)`. */
  function checkModel(of: CallExpression, what: string, models: CostModels): CostClause | null {
    const { name, span } = of.callee;
    if (!Object.hasOwn(models, name)) {
      const names = Object.keys(models);
      const fix = replacing(span, nearest(name, names));
      const hint = fix === undefined ? `there are ${names.join(", ")}` : undefined;
      report(diagnostic("BF3013", span, { what, name }, { hint, fix }));
      return null;
    }
    const parameters = models[name];
    const wanted = parameters.map((each) => ({ name: each.name, hasDefault: each.default !== undefined }));
    const slots = assign({ name, wanted, usage: usageOf(name, parameters) }, of, { report });
    const values = slots?.map((slot, i) => {
      if (slot === null) return null;
      const { value: argument } = of.arguments[slot];
      const value = typedStatic(argument, typeOf(parameters[i]), `the ${parameters[i].name}`);
      return value === null ? undefined : { value, span: argument.span };
    });
    if (values?.every((each) => each !== undefined) !== true) return null;
    return { model: name, parameters: values, span: of.span };
  }
}

function typeOf({ unit }: CostParameter): typeof ratio {
  switch (unit) {
    case "ratio":
    case "yield":
    case "factor":
    case "ticks":
    case "hours":
      return ratio;
    case "money":
      return number(units.money);
    case "price":
      return number(units.price);
  }
}

function onceEach(what: string, clauses: readonly CostClause[], report: Report): void {
  clauses.forEach(({ model, span }, i) => {
    const first = clauses.findIndex((each) => each.model === model);
    if (first === i) return;
    const labels = [{ span: clauses[first].span, text: "first here" }];
    report(diagnostic("BF3010", span, { what: `the ${what}` }, { labels }));
  });
}
