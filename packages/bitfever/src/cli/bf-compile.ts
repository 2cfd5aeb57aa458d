import { basename, dirname, extname, join } from "node:path";
import { Command, Option } from "commander";
import {
  BitFeverError,
  emitDeclaration,
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
import { readSource, writeWhole } from "../files.js";
import { version } from "../version.js";
import { checkFiles, checkSources, diagnosticFormats, type DiagnosticFormat } from "./check-files.js";
import { fixSource, type Fixed } from "./fix-source.js";
import { exitCodes, paintOf, type ExitCode, type Io } from "./io.js";
import { rewrite } from "./rewrite.js";
import { unifiedDiff } from "./unified-diff.js";

interface Flags {
  readonly emit?: EmitFormat;
  readonly out?: string;
  readonly json?: true;
  readonly format?: DiagnosticFormat;
  readonly fix?: true;
  readonly dryRun?: true;
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
    .addOption(
      new Option(
        "--format <format>",
        "how to print the diagnostics: for people, as JSON, as SARIF 2.1.0, or for people and as annotations of GitHub Actions",
      )
        .choices(diagnosticFormats)
        .conflicts("json"),
    )
    .option("--json", "the same as --format json")
    .option("--fix", "apply the fixes that the diagnostics offer, and print what remains")
    .addOption(
      new Option("--dry-run", "with --fix: change no file, print the difference").conflicts([
        "json",
        "format",
        "emit",
      ]),
    )
    .option("--explain <code>", "explain a diagnostic, such as BF2007")
    .action(async (files: string[], flags: Flags) => {
      if (flags.explain !== undefined) {
        io.out(explanation(flags.explain));
        return;
      }
      if (files.length === 0)
        throw new BitFeverError("BF5050", "no file is given", { hint: "bf-compile FILE…" });
      const format = flags.format ?? (flags.json ? "json" : "text");
      if (flags.dryRun && !flags.fix)
        throw new BitFeverError("BF5053", "--dry-run goes with --fix", {
          hint: "bf-compile --fix --dry-run FILE…",
        });
      if (flags.dryRun) {
        done(await showFixes(io, files));
        return;
      }
      if (flags.fix) await fixFiles(io, files);
      const { code, programs } = await checkFiles(io, files, format);
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

/** Writes the files that have fixes, and says what was fixed. */
async function fixFiles(io: Io, files: readonly string[]): Promise<void> {
  for (const given of await Promise.all(files.map(readSource))) {
    const { source, fixed } = fixSource(given);
    if (fixed.length > 0) await rewrite(given, source.text);
    tellFixed(io, source.name, fixed);
  }
}

/** Prints what `--fix` would change; the exit code is that of the files it would leave behind. */
async function showFixes(io: Io, files: readonly string[]): Promise<ExitCode> {
  const given = await Promise.all(files.map(readSource));
  const sources = given.map((before) => {
    const { source, fixed } = fixSource(before);
    tellFixed(io, source.name, fixed);
    io.out(unifiedDiff(source.name, before.text, source.text));
    return source;
  });
  return checkSources(io, sources, "text").code;
}

function tellFixed(io: Io, name: string, fixed: readonly Fixed[]): void {
  const { good } = paintOf(io);
  for (const { code, title, line, column } of fixed)
    io.err(`${good(`fixed ${code}`)}: ${name}:${line}:${column} ${title}\n`);
}

function emit(program: Program, format: EmitFormat): string {
  switch (format) {
    case "ts":
      return emitTypeScript(program);
    case "js":
      return emitJavaScript(program);
    case "dts":
      return emitDeclaration(program);
    case "plan":
      return `${JSON.stringify(specialise(program, catalogue, {}, { withLets: true }), null, 2)}\n`;
  }
}

/** Beside the source unless said otherwise. */
function targetOf(file: string, format: EmitFormat, out: string | undefined, severalFiles: boolean): string {
  const name = `${basename(file, extname(file))}.${{ ts: "ts", js: "js", dts: "d.bf.ts", plan: "plan.json" }[format]}`;
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
