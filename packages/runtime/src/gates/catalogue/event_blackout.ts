import { isoTime } from "@bitfever/engine";
import { readEvents } from "../blackout-events.js";
import type { Gate } from "../gate.js";

export const event_blackout: Gate = {
  name: "event_blackout",
  code: "event_at_hand",
  summary: "Whether the time lies in one of a list of events, each with its beginning and end.",
  unit: "events",
  per: ["account"],
  lasts: "resume",
  example: {
    events: [{ name: "FOMC", from: "2026-12-09T18:55:00Z", to: "2026-12-09T19:45:00Z" }],
  },
  read: ({ events }, place) => {
    const eventAt = readEvents(events, place);
    return {
      of: "entry",
      check: ({ proposal: { time } }) => {
        const event = eventAt(time);
        if (event === null) return null;
        const text = `${event.name} from ${isoTime(event.from)} to ${isoTime(event.to)}`;
        return { asked: time, allowed: event.to, text };
      },
    };
  },
};
