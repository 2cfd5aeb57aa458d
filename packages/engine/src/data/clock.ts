import { digitsAt, isDigit, isLetter, numberAt } from "./digits.js";
import type { FoundStamp } from "./layouts.js";

/**
 * Reads the time of day, and the zone if one is written, that fill `[at, end)`: nothing, `T09:30`, ` 9:30:00.250 AM`,
 * `093000`, `09:30:00Z`, `09:30-05:00`, `09:30 UTC`. Names of zones other than UTC and GMT are not read: `EST` is not
 * the same everywhere.
 *
 * @param digits how many digits a clock without colons has in full (4 for `0930`, 6 for `093000`), zeros in front
 *   being left out at times; 0 where digits must be 4 or 6
 */
export function readClock(
  bytes: Uint8Array,
  at: number,
  end: number,
  digits: number,
  found: FoundStamp,
): boolean {
  found.clock = 0;
  found.offset = NaN;
  if (at === end) return true;
  if (bytes[at] === 0x54 || bytes[at] === 0x74)
    at++; // T
  else while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x2c || bytes[at] === 0x3b)) at++;

  let count = digitsAt(bytes, at, end, 7);
  let hour: number;
  let minute: number;
  let second = 0;
  if (count <= 2 && bytes[at + count] === 0x3a) {
    hour = numberAt(bytes, at, count);
    at += count + 1;
    minute = numberAt(bytes, at, 2);
    at += 2;
    if (at < end && bytes[at] === 0x3a) {
      second = numberAt(bytes, at + 1, 2);
      at += 3;
    }
  } else {
    if (digits === 0 ? count !== 4 && count !== 6 : count > digits || count === 0) return false;
    const all = numberAt(bytes, at, count) * ((digits === 0 ? count : digits) === 4 ? 100 : 1);
    hour = Math.floor(all / 10_000);
    minute = Math.floor(all / 100) % 100;
    second = all % 100;
    at += count;
  }
  if (at > end || !(minute < 60 && second < 60)) return false;

  let fraction = 0;
  if (at < end && (bytes[at] === 0x2e || bytes[at] === 0x2c)) {
    count = digitsAt(bytes, at + 1, end, 9);
    if (count === 0) return false;
    // Microseconds are the finest a double of milliseconds holds for dates of our days.
    fraction = Math.round((numberAt(bytes, at + 1, count) / 10 ** count) * 1e6) / 1000;
    at += count + 1;
    while (at < end && isDigit(bytes[at])) at++;
  }

  while (at < end && bytes[at] === 0x20) at++;
  if (
    at + 1 < end &&
    (bytes[at + 1] | 0x20) === 0x6d &&
    ((bytes[at] | 0x20) === 0x61 || (bytes[at] | 0x20) === 0x70)
  ) {
    if (!(hour >= 1 && hour <= 12)) return false;
    hour = (hour % 12) + ((bytes[at] | 0x20) === 0x70 ? 12 : 0);
    at += 2;
    while (at < end && bytes[at] === 0x20) at++;
  }
  // 24:00 is the midnight that ends the day.
  if (!(hour < 24 || (hour === 24 && minute === 0 && second === 0 && fraction === 0))) return false;
  found.clock = (hour * 60 + minute) * 60_000 + second * 1000 + fraction;
  return at === end || readZone(bytes, at, end, found);
}

/** `Z`, `UTC`, `GMT`, `+05:30`, `-0500`, `+01`, `GMT+0200`, filling `[at, end)`. */
function readZone(bytes: Uint8Array, at: number, end: number, found: FoundStamp): boolean {
  if (bytes[at] === 0x5a && at + 1 === end) {
    found.offset = 0;
    return true;
  }
  let letters = 0;
  while (at + letters < end && isLetter(bytes[at + letters])) letters++;
  if (letters > 0) {
    const word = String.fromCharCode(...bytes.subarray(at, at + letters)).toUpperCase();
    if (word !== "Z" && word !== "UTC" && word !== "GMT") return false;
    at += letters;
    found.offset = 0;
    if (at === end) return true;
  }
  const sign = bytes[at] === 0x2d ? -1 : bytes[at] === 0x2b ? 1 : 0;
  if (sign === 0 || digitsAt(bytes, at + 1, end, 2) !== 2) return false;
  const hours = numberAt(bytes, at + 1, 2);
  at += 3;
  let minutes = 0;
  if (at < end) {
    if (bytes[at] === 0x3a) at++;
    if (end - at !== 2) return false;
    minutes = numberAt(bytes, at, 2);
  }
  if (!(hours <= 15 && minutes < 60)) return false;
  found.offset = sign * (hours * 60 + minutes) * 60_000;
  return true;
}
