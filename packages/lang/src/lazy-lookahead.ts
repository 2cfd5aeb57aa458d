import { LLkLookaheadStrategy, type ILookaheadStrategy } from "chevrotain";

/**
 * Looks ahead as Chevrotain does, but works out how for a place in the grammar when a program first comes there: of two
 * hundred places most programs need a few dozen.
 */
export function lazyLookahead(maxLookahead: number): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: (options) =>
      onFirstCall(() => strategy.buildLookaheadForAlternation(options)),
    buildLookaheadForOptional: (options) => onFirstCall(() => strategy.buildLookaheadForOptional(options)),
  };
}

function onFirstCall<Args extends unknown[], Answer>(
  build: () => (...args: Args) => Answer,
): (...args: Args) => Answer {
  let built: ((...args: Args) => Answer) | undefined;
  // Chevrotain calls it as a method of the parser.
  return function (this: unknown, ...args) {
    built ??= build();
    return built.apply(this, args);
  };
}
