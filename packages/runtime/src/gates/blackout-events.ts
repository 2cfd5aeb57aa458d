import { BitFeverError } from "@bitfever/lang";
import type { BlackoutEvent } from "./gate-rule.js";

interface Blackout {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The event in which a time lies; null where there is none.
 *
 * @throws BitFeverError BF5176 for events that are none
 */
export function readEvents(
  given: readonly BlackoutEvent[] | undefined,
  place: string,
): (time: number) => Blackout | null {
  if (!Array.isArray(given))
    throw new BitFeverError("BF5176", `${place}: there are no events`, {
      hint: "`events` is a list of `{ name, from, to }`",
    });
  const events = (given as readonly BlackoutEvent[])
    .map((each, i) => readEvent(each, `${place}: event ${i + 1}`))
    .sort((a, b) => a.from - b.from);
  // A year of them is thousands, and each order asks: what began last is found by halving, and before it only those
  // are looked at of which one at least lasts until then.
  const lasting: number[] = [];
  events.forEach(({ to }, i) => lasting.push(Math.max(to, lasting[i - 1] ?? -Infinity)));
  return (time) => {
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[middle].from <= time) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && lasting[i] > time; i--) if (events[i].to > time) return events[i];
    return null;
  };
}

function readEvent(given: BlackoutEvent, place: string): Blackout {
  const { name, from, to } = (given ?? {}) as Partial<BlackoutEvent>;
  if (typeof name !== "string" || name === "")
    throw new BitFeverError("BF5176", `${place}: it has no name`, { hint: "write `{ name, from, to }`" });
  const start = instantOf(from, "from", place);
  const end = instantOf(to, "to", place);
  if (end > start) return { name, from: start, to: end };
  throw new BitFeverError("BF5176", `${place}: ${name} ends no later than it begins`, {
    hint: "`to` is later than `from`",
  });
}

/** An instant says how far it is from UTC: one that does not would be of the zone of whoever reads it. */
function instantOf(given: string | number | undefined, what: string, place: string): number {
  if (typeof given === "number" && Number.isFinite(given)) return given;
  const isInstant = typeof given === "string" && /T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(given);
  const time = isInstant ? Date.parse(given) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new BitFeverError("BF5176", `${place}: \`${what}\` cannot be ${String(given)}`, {
    hint: "write an instant such as 2026-12-09T18:55:00Z or 2026-12-09T13:55:00-05:00",
  });
}
