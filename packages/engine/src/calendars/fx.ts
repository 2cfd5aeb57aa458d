import { defineCalendar, hours } from "../trading-calendar.js";

export const fx = defineCalendar({
  name: "FX",
  summary: "Currencies: from Sunday 17:00 to Friday 17:00 in New York, in days that end at 17:00.",
  source:
    "The custom of interbank trading, whose value date rolls at 17:00 New York. Christmas and New Year's Day have " +
    "no session; other holidays are those of single banks.",
  zone: "America/New_York",
  sessionsPerYear: 259,
  hasHours: true,
  hours: ({ weekday, month, day }) => {
    const isHoliday = (month === 12 && day === 25) || (month === 1 && day === 1);
    return weekday > 5 || isHoliday ? null : hours(-7, 17);
  },
});
