import { BitFeverError, type Program } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";

/**
 * The histories a program wants of those there are.
 *
 * @throws BitFeverError BF5047 for a symbol of the universe without bars, BF5049 for several histories and no universe
 */
export function membersOf({ universe, name }: Program, given: readonly Bars[]): readonly Bars[] {
  if (universe === null) {
    if (given.length === 1) return given;
    throw new BitFeverError(
      "BF5049",
      `"${name}" trades one symbol, and there are ${given.length} histories`,
      {
        hint: "a program for many symbols says `universe`",
      },
    );
  }
  if (universe.symbols === null) return given;
  return universe.symbols.map((symbol) => {
    const bars = given.find((each) => each.symbol === symbol);
    if (bars === undefined) throw noMember(symbol, "what was given");
    return bars;
  });
}

export const noMember = (symbol: string, place: string): BitFeverError =>
  new BitFeverError("BF5047", `there are no bars of ${symbol} in ${place}`, {
    hint: `the universe names it; a file called ${symbol}.csv would be read, and \`universe\` without names takes all`,
  });
