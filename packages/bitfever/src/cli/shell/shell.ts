import type { CommandAnswer } from "../../services/service.js";
import { paintOf, type Io } from "../io.js";
import { linesOf, untilAborted } from "../lines-of.js";
import { printable } from "../printable.js";
import { completionsOf, type CommandWords } from "./completions.js";
import type { History } from "./history.js";

export interface ShellOptions {
  readonly prompt: string;
  readonly history: History;
  readonly words: () => CommandWords;
  readonly carryOut: (words: string) => Promise<CommandAnswer>;
  /** Whether a line ends the shell and goes nowhere. */
  readonly ends?: ((words: string) => boolean) | undefined;
  /** Whether what it talks to is over. */
  readonly isOver?: (() => boolean) | undefined;
}

/**
 * Takes commands line by line, from who sits at the terminal or from standard input, and says what came of each.
 *
 * @returns how many were not carried out
 */
export async function runShell(io: Io, options: ShellOptions): Promise<number> {
  const { prompt, history, words, carryOut, ends = () => false, isOver = () => false } = options;
  const paint = paintOf(io);
  let refused = 0;
  let token: string | null = null;
  const lines =
    io.lines?.({ prompt, history: history.all, complete: (line) => completionsOf(line, words()) }) ??
    single(io);
  for await (const given of untilAborted(lines, io.signal)) {
    const line = given.trim();
    if (line === "") continue;
    if (ends(line)) return refused;
    history.add(line);
    // Who sits there has just read what it is about.
    const isYes = token !== null && /^(confirm|yes|y)$/i.test(line);
    const { text, outcome, code, confirm } = await carryOut(isYes ? `confirm ${token ?? ""}` : line);
    token = confirm?.token ?? null;
    const said = text.split("\n").map(printable).join("\n");
    if (outcome === "refused" || outcome === "unreadable") {
      refused++;
      io.out(`${paint.error(code ?? "refused")}: ${said}\n`);
    } else io.out(`${said}\n`);
    if (isOver()) return refused;
  }
  return refused;
}

/** Of a script, which sees no prompt. */
async function* single({ input }: Io): AsyncGenerator<string, void> {
  if (input === undefined) return;
  for await (const lines of linesOf(input())) yield* lines;
}
