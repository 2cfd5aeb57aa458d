import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { BitFeverError } from "@bitfever/lang";
import { isoTime } from "@bitfever/engine";
import type { Caller, CommandAnswer } from "../services/service.js";

/** A command as it is kept: who gave it, and what came of it. */
export interface AuditEntry extends Caller {
  /** ISO-8601, UTC. */
  readonly time: string;
  /** As they came, but for what is secret. */
  readonly words: string;
  /** `asked` stands before what changes something is done, so that a crash leaves no order without a word. */
  readonly outcome: CommandAnswer["outcome"] | "asked";
  readonly code?: string;
  readonly orders?: readonly AuditedOrder[];
}

/** An order that a command has given, in decimals. */
export interface AuditedOrder {
  /** Left out before it is given: the desk says it then. */
  readonly orderId?: string;
  readonly strategy: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly type: string;
  readonly quantity: number;
  readonly price: number | null;
}

/** Where commands are kept. */
export type Audit = (entry: AuditEntry) => void;

/**
 * A file to which every command is appended, a line of JSON each, readable by its owner alone. It is on the disk before the call
 * returns.
 *
 * @returns throws BF5344 where it cannot be written
 * @example
 * const audit = fileAudit("audit.jsonl");
 * audit({ mouth: "keyboard", who: "me", time: "2024-01-02T15:30:00Z", words: "status", outcome: "asked" });
 */
export function fileAudit(path: string): Audit {
  return (entry) => {
    let file: number | undefined;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      file = openSync(path, "a", 0o600);
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    } catch (cause) {
      throw new BitFeverError("BF5344", `commands cannot be kept in ${path}`, {
        cause,
        hint: "what cannot be kept is not carried out: look whether the disk is full, and who may write there",
      });
    } finally {
      if (file !== undefined) closeSync(file);
    }
  };
}

/** What is kept of a command: no token, nothing that looks like a key, and no more than a line of it. */
export function entryOf(
  time: number,
  { mouth, who }: Caller,
  words: string,
  rest: Pick<AuditEntry, "outcome" | "code" | "orders">,
): AuditEntry {
  const { outcome, code, orders } = rest;
  return {
    ...{ time: isoTime(time), mouth, who, words: masked(words), outcome },
    ...(code !== undefined && { code }),
    ...(orders !== undefined && orders.length > 0 && { orders }),
  };
}

const longest = 600;
const mask = "•••";

/**
 * Words without what is secret in them: the token of a confirmation, and what is as long as a key and no id of an order.
 *
 * @example
 * masked("confirm 7QK2M4XA"); // "confirm •••"
 */
export function masked(words: string): string {
  const cut = words.length > longest ? `${words.slice(0, longest)}…` : words;
  return cut
    .replace(/^(\s*(?:confirm|yes)\s+)\S.*$/isu, `$1${mask}`)
    .replace(/[\w:+/=.~-]{32,}/gu, (word) => (isOrderId(word) ? word : mask));
}

const isOrderId = (word: string): boolean => /^\d{10,14}(\.\d+)?-[^:+/=]*$/u.test(word);
