import { BitFeverError } from "@bitfever/lang";
import { Command } from "commander";
import { readSource, writeWhole } from "../../files.js";
import { listedModules } from "../../modules.js";
import { failureText } from "../../testing/failure-text.js";
import { readGoldens, writeGoldens } from "../../testing/golden-files.js";
import { runTest, testsOf } from "../../testing/run-tests.js";
import { addCacheOptions, cacheFolderOf, type CacheFlags } from "../kept-runs/cache-options.js";
import { keptOrMade } from "../kept-runs/kept-or-made.js";
import { compileForTests } from "../../testing/test-program.js";
import { countOf, exitCodes, paintOf, showError, type ExitCode, type Io } from "../io.js";
import { addToSummary, annotationsText, errorAnnotations } from "../github.js";
import { collectPair, settingsOf, share, wholeFrom } from "../options.js";
import {
  testAnnotations,
  testJson,
  testJunit,
  testMarkdown,
  testName,
  type FileRan,
  type Ran,
} from "../test-outcomes.js";
import { wallClock } from "../../clock.js";
import { watchFiles } from "../watch-files.js";

interface Flags extends CacheFlags {
  readonly filter?: string;
  readonly watch?: true;
  readonly update?: true;
  readonly runs?: number;
  readonly seed?: number;
  readonly set?: Record<string, string>;
  readonly junit?: string;
  readonly json?: string;
  readonly github?: true;
  readonly tolerance?: number;
}

/** `bf test`: the tests that stand in programs. */
export function testCommand(io: Io, done: (code: ExitCode) => void): Command {
  const command = new Command("test")
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
    .option("--github", "annotate files in GitHub Actions, and add what failed to the page of the job")
    .option(
      "--tolerance <share>",
      "how far the numbers of golden files may be off, such as 0.01%; by default not at all",
      share,
    );
  return addCacheOptions(command).action(async (files: string[], flags: Flags) => {
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
      if (flags.github) io.err(annotationsText(errorAnnotations(error)));
      hasErrors = true;
    }
  }
  const ran = all.flatMap((each) => each.ran);
  if (ran.length === 0 && !hasErrors) throw nothingToRun(files, flags.filter);

  const failed = ran.filter(({ outcome }) => outcome.failures.length > 0).length;
  const paint = paintOf(io);
  const sum = failed === 0 ? paint.good(`${ran.length} passed`) : paint.error(`${failed} failed`);
  tell(`\n${countOf(ran.length, "test")}: ${sum}${failed === 0 ? "" : `, ${ran.length - failed} passed`}\n`);
  if (flags.json === "-") io.out(testJson(all));
  else if (flags.json !== undefined) await writeWhole(flags.json, testJson(all));
  if (flags.junit !== undefined) await writeWhole(flags.junit, testJunit(all));
  if (flags.github) {
    io.err(annotationsText(all.flatMap(testAnnotations)));
    await addToSummary(io, testMarkdown(all));
  }
  return hasErrors ? exitCodes.failed : failed > 0 ? exitCodes.assertion : exitCodes.fine;
}

async function testFile(io: Io, file: string, flags: Flags, tell: (text: string) => void): Promise<FileRan> {
  const source = await readSource(file);
  const { findModule, imported } = listedModules();
  const program = compileForTests(source, { findModule });
  const tests = testsOf(program, flags.filter);
  const { filter, runs, seed, tolerance } = flags;
  const goldens = await readGoldens(file, tests);
  const options = {
    settings: settingsOf(flags),
    goldens,
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
  const paint = paintOf(io);
  if (tests.length > 0) tell(`${paint.strong(file)}\n`);
  const tellOf = ({ outcome, ms }: Ran): void => {
    const sign = outcome.failures.length === 0 ? paint.good("✓") : paint.error("✗");
    const note = outcome.note === undefined ? "" : ` (${outcome.note})`;
    tell(`${sign} ${testName(outcome)}  ${paint.faint(`${Math.round(ms)} ms${note}`)}\n`);
    for (const each of outcome.failures) tell(`\n${failureText(program.source, each, paint)}\n\n`);
  };
  let isMade = false;
  const make = async (): Promise<Pick<FileRan, "ran">> => {
    const ran: Ran[] = [];
    for (const test of tests) {
      io.signal.throwIfAborted();
      const start = wallClock();
      let outcome = await runTest(program, test, options);
      if (flags.update) {
        const written = await writeGoldens(file, [outcome]);
        if (written.length > 0) outcome = { ...outcome, failures: [], note: `wrote ${written.join(", ")}` };
      }
      const each = { outcome, ms: wallClock() - start };
      ran.push(each);
      // Others may take long.
      tellOf(each);
    }
    isMade = true;
    return { ran };
  };
  // Who updates golden files wants them written, whatever came of the tests before.
  const folder = flags.update || tests.length === 0 ? null : cacheFolderOf(flags);
  const ingredients = {
    command: "test",
    sources: [source, ...imported],
    values: Object.entries({ filter, runs, seed, tolerance, set: flags.set, goldens }).map(
      ([name, value]) => [name, value ?? null] as const,
    ),
    ...{ inputs: [], outputs: [], isColored: io.color },
  };
  const { ran } = await keptOrMade(io, folder, ingredients, make);
  if (!isMade) ran.forEach(tellOf);
  return { program, ran };
}

function nothingToRun(files: readonly string[], filter: string | undefined): BitFeverError {
  if (filter !== undefined)
    return new BitFeverError("BF5063", `no test in ${files.join(", ")} has "${filter}" in its name`, {
      hint: "leave --filter out to run them all",
    });
  return new BitFeverError("BF5063", `there are no tests in ${files.join(", ")}`, {
    hint: 'write one into the strategy: `test "buys" { bars { … } expect orders { … } }`, or `law prefix`',
  });
}
