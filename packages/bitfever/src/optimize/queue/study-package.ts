import { createHash } from "node:crypto";
import { catalogueWith, settingDefinitions, spaceOf, type Bars } from "@bitfever/engine";
import { version } from "../../version.js";
import type { TrialInput } from "../trial.js";
import {
  isAnything,
  isColumn,
  isExactly,
  isGroup,
  isHash,
  isList,
  isNone,
  isNumber,
  isOneOf,
  isRecord,
  isText,
  isTruth,
  isWhole,
  strange,
  type Check,
} from "./checks.js";
import { decode, encode } from "./plain-data.js";
import { protocol } from "./protocol.js";

/** All that the trials of a study need, ready to travel: a text, and columns that the text names by their hash. */
export interface StudyPackage {
  /** Of the text, and so of all. */
  readonly hash: string;
  readonly text: string;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** @param input  without indicators of one's own */
export function packed({ program, bars, settings, pilot, metrics, beyondMarket }: TrialInput): StudyPackage {
  const columns = new Map<string, Float64Array>();
  const text = encode(
    { protocol, version, program, bars, settings, pilot, metrics, beyondMarket },
    (column) => {
      const hash = hashOfBytes(bytesOf(column));
      columns.set(hash, column);
      return hash;
    },
  );
  return { hash: hashOfBytes(text), text, columns };
}

/**
 * The hashes of the columns that a text names.
 *
 * @throws BitFeverError BF5155 where one is no hash
 */
export function columnsIn(text: string): ReadonlySet<string> {
  const hashes = new Set<string>();
  decode(text, (hash) => {
    isHash(hash, "the name of a column");
    hashes.add(hash);
    return new Float64Array();
  });
  return hashes;
}

/** @throws BitFeverError BF5155 for what no `packed` wrote */
export function unpacked({ text, columns }: Pick<StudyPackage, "text" | "columns">): TrialInput {
  const found = decode(text, (hash) => columns.get(hash) ?? new Float64Array());
  isInput(found, "the study");
  const { program, bars, settings, pilot, metrics, beyondMarket } = found as Omit<
    TrialInput,
    "dimensions" | "fixed"
  >;
  try {
    const { dimensions, fixed } = spaceOf(program, catalogueWith());
    return { program, bars, settings, dimensions, fixed, pilot, metrics, beyondMarket };
  } catch (cause) {
    throw strange("the study is of no program", cause);
  }
}

export const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

export const hashOfBytes = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

const optional = (check: Check): Check => isOneOf(isNone, check);

const isBars: Check = (value, place) => {
  isGroup({
    ...{ symbol: isText, intervalMs: isNumber, length: isWhole, time: isColumn, open: isColumn },
    ...{ high: isColumn, low: isColumn, close: isColumn, volume: isColumn },
  })(value, place);
  const { length, time, open, high, low, close, volume } = value as Bars;
  if ([time, open, high, low, close, volume].some((each) => each.length !== length))
    throw strange(`columns of ${place} are not of one length`);
};

const isSettings = isGroup(
  Object.fromEntries(Object.keys(settingDefinitions).map((name) => [name, isAnything])),
);

const isFlow = isGroup({ time: isNumber, amount: isNumber, note: optional(isText) });

const isAction = isOneOf(
  isGroup({ kind: isExactly("split"), date: isText, newShares: isNumber, oldShares: isNumber }),
  isGroup({ kind: isExactly("dividend"), date: isText, amount: isNumber }),
  isGroup({ kind: isExactly("symbol"), date: isText, symbol: isText }),
);

/** The outside of it: what is inside is looked at by those who make plans of it, as of any program. */
const isProgram: Check = (value, place) => {
  isRecord(isAnything)(value, place);
  const { schema, name, source, ...parts } = value as Record<string, unknown>;
  isExactly("bitfever/program@1")(schema, `${place}.schema`);
  isText(name, `${place}.name`);
  isGroup({ name: isText, text: isText })(source, `${place}.source`);
  for (const part of [
    "parameters",
    "requirements",
    "markets",
    "lets",
    "rules",
    "limits",
    "alerts",
    "plots",
    "tests",
  ])
    isList(isRecord(isAnything))(parts[part], `${place}.${part}`);
};

const isInput = isGroup({
  ...{ protocol: isExactly(protocol), version: isExactly(version), program: isProgram, bars: isList(isBars) },
  settings: isGroup({
    settings: optional(isSettings),
    markets: optional(isRecord(isBars)),
    // Looked at by `checkInstruments` where the history is prepared.
    instruments: optional(isRecord(isRecord(isAnything))),
    rates: optional(isRecord(isBars)),
    finer: optional(isBars),
    flows: optional(isList(isFlow)),
    actions: optional(isRecord(isList(isAction))),
  }),
  ...{ pilot: isList(isNumber), metrics: isList(isText), beyondMarket: isTruth },
});
