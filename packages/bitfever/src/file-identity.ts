import type { Stats } from "node:fs";

/**
 * What a file is called that belongs to one state of another: whoever writes that or puts another in its place cannot help changing
 * it. The time at which it was written would not do, which a package manager sets as it likes.
 */
export const identityOf = ({ size, ctimeMs, ino }: Stats): string =>
  [size, ctimeMs, ino].map((each) => Math.floor(each).toString(36)).join("-");
