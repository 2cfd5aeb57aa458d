import { commandDurations, commandForms, profitPeriods } from "@bitfever/lang";

/** What may be meant in a command beside the words of the grammar. */
export interface CommandWords {
  readonly symbols: readonly string[];
  /** As they can be typed: without blanks. */
  readonly strategies: readonly string[];
  readonly orders: readonly string[];
}

const options = ["-sl", "-tp", "-tsl", "-tif", "-post", "-reduce", "-e", "-s"];
const traded = ["buy", "sell", "long", "short"];
const verbs = Object.keys(commandForms);

/**
 * How the word that is being typed may end.
 *
 * @returns whole words, and what of them is there already
 * @example
 * completionsOf("pau", words); // [["pause"], "pau"]
 */
export function completionsOf(line: string, words: CommandWords): [found: string[], typed: string] {
  const parts = line.trimStart().split(/\s+/);
  const typed = parts.at(-1) ?? "";
  const before = parts.slice(0, -1).map((each) => each.toLowerCase());
  const meant = typed.toLowerCase();
  const found = meantBy(before, meant, words).filter((each) => each.toLowerCase().startsWith(meant));
  return [found, typed];
}

function meantBy(
  before: readonly string[],
  typed: string,
  { symbols, strategies, orders }: CommandWords,
): readonly string[] {
  const [verb] = before;
  if (verb === undefined) return verbs;
  const last = before.at(-1);
  if (last === "-s" || last === "-strategy") return strategies;
  if (last === "-tif") return commandDurations;
  if (typed.startsWith("-")) return options;
  if (traded.includes(verb))
    return [...symbols, ...(before.length > 1 ? ["risk", "limit", "stop", "market"] : [])];
  switch (verb) {
    case "close":
    case "positions":
    case "pos":
      return before.length === 1 ? [...symbols, "all"] : [];
    case "orders":
      return before.length === 1 ? symbols : [];
    case "cancel":
      return before.length === 1 ? [...orders, ...symbols, "all"] : [];
    case "why":
      return before.length === 1 ? orders : [];
    case "pause":
    case "resume":
    case "flatten":
      return before.length === 1 ? [...strategies, "all"] : [];
    case "pnl":
      return before.length === 1 ? profitPeriods : [];
    case "kill":
      return before.length === 1 ? ["flatten"] : [];
    case "help":
      return before.length === 1 ? verbs : [];
    default:
      return [];
  }
}
