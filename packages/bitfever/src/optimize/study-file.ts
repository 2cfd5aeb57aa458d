import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { BitFeverError } from "@bitfever/lang";
import type { OptionValues, Point } from "@bitfever/engine";
import type { TrialOutcome } from "./trial-outcome.js";

/** What a study rests on: the same of all its trials. */
export interface StudyHeader {
  readonly schema: "bitfever/study@1";
  readonly program: { readonly name: string; readonly hash: string };
  /** Hashes. */
  readonly data: string;
  readonly settings: string;
  /** Names of the parameters that are searched, and what they may be. */
  readonly space: string;
  readonly method: { readonly name: string; readonly options: OptionValues };
  readonly seed: number;
  readonly objectives: readonly string[];
  readonly constraints: readonly string[];
  /** What is kept of each trial. */
  readonly metrics: readonly string[];
  /** Of a walk-forward, whose searches stand in the file one after another. */
  readonly windows?: StudyWindows;
}

export interface StudyWindows {
  readonly kind: "rolling" | "anchored";
  /** In sessions. */
  readonly train: number;
  readonly test: number;
  readonly purge: number;
  /** How many trials a window has at most. */
  readonly trials: number;
}

/** A trial as a line of the file has it. */
export interface WrittenTrial {
  readonly number: number;
  readonly point: Point;
  readonly fidelity: number;
  readonly outcome: TrialOutcome;
}

/** A study on disk: a header and a line for each trial, written as they come. */
export interface StudyFile {
  /** As it was begun with. */
  readonly header: StudyHeader;
  readonly trials: readonly WrittenTrial[];
  append(trial: WrittenTrial): void;
  close(): void;
}

/**
 * Opens a study to go on with it, or begins one where there is no such file. A last line that was not finished, as after a
 * crash, is dropped.
 *
 * @param header   of the study that is wanted
 * @param options  of its method those that have to be the same; the others are those it was begun with
 * @throws BitFeverError BF5133 for a study of something else, BF5134 for a file that is no study, BF5021 where it cannot be
 *   written
 */
export function openStudyFile(path: string, header: StudyHeader, options: readonly string[]): StudyFile {
  const bytes = readIfThere(path);
  const whole = bytes === null ? 0 : bytes.lastIndexOf(0x0a) + 1;
  const text = bytes === null ? "" : new TextDecoder().decode(bytes.subarray(0, whole));
  const [first, ...lines] = text.split("\n").slice(0, -1);
  const isTorn =
    bytes !== null && beginning.startsWith(new TextDecoder().decode(bytes.subarray(0, beginning.length)));
  if (first === undefined && bytes !== null && !isTorn) throw stranger(path);
  const found = first === undefined ? null : headerOf(path, first);
  if (found !== null) compareHeaders(path, found, header, options);
  const trials = lines.map((line, i) => trialOf(path, line, i));
  const file = openToAppend(path, whole);
  const write = (value: unknown): void => void writeSync(file, `${JSON.stringify(value)}\n`);
  if (found === null) write(header);
  return {
    header: found ?? header,
    trials,
    append: (trial) => {
      write(lineOf(trial));
    },
    close: () => {
      closeSync(file);
    },
  };
}

function lineOf({ number, point, fidelity, outcome }: WrittenTrial): object {
  const common = { trial: number, point, fidelity };
  if (outcome.kind === "failure") return { ...common, error: outcome.error };
  const { metrics, trades, longestHolding, returns } = outcome;
  return { ...common, metrics, trades, longestHolding, returns: packed(returns) };
}

function trialOf(path: string, line: string, i: number): WrittenTrial {
  const refuse = (cause?: unknown): never => {
    throw new BitFeverError("BF5134", `${path}: line ${i + 2} is no trial`, {
      cause,
      hint: "take that line and all after it out to go on from there, or begin a new study",
    });
  };
  let read: Partial<Record<string, unknown>>;
  try {
    read = JSON.parse(line) as typeof read;
  } catch (cause) {
    return refuse(cause);
  }
  const { trial: number, point, fidelity, error, metrics, trades, longestHolding, returns } = read;
  if (number !== i || !Array.isArray(point) || typeof fidelity !== "number") return refuse();
  if (error !== undefined) {
    const outcome = { kind: "failure", error } as TrialOutcome;
    return { number, point: point as Point, fidelity, outcome };
  }
  if (typeof metrics !== "object" || typeof returns !== "string") return refuse();
  const outcome = {
    kind: "figures",
    metrics,
    trades,
    longestHolding,
    returns: unpacked(returns),
    kernels: 0,
  };
  return { number, point: point as Point, fidelity, outcome: outcome as TrialOutcome };
}

/** Sessions without a position are zeros, of which packing leaves little. */
const packed = ({ buffer, byteOffset, byteLength }: Float64Array): string =>
  deflateRawSync(new Uint8Array(buffer, byteOffset, byteLength)).toString("base64");

function unpacked(text: string): Float64Array {
  const bytes = inflateRawSync(Buffer.from(text, "base64"));
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

function headerOf(path: string, line: string): StudyHeader {
  try {
    const header = JSON.parse(line) as StudyHeader;
    if ((header.schema as string | undefined) === "bitfever/study@1") return header;
  } catch {
    // What is no JSON is no header either.
  }
  throw stranger(path);
}

/** How the header begins: what is torn before its end is a study that has no trial yet. */
const beginning = `{"schema":"bitfever/study@1"`;

const stranger = (path: string): BitFeverError =>
  new BitFeverError("BF5134", `${path} is no study: its first line is no header of one`, {
    hint: "give the file of a study, or the name of a file that is not there yet",
  });

const differing = {
  program: "another program",
  data: "other data",
  settings: "other settings",
  space: "other parameters or ranges",
  method: "another method or other options",
  seed: "another seed",
  objectives: "other objectives",
  constraints: "other constraints",
  metrics: "other metrics",
  windows: "other windows, or of none",
} as const;

function compareHeaders(
  path: string,
  found: StudyHeader,
  wanted: StudyHeader,
  options: readonly string[],
): void {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const isSame = (name: keyof typeof differing): boolean => {
    if (name === "program") return found.program.hash === wanted.program.hash;
    if (name !== "method") return same(found[name], wanted[name]);
    const isOption = (option: string): boolean =>
      found.method.options[option] === wanted.method.options[option];
    return found.method.name === wanted.method.name && options.every(isOption);
  };
  const names = (Object.keys(differing) as (keyof typeof differing)[]).filter((name) => !isSame(name));
  if (names.length === 0) return;
  throw new BitFeverError(
    "BF5133",
    `${path} is a study of ${names.map((each) => differing[each]).join(", ")}`,
    {
      hint: `${toldOf(names[0], found)}; go on with what it was begun with, or give another file`,
    },
  );
}

function toldOf(name: keyof typeof differing, found: StudyHeader): string {
  switch (name) {
    case "program":
      return `it was begun for "${found.program.name}" as it was then`;
    case "method":
      return `it was begun with ${found.method.name} ${JSON.stringify(found.method.options)}`;
    case "seed":
    case "objectives":
    case "constraints":
    case "windows":
      return `its ${name}: ${JSON.stringify(found[name] ?? "none")}`;
    default:
      return `the ${name} it was begun with have changed`;
  }
}

function readIfThere(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new BitFeverError("BF5020", `cannot read ${path}: ${(cause as NodeJS.ErrnoException).code ?? ""}`, {
      cause,
      hint: "check the path",
    });
  }
}

function openToAppend(path: string, length: number): number {
  try {
    const file = openSync(path, "a");
    ftruncateSync(file, length);
    return file;
  } catch (cause) {
    throw new BitFeverError(
      "BF5021",
      `cannot write ${path}: ${(cause as NodeJS.ErrnoException).code ?? ""}`,
      {
        cause,
        hint: "check the path and its rights",
      },
    );
  }
}
