import { defineCalendar } from "../trading-calendar.js";
import { usEquityHours } from "./rules/us-equities.js";

export const nasdaq = defineCalendar({
  name: "NASDAQ",
  summary: "NASDAQ: 09:30 to 16:00 in New York, 13:00 on half days, as on NYSE.",
  source: "Holidays and hours as the exchange publishes them: days from 1972, half days from 1993.",
  zone: "America/New_York",
  sessionsPerYear: 252,
  hasHours: true,
  hours: usEquityHours,
});
