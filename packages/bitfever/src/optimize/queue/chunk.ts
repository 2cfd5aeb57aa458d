import type { Proposal, Span } from "@bitfever/engine";
import {
  isGroup,
  isHash,
  isList,
  isNone,
  isNumber,
  isOneOf,
  isWhole,
  strange,
  type Check,
} from "./checks.js";
import { hashOfBytes } from "./study-package.js";

/** Trials that a worker makes together; what they come to depends on nothing but this. */
export interface Chunk {
  /** The hash of the package of their study. */
  readonly study: string;
  readonly span: Span | null;
  readonly trials: readonly Pick<Proposal, "point" | "fidelity">[];
}

/** Far more than a coordinator asks for at once. */
const mostTrials = 100_000;

const isSpan: Check = (value, place) => {
  isGroup({ from: isWhole, to: isWhole })(value, place);
  const { from, to } = value as Span;
  if (from >= to) throw strange(`${place} has no bar`);
};

const isTrial = isGroup({ point: isList(isNumber), fidelity: isNumber });

/** @throws BitFeverError BF5155 for what is no chunk */
export function chunkOf(data: unknown): Chunk {
  isGroup({ study: isHash, span: isOneOf(isNone, isSpan), trials: isList(isTrial) })(data, "the chunk");
  const chunk = data as Chunk;
  if (chunk.trials.length > mostTrials) throw strange(`the chunk has ${chunk.trials.length} trials`);
  return chunk;
}

/** Its name in the queue: the same for the same trials of the same study, and for no others. */
export const chunkId = ({ study, span, trials }: Chunk): string =>
  hashOfBytes(JSON.stringify([study, span, trials.map(identity)]));

/** The name of each trial among the results of its study. */
export const trialNames = ({ span, trials }: Pick<Chunk, "span" | "trials">): string[] =>
  trials.map((trial) => hashOfBytes(JSON.stringify([span, identity(trial)])));

const identity = ({ point, fidelity }: Chunk["trials"][number]): readonly unknown[] => [fidelity, ...point];
