import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { expect } from "vitest";

/** Commands whose `--json` is a flag and writes to stdout; the others name a file, or `-`. */
const flags = ["bf-compile", "check", "config-check", "venues", "venue-server", "worker"];

const validators = new Map<string, ValidateFunction>();

/** The published schema of what a command writes with `--json`; undefined where it writes none. */
export function validatorOf(command: string): ValidateFunction | undefined {
  const file = new URL(`../schemas/${command}.schema.json`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const made =
    validators.get(command) ??
    // A union of types is what "a number, or null" is.
    new Ajv({ allowUnionTypes: true, allErrors: true }).compile(
      JSON.parse(readFileSync(file, "utf8")) as object,
    );
  validators.set(command, made);
  return made;
}

/** Holds a text against the schema of its command. */
export function expectWritten(command: string, text: string): void {
  const validate = validatorOf(command);
  if (validate === undefined) throw new Error(`there is no schema of what ${command} --json writes`);
  validate(JSON.parse(text));
  expect(validate.errors ?? [], `${command} --json is as its schema says`).toEqual([]);
}

/**
 * Holds what a command has written against its schema, where it was asked for JSON and has written any.
 *
 * @param program  the name of what made the command line: `bf`, `bfCompile`, or one command alone, as `portfolioCommand`
 */
export function checkWrittenJson(
  program: string,
  args: readonly string[],
  ran: { code: number; out: string },
): void {
  const at = args.indexOf("--json");
  const isFormat = args[args.indexOf("--format") + 1] === "json" && args.includes("--format");
  if (at < 0 && !isFormat) return;
  const command = nameOf(program, args);
  if (command === null || validatorOf(command) === undefined) return;
  const path = flags.includes(command) ? "-" : args[at + 1];
  const isWritten = ran.code !== 2 && (path === "-" ? ran.out !== "" : existsSync(path));
  if (!isWritten) return;
  const text = path === "-" ? ran.out : readFileSync(path, "utf8");
  for (const each of command === "worker" ? text.trim().split("\n") : [text]) expectWritten(command, each);
}

function nameOf(program: string, args: readonly string[]): string | null {
  if (program === "bfCompile") return "bf-compile";
  if (program !== "bf") return program.replace(/Command$/, "").toLowerCase();
  const [first = "", second = ""] = args;
  return first === "config" ? `config-${second}` : first;
}
