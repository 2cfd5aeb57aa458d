/** How much an alert matters, the least first. */
export const levels = ["info", "warning", "critical"] as const;

export type Level = (typeof levels)[number];

export const isAtLeast = (level: Level, least: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(least);
