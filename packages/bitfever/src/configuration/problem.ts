import { BitFeverError, nearest } from "@bitfever/lang";

/** Where in the data of a file something stands. */
export type DataPath = readonly (string | number)[];

/** Something that a configuration should not say. */
export interface Problem {
  readonly path: DataPath;
  /** About what stands at the path: `is missing`, `is \`5\``. */
  readonly text: string;
  readonly hint: string;
  /** Left out, that of a configuration. */
  readonly code?: string;
  /** It is the name that is wrong, not the value under it. */
  readonly isOfName?: boolean;
}

/** With its place in the file; line and column are counted from 1. */
export interface PlacedProblem extends Required<Pick<Problem, "code" | "text" | "hint">> {
  readonly line: number;
  readonly column: number;
  /** The path as people write it: `strategies[1].share`. */
  readonly place: string;
}

/** As people write it. */
export const placeOf = (path: DataPath): string =>
  path.map((each, i) => (typeof each === "number" ? `[${each + 1}]` : i === 0 ? each : `.${each}`)).join("");

/** What is thrown on reading a value, as a problem at its place. */
export function problemOf(path: DataPath, error: unknown): Problem {
  if (!(error instanceof BitFeverError)) throw error;
  const { code, message, hint = "look at what it says" } = error;
  return { path, code, text: `cannot be: ${message}`, hint };
}

/** What is there instead of a name that is not, with the one that was meant if it is near. */
export function namesHint(name: string, known: readonly string[], what: string): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean \`${meant}\`? ${what} ${known.join(", ")}`;
  return known.length === 0 ? "leave it out" : `${what} ${known.join(", ")}`;
}

/** A problem as a line, and its remedy as another. */
export const problemLines = (file: string, each: PlacedProblem): readonly string[] => [
  `${file}:${each.line}:${each.column}: ${each.place === "" ? "the file" : `\`${each.place}\``} ${each.text}`,
  `  = help: ${each.hint}`,
];

/** All problems of a file as one error. */
export function errorOf(file: string, problems: readonly PlacedProblem[]): BitFeverError {
  const [first, ...more] = problems;
  if (more.length === 0) {
    const [text] = problemLines(file, first);
    return new BitFeverError(first.code, text, { hint: first.hint });
  }
  const lines = problems.flatMap((each) => problemLines(file, each));
  return new BitFeverError("BF5200", `${file} has ${problems.length} errors\n${lines.join("\n")}`);
}
