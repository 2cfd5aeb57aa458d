import { isoTime } from "@bitfever/engine";
import type { Gate } from "../gate.js";
import { readHours } from "../hours.js";

export const session_hours: Gate = {
  name: "session_hours",
  code: "outside_hours",
  summary:
    "Whether entries may be sent at this time: the sessions of a calendar, or windows by the clocks of a zone.",
  unit: "hours",
  per: ["account"],
  lasts: "resume",
  example: { hours: { zone: "America/New_York", windows: [{ from: "09:45", to: "15:45" }] } },
  read: ({ hours }, place) => {
    const isOpenAt = readHours(hours, place);
    return {
      of: "entry",
      check: ({ proposal: { time } }) =>
        isOpenAt(time) ? null : { asked: time, allowed: null, text: `${isoTime(time)} is outside the hours` },
    };
  },
};
