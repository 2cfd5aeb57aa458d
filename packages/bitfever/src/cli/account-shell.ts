import { randomBytes } from "node:crypto";
import { fileAudit } from "../by-hand/audit.js";
import { Commands, type CommandOptions } from "../by-hand/commands.js";
import { utcClock } from "../clock.js";
import type { RunningAccount } from "../trading/running-account.js";
import { paintOf, type Io } from "./io.js";
import { History } from "./shell/history.js";
import { historyFile } from "./shell/history-file.js";
import { runShell } from "./shell/shell.js";

interface AccountShellOptions {
  /** The folder of its journal: commands are kept beside it. */
  readonly journal: string | undefined;
  /** When an order is given; left out, when the account has heard of something last. */
  readonly at?: (() => number) | undefined;
  readonly confirms?: CommandOptions["confirms"];
  readonly quit: () => void;
}

/** Takes commands for an account in this process until somebody quits, or there are no more lines. */
export async function shellAt(
  io: Io,
  account: RunningAccount,
  { journal, at, confirms, quit }: AccountShellOptions,
): Promise<void> {
  let isOver = false;
  const path = journal === undefined ? null : auditPath(journal);
  const commands = new Commands({
    account,
    audit: path === null ? () => undefined : fileAudit(path),
    now: utcClock,
    ...(at && { at }),
    random: randomBytes,
    confirms,
    quit: () => {
      isOver = true;
    },
  });
  io.err(
    `${paintOf(io).faint(path === null ? "commands are not kept (--journal keeps them)" : `commands are kept in ${path}`)}\n`,
  );
  await runShell(io, {
    prompt: `${account.setup.account}> `,
    history: new History(io.lines === undefined ? null : historyFile()),
    words: () => commands.words,
    carryOut: (words) => commands.carryOut(words, { mouth: "keyboard", who: "terminal" }),
    isOver: () => isOver,
  });
  quit();
}

/** Beside the folder of a journal, which holds nothing but the journal. */
export const auditPath = (journal: string): string => `${journal.replace(/[/\\]+$/, "")}.audit.jsonl`;
