import {
  LLkLookaheadStrategy,
  tokenMatcher,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  type LookaheadProductionType,
  type Rule,
  type TokenType,
} from "chevrotain";
import { once } from "./once.js";

/** For each place in the grammar where there is a choice: the names of the tokens with which each alternative may begin. */
export type LookaheadTable = Readonly<Record<string, readonly (readonly string[])[]>>;

export const placeOf = ({ name }: Rule, type: LookaheadProductionType, occurrence: number): string =>
  `${name} ${type} ${occurrence}`;

/** A way on from a place, once its first token is seen. */
interface Way {
  readonly alternative: number;
  /** What must follow that token. */
  readonly rest: readonly TokenType[];
}

/** By the index of the type of the first token, in the order in which they are tried. */
type Ways = ReadonlyMap<number, readonly Way[]>;

/** A parser, as far as it can be asked for its next tokens. */
interface Looking {
  readonly LA: (howMuch: number) => IToken;
}

/**
 * Looks ahead as Chevrotain does, by what it has worked out when the table was generated: at each start that took as long as to
 * read a short program.
 */
export function knownLookahead(
  table: () => LookaheadTable,
  tokenTypes: readonly TokenType[],
  maxLookahead: number,
): ILookaheadStrategy {
  const known = once(table);
  const types = once(() => new Map(tokenTypes.map((each) => [each.name, each])));
  const waysAt = (place: string): (() => Ways) => once(() => waysOf(known()[place], types()));
  return {
    validate: (options) => new LLkLookaheadStrategy({ maxLookahead }).validate(options),
    buildLookaheadForAlternation({ rule, prodOccurrence }) {
      const ways = waysAt(placeOf(rule, "Alternation", prodOccurrence));
      return function (this: Looking, alternatives?: readonly IOrAlt<unknown>[]) {
        return nextWay(this, ways(), alternatives)?.alternative;
      };
    },
    buildLookaheadForOptional({ rule, prodOccurrence, prodType }) {
      const ways = waysAt(placeOf(rule, prodType, prodOccurrence));
      return function (this: Looking) {
        return nextWay(this, ways()) !== undefined;
      };
    },
  };
}

function waysOf(alternatives: LookaheadTable[string], types: ReadonlyMap<string, TokenType>): Ways {
  const ways = new Map<number, Way[]>();
  alternatives.forEach((sequences, alternative) => {
    for (const names of sequences) {
      const [first, ...rest] = names.split(" ").flatMap((name) => types.get(name) ?? []);
      for (const index of [first.tokenTypeIdx ?? 0, ...(first.categoryMatches ?? [])])
        ways.set(index, [...(ways.get(index) ?? []), { alternative, rest }]);
    }
  });
  return ways;
}

const nextWay = (
  parser: Looking,
  ways: Ways,
  alternatives: readonly IOrAlt<unknown>[] = [],
): Way | undefined =>
  ways
    .get(parser.LA(1).tokenTypeIdx)
    ?.find(
      ({ alternative, rest }) =>
        alternatives[alternative]?.GATE?.call(parser) !== false &&
        rest.every((type, i) => tokenMatcher(parser.LA(i + 2), type)),
    );
