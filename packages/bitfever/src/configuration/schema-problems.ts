import { z } from "zod";
import { redacted } from "../services/redaction.js";
import type { ZodLike } from "../services/service.js";
import { namesHint, type DataPath, type Problem } from "./problem.js";

type Issue = Parameters<NonNullable<z.core.$ZodErrorMap>>[0] & {
  readonly path: readonly PropertyKey[];
  readonly message: string;
};

/**
 * What a schema has to say of data, in words.
 *
 * @param root  where the data stand in the file
 * @param isShown  whether the value at a path may be printed
 */
export function schemaProblems(
  schema: ZodLike<unknown>,
  data: unknown,
  root: DataPath,
  isShown: (path: DataPath) => boolean,
): readonly Problem[] {
  const read = schema.safeParse(data);
  if (read.success) return [];
  return (read.error.issues as unknown as readonly Issue[])
    .map(likeliest)
    .flatMap((issue): readonly Problem[] => {
      const path = [...root, ...issue.path.map((each) => (typeof each === "number" ? each : String(each)))];
      if (issue.code === "unrecognized_keys") {
        const known = namesAt(schema, issue.path);
        return issue.keys.map((key) => ({
          ...{ path: [...path, key], text: "is not known here", isOfName: true },
          hint: namesHint(key, known, "the names are"),
        }));
      }
      const value = valueAt(data, issue.path);
      const { what, hint } = wordsOf(issue.message);
      if (value === undefined) return [{ path, text: "is missing", hint }];
      return [{ path, text: `is ${isShown(path) ? shown(value) : redacted}${what}`, hint }];
    });
}

/** Of what may be one thing or another, what is wrong with the one that it is most like. */
function likeliest(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || issue.message !== "Invalid input") return issue;
  const branches = issue.errors as unknown as readonly (readonly Issue[])[];
  const depth = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(({ path }) => path.length));
  const [first] = [...branches].sort((a, b) => depth(b) - depth(a))[0] ?? [];
  return first === undefined ? issue : likeliest({ ...first, path: [...issue.path, ...first.path] });
}

/** A message says what it should be, what it is not and then what it should be, or how zod says it. */
function wordsOf(message: string): { readonly what: string; readonly hint: string } {
  const [, isNot, remedy] = /^(is n.*?); (.+)$/.exec(message) ?? [];
  if (remedy !== undefined) return { what: `, and ${isNot}`, hint: remedy };
  const plain = message.replace(/^Invalid \w+: /, "");
  return { what: "", hint: /^(expected|must|[A-Z])/.test(plain) ? plain : `write ${plain}` };
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = data;
  for (const each of path) found = (found as Record<PropertyKey, unknown> | null | undefined)?.[each];
  return found;
}

const longest = 60;

function shown(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a group of names";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.length > longest ? `${text.slice(0, longest)}…` : text}\``;
}

/** The names that a schema of zod knows at a path; none where it is no object there. */
function namesAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  let at = bare(schema);
  for (const each of path) {
    if (at instanceof z.ZodObject) at = bare((at.shape as Record<PropertyKey, unknown>)[each]);
    else if (at instanceof z.ZodArray) at = bare(at.element);
    else if (at instanceof z.ZodRecord) at = bare(at.valueType);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function bare(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodNullable || at instanceof z.ZodDefault)
    at = at.unwrap();
  return at;
}
