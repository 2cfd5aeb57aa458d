import type { ZodLike } from "../services/service.js";
import type { Credentials, MissingName } from "./credentials.js";
import type { DataPath, Problem } from "./problem.js";
import { schemaProblems } from "./schema-problems.js";
import { Secret } from "./secret.js";

/** What stands under these names is no secret, wherever its text comes from. */
const open = /^(url|host|port|path|zone|venue|kind|symbol|symbols)$/;
export const isSecretName = (name: string): boolean => !open.test(name);

/** Names of what nobody writes into a file that others may read. */
const secretWords = /secret|token|password|passphrase|api_?key|private_?key/i;

/** A secret that data have as it is, instead of a reference to one. */
interface LiteralSecret {
  readonly path: DataPath;
  readonly secret: Secret;
}

export function literalSecrets(data: unknown, path: DataPath): readonly LiteralSecret[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, each]): readonly LiteralSecret[] => {
    const own = [...path, Array.isArray(data) ? Number(name) : name];
    if (typeof each === "string" && each !== "" && secretWords.test(name) && !each.includes("${"))
      return [{ path: own, secret: new Secret(each) }];
    return literalSecrets(each, own);
  });
}

export interface ReadOptions<Options> {
  /** Undefined where they cannot be. */
  readonly options: Options | undefined;
  readonly problems: readonly Problem[];
  readonly missing: readonly MissingName[];
}

/**
 * Options of something with a schema of its own: references are put in, and what is left is checked.
 *
 * @param path  where they stand in the file
 * @param leaves  whether what refers to a name that stands for nothing is left out, as if nobody had written it
 */
export function readOptions<Options>(
  schema: ZodLike<Options>,
  raw: Readonly<Record<string, unknown>>,
  path: DataPath,
  credentials: Credentials,
  leaves = false,
): ReadOptions<Options> {
  const { data, missing } = credentials.resolve(raw, isSecretName);
  const isMissing = ([name]: DataPath): boolean => missing.some((each) => each.path[0] === name);
  const named = data as Readonly<Record<string, unknown>>;
  const given = leaves
    ? Object.fromEntries(Object.entries(named).filter(([name]) => !isMissing([name])))
    : named;
  const placed = missing.map((each) => ({ ...each, path: [...path, ...each.path] }));
  for (const attempt of [given, withNumbers(raw, given)]) {
    const read = schema.safeParse(attempt);
    if (read.success) return { options: read.data, problems: [], missing: placed };
  }
  const isShown = (at: DataPath): boolean => {
    const name = at.findLast((each) => typeof each === "string");
    return name !== undefined && !isSecretName(name);
  };
  const problems = schemaProblems(schema, given, path, isShown).filter(
    (each) => !isMissing(each.path.slice(path.length)),
  );
  return { options: undefined, problems, missing: placed };
}

/** A reference by itself may stand for a number, or for true or false. */
function withNumbers(raw: unknown, resolved: unknown): unknown {
  if (typeof raw === "string" && typeof resolved === "string") {
    if (!/^\$\{\w+\}$/.test(raw)) return resolved;
    if (resolved === "true" || resolved === "false") return resolved === "true";
    return /^-?\d+(\.\d+)?$/.test(resolved) ? Number(resolved) : resolved;
  }
  if (Array.isArray(raw) && Array.isArray(resolved))
    return resolved.map((each, i) => withNumbers(raw[i], each));
  if (typeof raw !== "object" || raw === null || typeof resolved !== "object" || resolved === null)
    return resolved;
  const before = raw as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(resolved).map(([name, each]) => [name, withNumbers(before[name], each)]),
  );
}
