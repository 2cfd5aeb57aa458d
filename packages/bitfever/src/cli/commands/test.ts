import { BitFeverError, positionAt, type Program } from "@bitfever/lang";
import { Command } from "commander";
import { readSource, writeWhole } from "../../files.js";
import { fileModules } from "../../modules.js";
import { failureText } from "../../testing/failure-text.js";
import { readGoldens, writeGoldens } from "../../testing/golden-files.js";
import type { TestOutcome } from "../../testing/outcome.js";
import { runTest, testsOf } from "../../testing/run-tests.js";
import { compileForTests } from "../../testing/test-program.js";
import { countOf, exitCodes, paintOf, showError, type ExitCode, type Io } from "../io.js";
import { suitesXml } from "../junit.js";
import { collectPair, settingsOf, wholeFrom } from "../options.js";
import { wallClock } from "../../clock.js";
import { watchFiles } from "../watch-files.js";

interface Flags {
  readonly filter?: string;
  readonly watch?: true;
  readonly update?: true;
  readonly runs?: number;
  readonly seed?: number;
  readonly set?: Record<string, string>;
  readonly junit?: string;
  readonly json?: string;
}

interface Ran {
  readonly outcome: TestOutcome;
  readonly ms: number;
}

/** The tests of a file as they came out. */
interface FileRan {
  readonly program: Program;
  readonly ran: readonly Ran[];
}

/** `bf test`: the tests that stand in programs. */
export function testCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("test")
    .summary("Run the tests in programs")
    .description(
      "Run the tests in programs: test, property, law and golden.\n" +
        "Exit code: 0 all hold, 1 an error in a program, 2 wrong usage, 3 a test failed.",
    )
    .argument("<files...>", "strategies and modules, .bf files")
    .option("--filter <text>", "only tests whose kind and name, such as 'law scale', contain the text")
    .option("--watch", "run again whenever a file changes, until stopped")
    .option("--update", "write golden files as the trades are now")
    .option("--runs <n>", "histories for each property and law; 100 by default", wholeFrom(1))
    .option("--seed <n>", "chooses the histories; 1 by default", wholeFrom(0))
    .option("--set <name=value>", "a setting of `bf backtest` (repeatable)", collectPair)
    .option("--junit <path>", "write the outcomes as JUnit XML")
    .option("--json <path>", "write the outcomes as JSON; - for stdout")
    .action(async (files: string[], flags: Flags) => {
      if (!flags.watch) {
        done(await testFiles(io, files, flags));
        return;
      }
      const again = async (): Promise<void> => {
        done(await testFiles(io, files, flags).catch((error: unknown) => showError(io, error)));
        io.err("watching, Ctrl-C stops\n");
      };
      await watchFiles(files, io.signal, again);
    });
}

async function testFiles(io: Io, files: readonly string[], flags: Flags): Promise<ExitCode> {
  const tell = flags.json === "-" ? io.err : io.out;
  const all: FileRan[] = [];
  let hasErrors = false;
  for (const file of files) {
    try {
      all.push(await testFile(io, file, flags, tell));
    } catch (error) {
      if (!(error instanceof BitFeverError) || error.code !== "BF1000") throw error;
      showError(io, error);
      hasErrors = true;
    }
  }
  const ran = all.flatMap((each) => each.ran);
  if (ran.length === 0 && !hasErrors) throw nothingToRun(files, flags.filter);

  const failed = ran.filter(({ outcome }) => outcome.failures.length > 0).length;
  const paint = paintOf(io);
  const sum = failed === 0 ? paint.good(`${ran.length} passed`) : paint.error(`${failed} failed`);
  tell(`\n${countOf(ran.length, "test")}: ${sum}${failed === 0 ? "" : `, ${ran.length - failed} passed`}\n`);
  if (flags.json === "-") io.out(jsonOf(all));
  else if (flags.json !== undefined) await writeWhole(flags.json, jsonOf(all));
  if (flags.junit !== undefined) await writeWhole(flags.junit, junitOf(all));
  return hasErrors ? exitCodes.failed : failed > 0 ? exitCodes.assertion : exitCodes.fine;
}

async function testFile(io: Io, file: string, flags: Flags, tell: (text: string) => void): Promise<FileRan> {
  const program = compileForTests(await readSource(file), { findModule: fileModules });
  const paint = paintOf(io);
  const tests = testsOf(program, flags.filter);
  const { runs, seed } = flags;
  const options = {
    settings: settingsOf(flags),
    goldens: await readGoldens(file, tests),
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
  };
  const ran: Ran[] = [];
  if (tests.length > 0) tell(`${paint.strong(file)}\n`);
  for (const test of tests) {
    io.signal.throwIfAborted();
    const start = wallClock();
    let outcome = await runTest(program, test, options);
    if (flags.update) {
      const written = await writeGoldens(file, [outcome]);
      if (written.length > 0) outcome = { ...outcome, failures: [], note: `wrote ${written.join(", ")}` };
    }
    const ms = wallClock() - start;
    ran.push({ outcome, ms });
    const sign = outcome.failures.length === 0 ? paint.good("✓") : paint.error("✗");
    const note = outcome.note === undefined ? "" : ` (${outcome.note})`;
    tell(`${sign} ${nameOf(outcome)}  ${paint.faint(`${Math.round(ms)} ms${note}`)}\n`);
    for (const each of outcome.failures) tell(`\n${failureText(program.source, each, paint)}\n\n`);
  }
  return { program, ran };
}

const nameOf = ({ kind, name }: TestOutcome): string =>
  kind === "law" ? `law ${name}` : `${kind} "${name}"`;

function nothingToRun(files: readonly string[], filter: string | undefined): BitFeverError {
  if (filter !== undefined)
    return new BitFeverError("BF5063", `no test in ${files.join(", ")} has "${filter}" in its name`, {
      hint: "leave --filter out to run them all",
    });
  return new BitFeverError("BF5063", `there are no tests in ${files.join(", ")}`, {
    hint: 'write one into the strategy: `test "buys" { bars { … } expect orders { … } }`, or `law prefix`',
  });
}

function jsonOf(all: readonly FileRan[]): string {
  const files = all.map(({ program, ran }) => ({
    file: program.source.name,
    program: program.name,
    tests: ran.map(({ outcome: { kind, name, span, failures, note }, ms }) => ({
      ...{ kind, name, passed: failures.length === 0, ms: Math.round(ms) },
      ...positionAt(program.source, span.start),
      note: note ?? null,
      failures: failures.map(({ span: place, ...rest }) => ({
        ...rest,
        ...positionAt(program.source, place.start),
      })),
    })),
  }));
  const tests = files.flatMap((each) => each.tests);
  const passed = tests.filter((each) => each.passed).length;
  const report = { schema: "bitfever/test@1", passed, failed: tests.length - passed, files };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const junitOf = (all: readonly FileRan[]): string =>
  suitesXml(
    all.map(({ program, ran }) => ({
      name: program.source.name,
      cases: ran.map(({ outcome, ms }) => ({
        name: nameOf(outcome),
        seconds: ms / 1_000,
        failure:
          outcome.failures.length === 0
            ? null
            : {
                message: outcome.failures[0].message,
                details: outcome.failures.map((each) => failureText(program.source, each)).join("\n\n"),
              },
      })),
    })),
  );
