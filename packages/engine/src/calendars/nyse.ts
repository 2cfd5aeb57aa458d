import { defineCalendar } from "../trading-calendar.js";
import { usEquityHours } from "./rules/us-equities.js";

export const nyse = defineCalendar({
  name: "NYSE",
  summary: "New York Stock Exchange: 09:30 to 16:00 in New York, 13:00 on half days.",
  source:
    "Holidays and hours as the exchange publishes them: days from 1972, half days from 1993. Days that opened late " +
    "or ended early by surprise count as whole ones, and so do those of the 1980s, which opened at 10:00.",
  zone: "America/New_York",
  sessionsPerYear: 252,
  hasHours: true,
  hours: usEquityHours,
});
