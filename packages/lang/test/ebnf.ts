import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type IProduction,
  type Rule,
  type TokenType,
} from "chevrotain";
import { theParser } from "../src/parser.js";
import { textOf } from "../src/tokens.js";

/** What the grammar calls tokens that are not always written the same. */
const names: Readonly<Record<string, string>> = {
  NameToken: "NAME",
  NumberLiteral: "NUMBER",
  Percent: "PERCENT",
  StringLiteral: "TEXT",
  Interval: "INTERVAL",
  TimeOfDay: "CLOCK",
  BinaryOperator: "OPERATOR",
  StrategyEnd: '"}"',
};

const token = (type: TokenType): string => names[type.name] ?? `"${textOf(type)}"`;

const sequence = (parts: readonly IProduction[]): string => parts.map(written).join(" ");

function written(part: IProduction): string {
  if (part instanceof Terminal) return token(part.terminalType);
  if (part instanceof NonTerminal) return part.nonTerminalName;
  if (part instanceof Alternation) return `( ${part.definition.map(written).join(" | ")} )`;
  if (part instanceof Alternative) return sequence(part.definition);
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`;
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`;
  if (part instanceof RepetitionMandatory) {
    const one = sequence(part.definition);
    return `${one} { ${one} }`;
  }
  if (part instanceof RepetitionWithSeparator || part instanceof RepetitionMandatoryWithSeparator) {
    const one = sequence(part.definition);
    const some = `${one} { ${token(part.separator)} ${one} }`;
    return part instanceof RepetitionWithSeparator ? `[ ${some} ]` : some;
  }
  throw new Error("ebnf: an unknown kind of production");
}

/** A whole production needs no brackets. */
function body({ definition }: Rule): string {
  const [only, ...more] = definition;
  const isChoice = only instanceof Alternation && more.length === 0;
  return isChoice ? only.definition.map(written).join(" | ") : sequence(definition);
}

/** The grammar of the parser in EBNF, one production a line. */
export const ebnf = (): string =>
  Object.entries<Rule>(theParser().getGAstProductions())
    .map(([name, rule]) => `${name} = ${body(rule)} ;`)
    .join("\n");
