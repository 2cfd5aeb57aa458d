import fc from "fast-check";
import type { Builtin } from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { isOneOfMany } from "./one-of-many.js";

/*
 * Programs that compile, grown from the catalogue: every function, operator and history, in conditions, sizes, stops
 * and targets, some of them reading the account. Units are kept right by growing one kind of value at a time.
 */

type Kind = "price" | "number" | "bool" | "bars" | "quantity" | "money";
type Text = fc.Arbitrary<string>;

const lengths = fc.integer({ min: 2, max: 8 });

/** What stands at the ends of an expression. An absent value makes a whole condition absent, so those are rare. */
const leaves: Readonly<
  Record<Kind, { readonly common: readonly string[]; readonly rare: readonly string[] }>
> = {
  price: { common: ["open", "high", "low", "close", "hl2", "hlc3", "ohlc4"], rare: ["position_price"] },
  number: { common: ["0.5", "1", "1.1", "2"], rare: ["(equity / cash)"] },
  bool: {
    common: ["true", "(close > open)", "(close > high[1])"],
    rare: ["(session_bar == 3)", "(position_size > 0)"],
  },
  bars: { common: ["session_bar", "3 bars"], rare: ["position_bars"] },
  quantity: { common: ["volume", "10"], rare: ["position_size"] },
  money: { common: ["equity", "(close * volume)"], rare: ["cash"] },
};

/** The type of a port, when a shared unit is `kind`. */
const kindOf = (type: string, shared: Kind): Kind =>
  type === "same" ? shared : type === "ratio" ? "number" : (type as Kind);

function call(builtin: Builtin, shared: Kind, value: (kind: Kind) => Text): Text {
  const inputs = builtin.inputs.map((each) => value(kindOf(each.type, shared)));
  const numbers = builtin.parameters.flatMap((each) => {
    if (each.type === "choice") return [];
    const { type, minimum } = each;
    return [
      type === "bars"
        ? lengths.map((length) => String(Math.max(minimum, length)))
        : fc.constantFrom("1", "2", "2.5"),
    ];
  });
  const words = builtin.parameters.flatMap((each) =>
    each.type === "choice" ? [fc.constantFrom(...each.choices).map((word) => `${each.name}: ${word}`)] : [],
  );
  const output =
    builtin.outputs.length === 1
      ? fc.constant("")
      : fc.constantFrom(...builtin.outputs.map((each) => `.${each.name}`));
  return fc
    .tuple(output, ...inputs, ...numbers, ...words)
    .map(([member, ...given]) => `${builtin.name}(${given.join(", ")})${member}`);
}

/** An expression of a kind, at most `depth` operators deep. */
function arbitraryExpression(kind: Kind, depth: number): Text {
  const { common, rare } = leaves[kind];
  const leaf = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...common) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
  if (depth === 0) return leaf;
  const value = (of: Kind): Text => arbitraryExpression(of, depth - 1);
  const history = fc.tuple(value(kind), fc.integer({ min: 0, max: 4 })).map(([of, by]) => `(${of})[${by}]`);
  const choice = fc
    .tuple(value("bool"), value(kind), value(kind))
    .map(([c, a, b]) => `(if ${c} then ${a} else ${b})`);
  const builtins = [...catalogue.values()].flatMap((each) => {
    if (isOneOfMany(each.name)) return [];
    const made = each.outputs.every(
      ({ type }) => (type !== "same" || kind !== "bool") && kindOf(type, kind) === kind,
    );
    return made ? [call(each, each.outputs[0].type === "same" ? kind : "price", value)] : [];
  });
  const binary = (of: Kind, ...signs: string[]): Text =>
    fc.tuple(value(of), fc.constantFrom(...signs), value(of)).map(([a, sign, b]) => `(${a} ${sign} ${b})`);
  if (kind !== "bool") {
    const scaled = fc.tuple(value(kind), value("number")).map(([a, b]) => `(${a} * (${b}))`);
    return fc.oneof(leaf, history, choice, binary(kind, "+", "-"), scaled, ...builtins);
  }
  return fc.oneof(
    leaf,
    history,
    binary("bool", "and", "or", "==", "!="),
    value("bool").map((each) => `(not ${each})`),
    binary("price", "<", "<=", ">", ">=", "==", "!=", "crosses above", "crosses below"),
    binary("number", "<", ">", "crosses above"),
    ...builtins,
  );
}

/** A strategy with one to three entries, an exit, and sometimes stops, targets and sizes of every form. */
export function arbitraryProgram(): Text {
  const price = arbitraryExpression("price", 2);
  const bool = fc.oneof(
    arbitraryExpression("bool", 1),
    arbitraryExpression("bool", 2),
    arbitraryExpression("bool", 3),
  );
  // The volume keeps a size from being known, and refused, before the run.
  const size = fc.oneof(
    fc.constantFrom("", "size 10 ", "size 50% of equity ", "size 100% of equity "),
    arbitraryExpression("number", 1).map((each) => `size ${each} * 0.01 * volume / volume of equity `),
  );
  const protection = (side: string): Text =>
    fc.oneof(
      fc.constant("unprotected"),
      fc.constant(side === "long" ? "stop at close * 0.98" : "stop at close * 1.02"),
      fc.constant(
        side === "long"
          ? "stop at low - atr(3) target at close * 1.03"
          : "stop at high + atr(3) target at close * 0.97",
      ),
      fc.constant(
        "size risk(1%) capped 50% of equity stop at ".concat(
          side === "long" ? "close - 2 * atr(3)" : "close + 2 * atr(3)",
        ),
      ),
      // What only a position has is not there before the entry.
      price.filter((each) => !/position_(price|bars)/.test(each)).map((each) => `stop at ${each}`),
    );
  const enter = fc.constantFrom("long", "short").chain((side) =>
    fc.tuple(bool, size, protection(side)).map(([when, sized, body]) => {
      const clauses = body.startsWith("size") ? body : `${sized}${body}`;
      return `enter ${side} when ${when} { ${clauses} }`;
    }),
  );
  const exit = bool.map((when) => `exit when ${when}`);
  const costs = fc.constantFrom("", "costs { commission 0.1% slippage 0.05% }", "costs { commission 2 bps }");
  const shared = price.map((each) => `let shared = ${each}`);
  return fc
    .tuple(costs, shared, fc.array(enter, { minLength: 1, maxLength: 3 }), fc.array(exit, { maxLength: 2 }))
    .map(([cost, given, enters, exits]) =>
      [`strategy "Generated" {`, cost, given, ...enters, ...exits, "}"]
        .filter((line) => line !== "")
        .join("\n  "),
    );
}
