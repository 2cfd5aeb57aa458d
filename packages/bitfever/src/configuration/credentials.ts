import { readFile, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { platform } from "node:process";
import { BitFeverError } from "@bitfever/lang";
import { isMap, isScalar, parseDocument } from "yaml";
import type { DataPath } from "./problem.js";
import { Secret, type SecretTexts } from "./secret.js";

/** Variables of the process, passed in so that tests can give others. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a file with secrets that others than its owner may read. Windows has no such permissions: there nothing is refused.
 *
 * @throws BitFeverError BF5201 where they may
 */
async function checkPrivate(path: string, environment: Environment): Promise<void> {
  const open = await openTo(path, environment);
  if (open !== null)
    throw new BitFeverError(
      "BF5201",
      `${path} has secrets, and others than you may read it (its permissions are ${open})`,
      { hint: `chmod 600 ${path}` },
    );
}

/** The permissions of a file that others than its owner may read or write; null for one that is private. */
export async function openTo(
  path: string,
  { CREDENTIALS_DIRECTORY: ofService }: Environment,
): Promise<string | null> {
  if (platform === "win32") return null;
  const { mode } = await stat(path);
  // What systemd hands to a service is root's: that the service may read it, and nobody else, looks like a right of the group.
  const isOfService = ofService !== undefined && resolve(path).startsWith(resolve(ofService) + sep);
  return (mode & (isOfService ? 0o037 : 0o077)) === 0 ? null : (mode & 0o777).toString(8);
}

/**
 * Reads secrets by name: `NAME: value` lines, YAML or JSON.
 *
 * @throws BitFeverError BF5201 for a file that others may read, BF5200 for one that is none; no message has a value
 */
export async function readCredentials(
  path: string,
  environment: Environment,
): Promise<ReadonlyMap<string, Secret>> {
  const wrong = (what: string): BitFeverError =>
    new BitFeverError("BF5200", `${path} ${what}`, { hint: "write one secret a line: NAME: value" });
  let text: string;
  try {
    await checkPrivate(path, environment);
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof BitFeverError) throw cause;
    throw new BitFeverError("BF5200", `${path} cannot be read`, { hint: "check the path of `credentials`" });
  }
  const { contents, errors } = parseDocument(text, { prettyErrors: false });
  if (errors.length > 0 || !isMap(contents)) throw wrong("is no list of secrets by name");
  return new Map(
    contents.items.map(({ key, value }) => {
      if (!isScalar(key) || !isScalar(value)) throw wrong("has something that is no secret by name");
      // As it is written: a key of digits stays what it is.
      const written = value.source ?? String(value.value);
      return [String(key.value), new Secret(written)] as const;
    }),
  );
}

/** A reference in a text: `${NAME}`. */
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** What data refer to, with the names that stand for nothing. */
export interface Resolved {
  readonly data: unknown;
  readonly missing: readonly MissingName[];
}

/** A name that stands for nothing, and where it is referred to. */
export interface MissingName {
  readonly name: string;
  readonly path: DataPath;
}

/** Looks names up: in the environment first, then in the file of secrets. */
export class Credentials {
  constructor(
    private readonly environment: Environment,
    private readonly kept: ReadonlyMap<string, Secret>,
    private readonly revealed: SecretTexts,
  ) {}

  /**
   * Plain data with each `${NAME}` put in.
   *
   * @param isSecret  whether what is put in under a name must not be shown from then on
   */
  resolve(data: unknown, isSecret: (key: string) => boolean): Resolved {
    const missing: MissingName[] = [];
    const put = (given: unknown, path: DataPath): unknown => {
      if (typeof given === "string")
        return given.replace(reference, (whole, name: string) => {
          const secret = this.find(name);
          if (secret === undefined) {
            missing.push({ name, path });
            return whole;
          }
          if (isSecret(path.findLast((each) => typeof each === "string") ?? "")) this.revealed.add(secret);
          return secret.reveal();
        });
      if (Array.isArray(given)) return given.map((each, i) => put(each, [...path, i]));
      if (typeof given !== "object" || given === null) return given;
      return Object.fromEntries(
        Object.entries(given).map(([name, each]) => [name, put(each, [...path, name])]),
      );
    };
    return { data: put(data, []), missing };
  }

  private find(name: string): Secret | undefined {
    const given = this.environment[name];
    return given === undefined || given === "" ? this.kept.get(name) : new Secret(given);
  }
}
