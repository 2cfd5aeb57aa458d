import { defineCarry } from "../carry.js";
import { signedShare } from "../signed-share.js";

const hourMs = 3_600_000;

export const funding = defineCarry({
  name: "funding",
  summary:
    "What long positions in perpetual contracts pay to short ones: a share of the position's value every so many hours, counted from midnight UTC. A rate below zero is paid by the short ones.",
  source: "Funding of perpetual contracts; most venues settle at 00:00, 08:00 and 16:00 UTC.",
  on(instrument, [rate, hours]) {
    const ofLong = signedShare(instrument, rate);
    const step = hours * hourMs;
    return ({ value, from, to }) => {
      const times = Math.floor(to / step) - Math.floor(from / step);
      return Math.sign(value) * ofLong(Math.abs(value) * times);
    };
  },
});
