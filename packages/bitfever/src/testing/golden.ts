import type { Program, Test } from "@bitfever/lang";
import { isoTime, type Trade } from "@bitfever/engine";
import { jsonText } from "../json-text.js";
import { tradeLine } from "../trade-line.js";
import { barsToWarm, historiesOfWalks, walksFor, type Move } from "./history.js";
import type { TestSetup } from "./options.js";
import type { TestOutcome } from "./outcome.js";
import { isSameLine } from "./same-line.js";
import { planTest } from "./plan-test.js";
import { runOn } from "./run-histories.js";
import { sideBySide } from "./side-by-side.js";

/** What a golden file keeps of a run. */
interface Kept {
  readonly schema: "bitfever/golden@1";
  readonly program: string;
  readonly bars: number;
  readonly trades: readonly string[];
}

/** Bars behind the warm-up. */
const barsToKeep = 1_000;

/** Runs a `golden`: the trades on a history that never changes are those of its file. */
export function runGolden(
  program: Program,
  { name, span }: Extract<Test, { kind: "golden" }>,
  setup: TestSetup,
): Pick<TestOutcome, "failures" | "golden"> {
  const { settings, goldens, tolerance } = setup;
  const plan = planTest(program, {}, [], setup);
  const length = barsToWarm(plan) + barsToKeep;
  const walks = Array.from({ length: walksFor({ program, plan }) }, (_, i) => ({
    start: 400,
    drift: 0,
    moves: movesOf(length, i),
  }));
  const histories = historiesOfWalks(walks, { program, plan, settings, lowest: 100, highest: 1_600 });
  const trades = runOn(plan, histories, setup).trades.map(lineOf);
  const now: Kept = { schema: "bitfever/golden@1", program: program.name, bars: length, trades };
  const golden = jsonText(now);
  const hint = "look at the difference; if it is meant, write the file with `bf test --update`";
  const failed = (message: string, details = ""): Pick<TestOutcome, "failures" | "golden"> => ({
    failures: [{ message, span, details, hint }],
    golden,
  });
  if (!Object.hasOwn(goldens, name))
    return {
      failures: [
        {
          message: `there is no ${name}.golden.json beside the file`,
          span,
          details: "",
          hint: "`bf test --update` writes it, with the trades as they are now",
        },
      ],
      golden,
    };
  const kept = keptIn(goldens[name]);
  if (kept === null) return failed(`${name}.golden.json is not a golden file`);
  const differs = (i: number): boolean => !isSameLine(kept[i], trades[i], tolerance);
  const first = Array.from({ length: Math.max(kept.length, trades.length) }, (_, i) => i).find(differs);
  if (first === undefined) return { failures: [], golden };
  const message = `the trades are not those of ${name}.golden.json, from number ${first + 1} on`;
  return failed(message, sideBySide(["kept", "got"], kept, trades, differs));
}

function keptIn(text: string): readonly string[] | null {
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    return kept?.schema === "bitfever/golden@1" && Array.isArray(kept.trades) ? kept.trades : null;
  } catch {
    return null;
  }
}

const lineOf = ({ entryTime, exitTime, ...trade }: Trade): string =>
  tradeLine({
    ...trade,
    ...{ entryTime: isoTime(entryTime), exitTime: exitTime === null ? null : isoTime(exitTime) },
  });

/** A history of our own making: that of a library may be another in its next version. */
function movesOf(length: number, seed: number): readonly Move[] {
  let state = 20_240_903 + seed;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const most = (): number => (next(20) === 0 ? 40 : 8);
  return Array.from({ length }, (): Move => {
    const span = most();
    return {
      gap: next(4) === 0 ? next(2 * span + 1) - span : 0,
      body: next(2 * span + 1) - span,
      up: next(span),
      down: next(span),
      volume: 1 + next(100),
      opensSession: next(8) === 0,
    };
  });
}
