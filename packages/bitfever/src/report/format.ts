// How numbers and times are written on the page. Used on both sides, in Node and in the page, and the same everywhere:
// no locale decides.

const day = 86_400_000;

/** How exactly times are written: daily and longer bars have dates, others add the time in UTC. */
export type TimePrecision = "day" | "minute" | "second";

export const absent = "–";
const minus = "\u2212";

/** `−1,234.50`; a dash for what is not a number. */
export function formatNumber(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return absent;
  const [whole, fraction] = Math.abs(value).toFixed(Math.max(0, decimals)).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
  return value < 0 && /[1-9]/.test(digits) ? minus + digits : digits;
}

/** With a plus sign for gains; nothing before zero. */
export function formatSigned(value: number, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A ratio as percent, with fewer decimals the larger it is. */
export function formatPercent(ratio: number, signed = false): string {
  if (!Number.isFinite(ratio)) return absent;
  const percent = ratio * 100;
  const size = Math.abs(percent);
  const decimals = size < 100 ? 2 : size < 1000 ? 1 : 0;
  return `${signed ? formatSigned(percent, decimals) : formatNumber(percent, decimals)}%`;
}

/** A ratio at a tick of an axis, whose values have so many decimals. */
export const formatTick = (ratio: number, decimals: number): string =>
  `${formatNumber(ratio * 100, Math.max(0, decimals - 2))}%`;

/** A number as it stands, without padding: quantities, parameters, settings. */
export function formatPlain(value: number): string {
  if (!Number.isFinite(value)) return absent;
  const text = String(value);
  if (text.includes("e")) return text;
  const [, fraction = ""] = text.split(".");
  return formatNumber(value, Math.min(8, fraction.length));
}

/** `2013-03-01`, `2013-03-01 14:30` or `2013-03-01 14:30:05`, UTC. */
export function formatTime(time: number, precision: TimePrecision): string {
  if (!Number.isFinite(time)) return absent;
  const text = new Date(time).toISOString().replace("T", " ");
  return text.slice(0, { day: -14, minute: -8, second: -5 }[precision]);
}

export function timePrecision(intervalMs: number, firstTime: number): TimePrecision {
  // A single bar has no interval: what lies at midnight is taken for a day.
  if (intervalMs >= day || (intervalMs === 0 && firstTime % day === 0)) return "day";
  return intervalMs % 60_000 === 0 && firstTime % 60_000 === 0 ? "minute" : "second";
}

/** `15m`, `1d`, as strategies are written. */
export function formatInterval(intervalMs: number): string {
  return intervalMs >= 28 * day && intervalMs <= 31 * day ? "1mo" : formatDuration(intervalMs);
}

/** A length of time as programs have it: `90s`, `30m`, `2w`. */
export function formatDuration(lengthMs: number): string {
  for (const [name, size] of [
    ["w", 7 * day],
    ["d", day],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
  ] as const) {
    if (lengthMs >= size && lengthMs % size === 0) return `${lengthMs / size}${name}`;
  }
  return `${lengthMs}ms`;
}

/**
 * As many decimals as the values have, but no more than their size deserves: `significant` digits for the middle value,
 * and never fewer than `atLeast` for the sake of that rule.
 */
export function sensibleDecimals(
  columns: readonly Float64Array[],
  significant: number,
  atLeast: number,
): number {
  const sizes: number[] = [];
  for (const column of columns) {
    // A sample tells the size as well as the whole, and only the size needs sorting.
    const stride = Math.max(1, Math.floor(column.length / 1000));
    for (let i = 0; i < column.length; i += stride) {
      if (Number.isFinite(column[i]) && column[i] !== 0) sizes.push(Math.abs(column[i]));
    }
  }
  sizes.sort((a, b) => a - b);
  const middle = sizes.length === 0 ? 1 : sizes[sizes.length >> 1];
  const deserved = Math.min(8, Math.max(atLeast, significant - 1 - Math.floor(Math.log10(middle))));

  let decimals = 0;
  for (const column of columns) {
    for (let i = 0; i < column.length && decimals < deserved; i++) {
      while (decimals < deserved && !isWhole(column[i] * 10 ** decimals)) decimals += 1;
    }
  }
  return decimals;
}

const isWhole = (value: number): boolean =>
  !Number.isFinite(value) || Math.abs(value - Math.round(value)) <= 1e-9 * Math.max(1, Math.abs(value));

/** `22.4M`: three digits and the thousands as a letter. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return absent;
  for (const [letter, size] of [
    ["T", 1e12],
    ["B", 1e9],
    ["M", 1e6],
    ["K", 1e3],
  ] as const) {
    const scaled = value / size;
    if (Math.abs(scaled) >= 1) return formatNumber(scaled, Math.abs(scaled) >= 100 ? 0 : 1) + letter;
  }
  return formatPlain(Number(value.toPrecision(3)));
}
