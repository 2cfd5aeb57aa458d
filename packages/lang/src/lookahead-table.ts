import { getLookaheadPaths, type LookaheadProductionType, type Rule } from "chevrotain";
import { placeOf, type LookaheadTable } from "./known-lookahead.js";
import { BitFeverParser } from "./parser.js";

/** What Chevrotain works out of the grammar, to be kept in `lookahead.generated.ts`. */
export function lookaheadTable(): LookaheadTable {
  const table: Record<string, LookaheadTable[string]> = {};
  const keep = (
    rule: Rule,
    prodType: LookaheadProductionType,
    { prodOccurrence: occurrence, maxLookahead }: { prodOccurrence: number; maxLookahead: number },
  ): void => {
    const alternatives = getLookaheadPaths({ rule, prodType, occurrence, maxLookahead });
    // What comes where an optional part is left out is asked by nobody.
    const asked = prodType === "Alternation" ? alternatives : alternatives.slice(0, 1);
    table[placeOf(rule, prodType, occurrence)] = asked.map((sequences) =>
      sequences.map((types) => types.map(({ name }) => name).join(" ")),
    );
  };
  const notParsing = (): never => {
    throw new Error("this parser is there to be looked at");
  };
  new BitFeverParser({
    recovers: false,
    lookahead: {
      validate: () => [],
      buildLookaheadForAlternation(options) {
        keep(options.rule, "Alternation", options);
        return notParsing;
      },
      buildLookaheadForOptional(options) {
        keep(options.rule, options.prodType, options);
        return notParsing;
      },
    },
  });
  return table;
}
