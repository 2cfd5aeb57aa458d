import { BitFeverError, nearest, type Source } from "@bitfever/lang";
import type { Bars } from "@bitfever/engine";
import { has } from "./has.js";

/*
 * Not every program is looked at by a compiler: what is no program, no strategy or no history is told here, and not as a TypeError
 * somewhere within.
 */

/** @throws BitFeverError BF5357 for what is no text */
export function givenProgram(source: string | Source): Source {
  if (typeof source === "string") return { name: "strategy.bf", text: source };
  if (has(source, "text") && typeof source.text === "string") return source;
  throw new BitFeverError("BF5357", `${described(source)} is given for a program`, {
    hint: "give its text, or `{ name, text }`",
  });
}

/**
 * The histories that a strategy is to be run over.
 *
 * @throws BitFeverError BF5356 for what is no compiled strategy, BF5350 for what is no history
 */
export function givenHistories(strategy: unknown, bars: Bars | readonly Bars[]): readonly Bars[] {
  if (!has(strategy, "program") || !has(strategy.program, "source"))
    throw new BitFeverError("BF5356", `${described(strategy)} is given for a strategy`, {
      hint: "give what `compile(text)` returns",
    });
  const given = [bars].flat();
  for (const each of given)
    if (!has(each, "close") || !has(each, "intervalMs"))
      throw new BitFeverError("BF5350", `${described(each)} is given for bars`, {
        hint: has(each, "then")
          ? "wait for them: `await readBars(…)`"
          : "give what `await readBars(…)` or `barsOf(…)` returns",
      });
  return given;
}

/** The names of the options of a function, each of them: the compiler sees that none is left out. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * An option that a function has not is a typing error, and what was meant by it would be left out without a word.
 *
 * @param of  the function
 * @throws BitFeverError BF5358
 */
export function givenOptions(of: string, given: unknown, names: Readonly<Record<string, true>>): void {
  if (typeof given !== "object" || given === null)
    throw new BitFeverError("BF5358", `${described(given)} is given for the options of ${of}`, {
      hint: `give an object: \`{ ${Object.keys(names)[0]}: … }\``,
    });
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(names, name)) continue;
    const meant = nearest(name, Object.keys(names));
    throw new BitFeverError("BF5358", `${of} has no option \`${name}\``, {
      hint:
        meant === undefined
          ? `its options are ${Object.keys(names).join(", ")}`
          : `did you mean \`${meant}\`?`,
    });
  }
}

const described = (given: unknown): string => {
  if (typeof given === "string") return JSON.stringify(given);
  if (has(given, "then")) return "a promise";
  return given === undefined || given === null ? String(given) : `a value of type ${typeof given}`;
};
