import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { usage } from "./account-usage.js";
import { wholeFrom } from "./options.js";

export interface RehearsalFlags {
  readonly rehearse?: boolean;
  readonly rehearsalSeed?: number;
}

export const addRehearsalOptions = (command: Command): Command =>
  command
    .option(
      "--rehearse",
      "of the file of an account: trade at venue servers on this machine instead of its exchanges, on prices that are made up",
    )
    .option("--rehearsal-seed <n>", "chooses those prices; 1 by default", wholeFrom(0));

/** @throws BitFeverError BF5187 where a rehearsal is asked for of something that has no exchange */
export function checkUnrehearsed({ rehearse, rehearsalSeed }: RehearsalFlags): void {
  if (rehearse === undefined && rehearsalSeed === undefined) return;
  throw usage(
    `--${rehearse === undefined ? "rehearsal-seed" : "rehearse"} is of the file of an account`,
    "give one: bf paper account.yaml --rehearse",
  );
}

/** The word of a command that is the file of an account; null where there is none. */
export async function configurationAmong(words: readonly string[]): Promise<string | null> {
  for (const each of words) if (/\.(ya?ml|json)$/i.test(each) && (await isConfiguration(each))) return each;
  return null;
}

/** That of a portfolio names systems. */
async function isConfiguration(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  const names = (what: string): boolean => new RegExp(`^[{\\s]*["']?(${what})["']?\\s*:`, "m").test(text);
  return names("strategies|exchanges|account") && !names("systems");
}
