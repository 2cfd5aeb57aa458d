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

/** A way on from a place. */
interface Way {
  readonly alternative: number;
  readonly first: TokenType;
  /** What must follow the first token. */
  readonly rest: readonly TokenType[];
}

/** The ways that begin with a token, in the order in which they are tried. */
type Ways = (next: IToken) => readonly Way[];

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

/** Which ways a token begins is worked out when a token of its type is first met at the place. */
function waysOf(alternatives: LookaheadTable[string], types: ReadonlyMap<string, TokenType>): Ways {
  const all = alternatives.flatMap((sequences, alternative) =>
    sequences.map((names): Way => {
      const [first, ...rest] = names.split(" ").flatMap((name) => types.get(name) ?? []);
      return { alternative, first, rest };
    }),
  );
  const known = new Map<number, readonly Way[]>();
  return (next) => {
    const ways = known.get(next.tokenTypeIdx) ?? all.filter(({ first }) => tokenMatcher(next, first));
    known.set(next.tokenTypeIdx, ways);
    return ways;
  };
}

const nextWay = (
  parser: Looking,
  waysWith: Ways,
  alternatives: readonly IOrAlt<unknown>[] = [],
): Way | undefined =>
  waysWith(parser.LA(1)).find(
    ({ alternative, rest }) =>
      alternatives[alternative]?.GATE?.call(parser) !== false &&
      rest.every((type, i) => tokenMatcher(parser.LA(i + 2), type)),
  );
