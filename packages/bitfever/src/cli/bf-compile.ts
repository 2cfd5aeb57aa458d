import { basename, dirname, extname, join } from "node:path";
import { Command, Option } from "commander";
import {
  BitFeverError,
  emitFormats,
  emitJavaScript,
  emitTypeScript,
  isMessageCode,
  messages,
  specialise,
  type EmitFormat,
  type Program,
} from "@bitfever/lang";
import { catalogue } from "@bitfever/engine";
import { writeWhole } from "../files.js";
import { version } from "../version.js";
import { checkFiles } from "./check-files.js";
import { exitCodes, type ExitCode, type Io } from "./io.js";

interface Flags {
  readonly emit?: EmitFormat;
  readonly out?: string;
  readonly json?: true;
  readonly explain?: string;
}

/** The command line of `bf-compile`. */
export function bfCompile(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("bf-compile")
    .description(
      "Checks and compiles BitFever strategies.\nExit code: 0 fine, 1 errors in a program, 2 wrong usage.",
    )
    .version(version)
    .argument("[files...]", "strategies, .bf files")
    .addOption(
      new Option(
        "--emit <format>",
        "write a TypeScript module, a JavaScript module, or the plan as JSON",
      ).choices(emitFormats),
    )
    .option("-o, --out <path>", "where to write: a file, or a folder for several; - for stdout")
    .option("--json", "print the diagnostics as JSON")
    .option("--explain <code>", "explain a diagnostic, such as BF2007")
    .action(async (files: string[], flags: Flags) => {
      if (flags.explain !== undefined) {
        io.out(explanation(flags.explain));
        return;
      }
      if (files.length === 0)
        throw new BitFeverError("BF5050", "no file is given", { hint: "bf-compile FILE…" });
      const { code, programs } = await checkFiles(io, files, flags.json === true);
      if (flags.emit !== undefined && code === exitCodes.fine) {
        for (const { file, program } of programs) {
          const text = emit(program, flags.emit);
          const path = targetOf(file, flags.emit, flags.out, files.length > 1);
          if (path === "-") io.out(text);
          else await writeWhole(path, text);
        }
      }
      done(code);
    });
}

function emit(program: Program, format: EmitFormat): string {
  switch (format) {
    case "ts":
      return emitTypeScript(program);
    case "js":
      return emitJavaScript(program);
    case "plan":
      return `${JSON.stringify(specialise(program, catalogue, {}, { withLets: true }), null, 2)}\n`;
  }
}

/** Beside the source unless said otherwise. */
function targetOf(file: string, format: EmitFormat, out: string | undefined, severalFiles: boolean): string {
  const name = `${basename(file, extname(file))}.${{ ts: "ts", js: "js", plan: "plan.json" }[format]}`;
  if (out === undefined) return join(dirname(file), name);
  return severalFiles && out !== "-" ? join(out, name) : out;
}

function explanation(code: string): string {
  if (!isMessageCode(code))
    throw new BitFeverError("BF5051", `there is no diagnostic ${code}`, {
      hint: `the codes are ${Object.keys(messages).join(", ")}`,
    });
  const { title, severity, explanation: why, wrong, right } = messages[code];
  const indented = (text: string): string => text.trimEnd().replace(/^/gm, "    ");
  return `${code}, ${severity}: ${title}\n\n${why}\n\nWrong:\n\n${indented(wrong)}\n\nRight:\n\n${indented(right)}\n`;
}
