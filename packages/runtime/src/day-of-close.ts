import { dayMs } from "@bitfever/engine";

/** The day in UTC to which a bar belongs that is over at an instant, in days since 1970: what is over at midnight is of the day before it. */
export const dayOfClose = (closedAt: number): number => Math.ceil(closedAt / dayMs) - 1;
