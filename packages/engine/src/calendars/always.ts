import { defineCalendar, hours } from "../trading-calendar.js";

export const always = defineCalendar({
  name: "ALWAYS",
  summary: "Every day, around the clock, in days of UTC: what crypto markets do.",
  source: "Venues of crypto assets do not close; by custom their days are those of UTC.",
  zone: "UTC",
  sessionsPerYear: 365,
  hasHours: false,
  hours: () => hours(0, 24),
});
