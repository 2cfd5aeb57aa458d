import { Command } from "commander";
import { shellWord } from "../search-report/shell-word.js";
import { addAccountOptions } from "./histories.js";
import { addDataOptions } from "./options.js";

const decisive = addAccountOptions(addDataOptions(new Command()))
  .options.map(({ long }) => long)
  .concat("--market", "--magnify", "--set");

/**
 * The command that makes one trial of a search again, but for its parameters.
 *
 * @param file    strategy
 * @param search  the command of the search, as it was called
 */
export function trialCommand(file: string, search: Command): string {
  const given = search.options
    .filter(({ long }) => decisive.includes(long))
    .flatMap((option) => {
      const value: unknown = search.getOptionValue(option.attributeName());
      return wordsOf(value).map((word) => `${option.long ?? ""} ${shellWord(word)}`);
    });
  return ["bf backtest", shellWord(file), ...given].join(" ");
}

/** A text, or pairs each of which is given by itself. */
function wordsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Object.entries(value ?? {}).map(([name, each]) => `${name}=${String(each)}`);
}
