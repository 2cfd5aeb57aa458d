import { hash } from "node:crypto";
import { isoTime } from "@bitfever/engine";
import type { Waiting } from "./delivery-queue.js";
import { isAtLeast } from "./level.js";
import type { Message } from "./message.js";

/** So many are told in their own words; of the others their number. */
const mostLines = 50;

/** Several messages in one, the newest last; under an id that follows from theirs. */
export function digestOf(messages: readonly Waiting[]): Message {
  const newest = messages[messages.length - 1];
  const worst = messages.reduce((a, b) => (isAtLeast(b.level, a.level) ? b : a));
  const counts = new Map<string, number>();
  for (const { kind } of messages) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = Array.from(counts, ([kind, count]) => `${count} ${kind}`);
  const title = `${messages.length} alerts were held back: ${parts.join(", ")}`;
  const told = messages.slice(-mostLines);
  const more = messages.length - told.length;
  return {
    id: hash("sha256", messages.map(({ id }) => id).join(" "), "hex").slice(0, 32),
    account: newest.account,
    level: worst.level,
    kind: "digest",
    time: newest.time,
    title,
    text: [
      title,
      ...(more > 0 ? [`(${more} older ones are left out)`] : []),
      ...told.map(({ time, text }) => `${isoTime(time)} ${text}`),
    ].join("\n"),
  };
}
