import type { Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import type { FeedEvent, Gap } from "../feeds/feed-event.js";
import { SessionPlaces } from "../feeds/session-places.js";

/**
 * What is wrong with what a feed has told, a sentence each; none for one that is as it has to be.
 *
 * Bars come in order, each once, with prices that are those of a bar and with their places in the session; late ones come between
 * a gap and what became of it, and there only; what is revised was told.
 *
 * @param events  from the first on, or from the bar before the first of them on
 * @param after  that bar, as it was given to the feed
 */
export function feedFaults(events: Iterable<FeedEvent>, timing: Timing, after?: ClosedBar): string[] {
  const faults: string[] = [];
  const told = new Map<number, ClosedBar>(after && [[after.time, after]]);
  let places = new SessionPlaces(timing, after);
  let last = after;
  let open: { readonly gap: Gap; bars: number } | undefined;

  const hear = (kind: "bar" | "late_bar", bar: ClosedBar): void => {
    const name = `${kind} ${bar.time}`;
    if (last !== undefined && bar.time <= last.time) faults.push(`${name} comes behind that of ${last.time}`);
    if (!isBar(bar)) faults.push(`${name} has prices or a volume that no bar has`);
    // Where nobody knows the bar before, the first one says where it stands.
    if (last === undefined) places = new SessionPlaces(timing, bar);
    else {
      const { session_bar: place } = places.placed(bar);
      if (place !== bar.session_bar)
        faults.push(`${name} is bar ${bar.session_bar} of its session, not ${place}`);
    }
    if (open === undefined && kind === "late_bar") faults.push(`${name} is late without a gap`);
    if (open !== undefined) {
      const isIn = bar.time >= open.gap.from && bar.time < open.gap.to;
      if (kind === "bar" || !isIn) faults.push(`${name} comes while the gap from ${open.gap.from} is open`);
      open.bars++;
    }
    last = bar;
    told.set(bar.time, bar);
  };

  for (const event of events) {
    switch (event.kind) {
      case "bar":
      case "late_bar":
        hear(event.kind, event.bar);
        break;
      case "gap": {
        const { from, to } = event.gap;
        if (!(from < to)) faults.push(`the gap from ${from} to ${to} is none`);
        if (last !== undefined && from <= last.time)
          faults.push(`the gap from ${from} begins before what was told`);
        if (open !== undefined)
          faults.push(`the gap from ${from} comes while that from ${open.gap.from} is open`);
        open = { gap: event.gap, bars: 0 };
        break;
      }
      case "gap_filled":
      case "gap_given_up":
        if (open?.gap.from !== event.gap.from || open.gap.to !== event.gap.to)
          faults.push(`${event.kind} speaks of a gap from ${event.gap.from} that is not open`);
        else if (open.bars !== event.bars)
          faults.push(`${event.kind} speaks of ${event.bars} bars, and ${open.bars} came`);
        open = undefined;
        break;
      case "revision": {
        const known = told.get(event.told.time);
        if (known === undefined) faults.push(`the bar ${event.told.time} is revised and was never told`);
        break;
      }
      case "late_trade":
        break;
    }
  }
  if (open !== undefined) faults.push(`nobody said what became of the gap from ${open.gap.from}`);
  return faults;
}

function isBar({ time, open, high, low, close, volume }: ClosedBar): boolean {
  const isWithin = (price: number): boolean => price >= low && price <= high;
  return (
    Number.isFinite(time) && Number.isFinite(high - low) && isWithin(open) && isWithin(close) && !(volume < 0)
  );
}
