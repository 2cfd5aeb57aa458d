import { text } from "node:stream/consumers";
import { Command } from "commander";
import { BitFeverError, format, renderDiagnostic, type Source } from "@bitfever/lang";
import { readSource } from "../../files.js";
import { countOf, exitCodes, paintOf, type ExitCode, type Io } from "../io.js";
import { rewrite } from "../rewrite.js";

interface Flags {
  readonly check?: true;
  readonly stdin?: true;
}

/** `bf fmt`: strategies as everybody writes them. */
export function fmtCommand(
  io: Io,
  done: (code: ExitCode) => void,
  readInput: () => Promise<string> = () => text(process.stdin),
): Command {
  return new Command("fmt")
    .summary("Format strategies: their layout changes, their meaning does not")
    .argument("[files...]", "strategies, .bf files")
    .option("--check", "change nothing; list the files that would change, and exit with 1 if there are any")
    .option("--stdin", "format what comes on stdin, and print it")
    .action(async (files: string[], flags: Flags) => {
      const isCheck = flags.check === true;
      if (flags.stdin === true) {
        if (files.length > 0)
          throw new BitFeverError("BF5052", "--stdin takes no files", { hint: "bf fmt --stdin < FILE" });
        done(formatInput(io, { name: "stdin", text: await readInput() }, isCheck));
        return;
      }
      if (files.length === 0)
        throw new BitFeverError("BF5050", "no file is given", { hint: "bf fmt FILE…, or bf fmt --stdin" });
      const sources = await Promise.all(files.map(readSource));
      done(await formatFiles(io, sources, isCheck));
    });
}

function formatInput(io: Io, source: Source, isCheck: boolean): ExitCode {
  const formatted = formattedText(io, source);
  if (formatted === null) return exitCodes.failed;
  if (!isCheck) {
    io.out(formatted);
    return exitCodes.fine;
  }
  if (formatted === source.text) return exitCodes.fine;
  io.out(`${source.name}\n`);
  return exitCodes.failed;
}

/** A file that cannot be parsed stays as it is; the others are formatted all the same. */
async function formatFiles(io: Io, sources: readonly Source[], isCheck: boolean): Promise<ExitCode> {
  let [changed, unreadable] = [0, 0];
  for (const source of sources) {
    const formatted = formattedText(io, source);
    if (formatted === null) unreadable++;
    if (formatted === null || formatted === source.text) continue;
    changed++;
    if (!isCheck) await rewrite(source, formatted);
    io.out(`${source.name}\n`);
  }
  const done = isCheck ? "would change" : "formatted";
  const failed = unreadable === 0 ? "" : `, ${unreadable} with errors`;
  io.err(`${countOf(sources.length, "file")}: ${changed} ${done}${failed}\n`);
  return unreadable > 0 || (isCheck && changed > 0) ? exitCodes.failed : exitCodes.fine;
}

/** Null when it cannot be parsed; then its errors are shown. */
function formattedText(io: Io, source: Source): string | null {
  const result = format(source);
  if ("text" in result) return result.text;
  for (const each of result.diagnostics) io.err(`${renderDiagnostic(source, each, paintOf(io))}\n\n`);
  return null;
}
