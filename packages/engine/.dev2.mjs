// ../lang/src/error.ts
var BitFeverError = class extends Error {
  name = "BitFeverError";
  code;
  hint;
  diagnostics;
  source;
  constructor(code, message, { hint, cause, diagnostics = [], source } = {}) {
    super(message, cause === void 0 ? void 0 : { cause });
    this.code = code;
    this.hint = hint;
    this.diagnostics = diagnostics;
    this.source = source;
  }
};

// src/bars.ts
var priceColumns = ["open", "high", "low", "close"];
function barsOf(symbol, columns) {
  return { symbol, intervalMs: commonStep(columns.time), length: columns.time.length, ...columns };
}
function commonStep(time) {
  const counts2 = /* @__PURE__ */ new Map();
  for (let i = 1; i < time.length; i++) {
    const step = time[i] - time[i - 1];
    if (step > 0) counts2.set(step, (counts2.get(step) ?? 0) + 1);
  }
  let best = 0;
  for (const [step, count] of counts2) {
    const most = counts2.get(best) ?? 0;
    if (count > most || count === most && step < best) best = step;
  }
  return best;
}

// src/data/zone.ts
var dayMs = 864e5;
function zoneOf(name) {
  let zone = zones.get(name);
  if (zone === void 0) zones.set(name, zone = makeZone(name));
  return zone;
}
var zones = /* @__PURE__ */ new Map();
function makeZone(name) {
  const ask = offsetSource(name);
  const days = /* @__PURE__ */ new Map();
  const starts = /* @__PURE__ */ new Map();
  let lastDay = NaN;
  let last = { before: 0, change: Infinity, after: 0 };
  const offsetAtStart = (day) => {
    let offset2 = starts.get(day);
    if (offset2 === void 0) starts.set(day, offset2 = ask(day * dayMs));
    return offset2;
  };
  const dayOf = (day) => {
    let found = days.get(day);
    if (found === void 0) {
      const before = offsetAtStart(day);
      const after = offsetAtStart(day + 1);
      const change = before === after ? Infinity : changeBetween(ask, day * dayMs, (day + 1) * dayMs);
      days.set(day, found = { before, change, after });
    }
    return found;
  };
  const offset = (utc) => {
    const day = Math.floor(utc / dayMs);
    if (day !== lastDay) {
      last = dayOf(day);
      lastDay = day;
    }
    return utc < last.change ? last.before : last.after;
  };
  const offsetAround = (day) => {
    const first = offsetAtStart(day - 1);
    for (let next = day; next <= day + 2; next++) if (offsetAtStart(next) !== first) return NaN;
    return first;
  };
  const toUtc = (local, after) => {
    const before = offset(local - dayMs);
    const behind = offset(local + dayMs);
    const first = local - Math.max(before, behind);
    const second = local - Math.min(before, behind);
    const isFirst = first + offset(first) === local;
    const isSecond = second + offset(second) === local;
    if (isFirst && (first > after || !isSecond)) return first;
    return isSecond ? second : NaN;
  };
  const reached = (local) => {
    const utc = toUtc(local, -Infinity);
    if (!Number.isNaN(utc)) return utc;
    const { change } = dayOf(Math.floor((local - offset(local + dayMs)) / dayMs));
    return change < Infinity ? change : dayOf(Math.floor((local - offset(local - dayMs)) / dayMs)).change;
  };
  return { name, offset, offsetAround, toUtc, reached };
}
function offsetSource(name) {
  if (name === "UTC") return () => 0;
  let format;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch (cause) {
    const hint = "zones have IANA names such as UTC, America/New_York, Europe/Berlin or Asia/Kolkata";
    throw new BitFeverError("BF5040", `there is no time zone "${name}"`, { hint, cause });
  }
  return (utc) => {
    const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(utc));
    if (found?.[1] === void 0) return 0;
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
    return (found[1] === "-" ? -seconds : seconds) * 1e3;
  };
}
function changeBetween(ask, from, to) {
  const offset = ask(to);
  let [low, high] = [from, to];
  while (high - low > 1e3) {
    const middle = Math.floor((low + high) / 2e3) * 1e3;
    if (ask(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

// src/data/civil.ts
var daysBefore = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
function dayNumber(year, month, day) {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return NaN;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const length = daysBefore[month + 1] - daysBefore[month] + (month === 2 ? leap : 0);
  if (day > length) return NaN;
  const past = year - 1;
  const days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return days - 719162 + daysBefore[month] + (month > 2 ? leap : 0) + day - 1;
}
function timeText(time) {
  if (!(Math.abs(time) <= 864e13)) return "no time";
  const text = new Date(time).toISOString();
  return time % dayMs === 0 ? text.slice(0, -14) : text.replace(".000Z", "Z");
}

// src/data/defects.ts
var defectKinds = {
  newestFirst: { code: "BF4020", severity: "refused", title: "the newest bar is first" },
  raggedRow: { code: "BF4021", severity: "refused", title: "more or fewer cells than the header" },
  unreadableTime: { code: "BF4022", severity: "refused", title: "no readable time" },
  skippedTime: { code: "BF4023", severity: "refused", title: "a time the clocks of the zone never showed" },
  missingPrice: { code: "BF4024", severity: "refused", title: "a missing price" },
  unreadableNumber: { code: "BF4025", severity: "refused", title: "a cell that is no number" },
  commaInNumber: { code: "BF4026", severity: "refused", title: "a comma in a number" },
  infiniteNumber: { code: "BF4027", severity: "refused", title: "an infinite number" },
  zeroPrice: { code: "BF4028", severity: "refused", title: "a price of zero" },
  priceOrder: { code: "BF4029", severity: "refused", title: "a high or low that another price passes" },
  negativeVolume: { code: "BF4030", severity: "refused", title: "a negative volume" },
  outOfOrder: { code: "BF4031", severity: "refused", title: "a time out of order" },
  duplicateTime: { code: "BF4032", severity: "refused", title: "a time that came before" },
  gap: { code: "BF4040", severity: "note", title: "gaps" },
  negativePrice: { code: "BF4041", severity: "note", title: "prices below zero" }
};

// src/data/cells.ts
var decoder = new TextDecoder();
function cellText({ bytes, starts, ends, first, step }, row) {
  const at = first + row * step;
  return decoder.decode(bytes.subarray(starts[at], ends[at])).trim();
}
function cellsOf(texts) {
  const bytes = new TextEncoder().encode(texts.map((text) => text ?? "").join(""));
  const starts = new Uint32Array(texts.length);
  const ends = new Uint32Array(texts.length);
  for (let i = 0, at = 0; i < texts.length; i++) {
    starts[i] = at;
    at += utf8Length(texts[i] ?? "");
    ends[i] = at;
  }
  return { bytes, starts, ends, first: 0, step: 1, length: texts.length };
}
function utf8Length(text) {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return new TextEncoder().encode(text).length;
  return text.length;
}

// src/data/numbers.ts
function readNumbers(cells) {
  const { bytes, starts, ends, first, step, length } = cells;
  const values = new Float64Array(length);
  for (let row = 0, at = first; row < length; row++, at += step) {
    if (!readPlain(bytes, starts[at], ends[at], values, row)) values[row] = oddNumber(cellText(cells, row));
  }
  return values;
}
var powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
function readPlain(bytes, start, end, values, row) {
  let i = start;
  const isNegative = i < end && bytes[i] === 45;
  if (isNegative) i++;
  let written = end - i;
  let digits = 0;
  let decimals2 = 0;
  for (; i < end; i++) {
    const digit = bytes[i] - 48;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === -2 && decimals2 === 0 && i + 1 < end) decimals2 = end - i - 1;
    else return false;
  }
  if (decimals2 > 0) written--;
  if (written <= 0 || decimals2 > 22 || digits > Number.MAX_SAFE_INTEGER) return false;
  if (isNegative) digits = -digits;
  values[row] = decimals2 > 0 ? digits / powers[decimals2] : digits;
  return true;
}
var decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
var infinite = /^([+-]?)inf(inity)?$/i;
function oddNumber(text) {
  if (decimal.test(text)) return Number(text);
  const found = infinite.exec(text);
  return found === null ? NaN : found[1] === "-" ? -Infinity : Infinity;
}
var absent = /* @__PURE__ */ new Set(["", "-", "--", ".", "null", "none", "nan", "n/a", "na", "#n/a", "nil"]);
var isAbsent = (text) => absent.has(text.toLowerCase());
var hasComma = (text) => /^[+-]?\d[\d.\s]*(,\d+)+(\.\d*)?$/.test(text);

// src/data/order.ts
function orderFaults(time, rows) {
  if (isIncreasing(time, rows)) return { duplicates: /* @__PURE__ */ new Map(), misplaced: [] };
  const sorted = rows.slice().sort((a, b) => time[a] - time[b] || a - b);
  const duplicates = /* @__PURE__ */ new Map();
  for (let i = 1, first = 0; i < sorted.length; i++) {
    if (time[sorted[i]] === time[sorted[first]]) duplicates.set(sorted[i], sorted[first]);
    else first = i;
  }
  const single = rows.filter((row) => !duplicates.has(row));
  const tails = new Uint32Array(single.length);
  const before = new Int32Array(single.length);
  let length = 0;
  for (let i = 0; i < single.length; i++) {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = low + high >> 1;
      if (time[single[tails[middle]]] < time[single[i]]) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? tails[low - 1] : -1;
    tails[low] = i;
    if (low === length) length++;
  }
  const stays = new Uint8Array(single.length);
  for (let i = length > 0 ? tails[length - 1] : -1; i >= 0; i = before[i]) stays[i] = 1;
  const misplaced = [...single.filter((_, i) => stays[i] === 0)];
  return { duplicates, misplaced };
}
function isIncreasing(time, rows) {
  for (let i = 1; i < rows.length; i++) if (!(time[rows[i]] > time[rows[i - 1]])) return false;
  return true;
}

// src/data/check.ts
function checkBars(input) {
  const { columns, line, rowWord } = input;
  const { time } = columns;
  const { faults, hasNegative } = valueFaults(input);
  const newestFirst = isNewestFirst(time);
  const all = new Uint32Array(time.length);
  for (let i = 0; i < all.length; i++) all[i] = newestFirst ? all.length - 1 - i : i;
  const sound = without(all, faults);
  const { duplicates, misplaced } = orderFaults(time, sound);
  for (const [row, earlier] of duplicates) {
    faults.set(row, { kind: "duplicateTime", text: `${rowWord} ${line(earlier)} has this time too` });
  }
  for (const row of misplaced) faults.set(row, { kind: "outOfOrder", text: "this time is out of order" });
  const rows = duplicates.size + misplaced.length > 0 ? without(sound, faults) : sound;
  const place = (row) => `${rowWord} ${line(row)}${Number.isNaN(time[row]) ? "" : `, ${timeText(time[row])}`}`;
  const defect = (kind, row, text, dropped, count = 1) => ({
    kind,
    code: defectKinds[kind].code,
    line: line(row),
    time: time[row],
    values: {
      open: columns.open[row],
      high: columns.high[row],
      low: columns.low[row],
      close: columns.close[row],
      volume: columns.volume[row]
    },
    message: `${place(row)}: ${text}`,
    dropped,
    count
  });
  const defects = Array.from(faults, ([row, { kind, text }]) => defect(kind, row, text, true));
  for (const row of input.ragged) defects.push(raggedRow(row, input));
  defects.sort((a, b) => a.line - b.line);
  if (newestFirst) {
    defects.unshift(defect("newestFirst", 0, "the newest bar is first and the oldest last", false, time.length));
  }
  const isWhole = rows.length === time.length && !newestFirst;
  const bars = barsOf(input.symbol, isWhole ? columns : pick(columns, rows));
  if (hasNegative) {
    const negative = rows.filter((row) => columns.low[row] < 0);
    const text = `prices below zero, the first of ${counted(negative.length, "bar")}`;
    if (negative.length > 0) defects.push(defect("negativePrice", negative[0], text, false, negative.length));
  }
  const gaps = gapsOf(bars);
  if (gaps.count > 0) {
    const text = `no bars since ${timeText(bars.time[gaps.longest - 1])}, the longest of ${counted(gaps.count, "gap")}`;
    defects.push(defect("gap", rows[gaps.longest], text, false, gaps.count));
  }
  return { bars, defects };
}
var counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
function valueFaults(input) {
  const { time, open, high, low, close, volume } = input.columns;
  const { hasVolume } = input;
  const faults = /* @__PURE__ */ new Map();
  const zeros = [];
  let hasNegative = false;
  for (let i = 0; i < time.length; i++) {
    const [o, h, l, c] = [open[i], high[i], low[i], close[i]];
    const isBar = h >= o && h >= c && l <= o && l <= c && l > 0 && h < Infinity && time[i] === time[i];
    if (isBar && (!hasVolume || volume[i] >= 0 && volume[i] < Infinity)) continue;
    const fault = faultOf(input, i);
    if (fault !== void 0) {
      faults.set(i, fault);
      continue;
    }
    if (l < 0) hasNegative = true;
    if (o === 0 || h === 0 || l === 0 || c === 0) zeros.push(i);
  }
  if (!hasNegative) {
    for (const row of zeros) {
      const zero = priceColumns.filter((column) => input.columns[column][row] === 0);
      faults.set(row, { kind: "zeroPrice", text: `the ${listed(zero)} ${zero.length === 1 ? "is" : "are"} 0` });
    }
  }
  return { faults, hasNegative };
}
function faultOf({ columns, text, hasVolume, skipped, zone }, row) {
  if (skipped.has(row)) {
    return { kind: "skippedTime", text: `the clocks of ${zone} went forward over ${text("time", row)}` };
  }
  if (Number.isNaN(columns.time[row])) {
    const written = text("time", row);
    return { kind: "unreadableTime", text: isAbsent(written) ? "no time" : `"${written}" is not the time of a bar` };
  }
  const missing = priceColumns.filter((name) => Number.isNaN(columns[name][row]) && isAbsent(text(name, row)));
  if (missing.length > 0) return { kind: "missingPrice", text: `no ${listed(missing)}` };
  for (const name of hasVolume ? [...priceColumns, "volume"] : priceColumns) {
    const value = columns[name][row];
    if (Math.abs(value) === Infinity) return { kind: "infiniteNumber", text: `the ${name} is infinite` };
    if (!Number.isNaN(value)) continue;
    const written = text(name, row);
    if (isAbsent(written)) continue;
    if (hasComma(written)) return { kind: "commaInNumber", text: `the ${name} "${written}" has a comma` };
    return { kind: "unreadableNumber", text: `the ${name} "${written}" is no number` };
  }
  const high = columns.high[row];
  const low = columns.low[row];
  const above = priceColumns.find((name) => columns[name][row] > high);
  if (above !== void 0) {
    return { kind: "priceOrder", text: `the high ${high} is below the ${above} ${columns[above][row]}` };
  }
  const below = priceColumns.find((name) => columns[name][row] < low);
  if (below !== void 0) {
    return { kind: "priceOrder", text: `the low ${low} is above the ${below} ${columns[below][row]}` };
  }
  if (columns.volume[row] < 0) return { kind: "negativeVolume", text: `the volume is ${columns.volume[row]}` };
  return void 0;
}
function raggedRow({ line, cells }, { rowWord, width }) {
  return {
    kind: "raggedRow",
    code: defectKinds.raggedRow.code,
    line,
    time: NaN,
    values: { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN },
    message: `${rowWord} ${line}: ${counted(cells, "cell")}, where the header has ${width}`,
    dropped: true,
    count: 1
  };
}
var listed = (words) => words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
function isNewestFirst(time) {
  let forward = 0;
  let back = 0;
  for (let i = 1; i < time.length; i++) {
    if (time[i] > time[i - 1]) forward++;
    else if (time[i] < time[i - 1]) back++;
  }
  return back > forward;
}
function gapsOf({ time, intervalMs }) {
  const usual = intervalMs === dayMs ? 4 * dayMs : 1.5 * intervalMs;
  let count = 0;
  let longest = 0;
  let most = usual;
  for (let i = 1; i < time.length; i++) {
    const step = time[i] - time[i - 1];
    if (step <= usual) continue;
    count++;
    if (step <= most) continue;
    most = step;
    longest = i;
  }
  return { count, longest };
}
function pick(columns, rows) {
  const picked = (column) => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < values.length; i++) values[i] = column[rows[i]];
    return values;
  };
  return {
    time: picked(columns.time),
    open: picked(columns.open),
    high: picked(columns.high),
    low: picked(columns.low),
    close: picked(columns.close),
    volume: picked(columns.volume)
  };
}
function without(rows, faults) {
  if (faults.size === 0) return rows;
  let count = 0;
  for (const row of rows) if (!faults.has(row)) rows[count++] = row;
  return rows.subarray(0, count);
}

// src/data/names.ts
var aliases = {
  time: [
    ...["time", "timestamp", "datetime", "date_time", "open_time", "opentime", "time_open", "timestamp_open"],
    ...["unix", "unix_timestamp", "unix_time", "unixtime", "epoch", "ts", "t", "window_start", "ts_event"],
    ...["gmt_time", "utc_time", "time_utc", "datetime_utc", "timestamp_utc", "date_utc", "utc"],
    ...["date", "day", "trade_date", "tradedate", "dtyyyymmdd", "yyyymmdd", "price_date", "session", "dt"],
    ...["start", "start_time", "begin", "begins_at", "bucket", "period", "period_start", "candle_begin_time"],
    ...["local_time", "hour", "minute", "index", "_index_level_0", "", "unnamed_0"]
  ],
  open: ["open", "o", "open_price", "opening_price", "price_open", "first", "opn"],
  high: ["high", "h", "high_price", "price_high", "highest", "max"],
  low: ["low", "l", "low_price", "price_low", "lowest", "min"],
  close: ["close", "c", "close_price", "closing_price", "price_close", "close/last", "close*", "cls", "last", "price"],
  volume: [
    ...["volume", "vol", "v", "base_volume", "volume_base", "total_volume", "trade_volume", "share_volume"],
    ...["tick_volume", "tickvol", "tickvolume", "tick_vol", "real_volume", "ticks", "total_ticks"]
  ]
};
var dateNames = /* @__PURE__ */ new Set(["date", "day", "trade_date", "dtyyyymmdd", "yyyymmdd"]);
var clockNames = /* @__PURE__ */ new Set(["time", "timestamp", "hour", "time_of_day", "clock"]);
var units = ["s", "ms", "us", "ns"];
function plainName(name) {
  const bare = name.trim().replace(/^\d+\.\s+/, "").replace(/["'<>\[\]]/g, "");
  return bare.trim().toLowerCase().replace(/[\s._:-]+/g, "_").replace(/(?<=.)_$/, "");
}
function chooseColumns(names) {
  const plain = names.map(plainName);
  const repeated = [];
  const find = (part) => {
    for (const alias of aliases[part]) {
      const columns = indexesOf(plain, alias);
      if (columns.length > 1) repeated.push({ part, columns });
      if (columns.length > 0) return columns[0];
    }
    return -1;
  };
  let time = plain.findIndex((name) => unitOf(name) !== void 0);
  if (time < 0) time = find("time");
  const date = plain.findIndex((name) => dateNames.has(name));
  const clock = plain.findIndex((name) => clockNames.has(name));
  const [open, high, low, close] = [find("open"), find("high"), find("low"), find("close")];
  let volume = find("volume");
  if (volume < 0) volume = plain.findIndex((name) => /^vol(ume)?_/.test(name));
  const parts = { time, open, high, low, close };
  const missing = Object.keys(parts).filter((part) => parts[part] < 0);
  if (missing.length > 0 || repeated.length > 0) return { chosen: void 0, missing, repeated };
  const isPair = date >= 0 && clock === time;
  return {
    missing,
    repeated,
    chosen: {
      ...parts,
      date: isPair ? date : void 0,
      volume: volume < 0 ? void 0 : volume,
      unit: unitOf(plain[time]),
      isUtc: /(^|_)(utc|gmt)(_|$)/.test(plain[time])
    }
  };
}
function partsNamed(names) {
  const plain = new Set(names.map(plainName));
  const { time, open, high, low, close, volume } = aliases;
  return [time.filter((name) => name !== ""), open, high, low, close, volume].filter(
    (each) => each.some((name) => plain.has(name))
  ).length;
}
function unitOf(name) {
  const found = /^(?:time|timestamp|ts|open_time|epoch|date|datetime|unix)_(s|ms|us|ns)$/.exec(name);
  return units.find((unit) => unit === found?.[1]);
}
function indexesOf(names, wanted) {
  return names.flatMap((name, index) => name === wanted ? [index] : []);
}

// src/data/refusals.ts
var refusals = {
  unknownFormat: "BF4001",
  noRows: "BF4002",
  damaged: "BF4003",
  unsupported: "BF4004",
  missingColumn: "BF4005",
  repeatedColumn: "BF4006",
  wrongType: "BF4007",
  ambiguousDates: "BF4008",
  mixedDates: "BF4009",
  smallTimes: "BF4010",
  noInterval: "BF4011",
  nothingLeft: "BF4012"
};
var flag = {
  mode: "--data-mode",
  zone: "--data-zone",
  stamp: "--data-stamp",
  format: "--data-format",
  dates: "--data-dates"
};
function refuse(kind, message, hint, cause) {
  return new BitFeverError(refusals[kind], message, { hint, cause });
}

// src/data/digits.ts
function digitsAt(bytes, at, end, most) {
  let count = 0;
  while (count < most && at + count < end && isDigit(bytes[at + count])) count++;
  return count;
}
function numberAt(bytes, at, count) {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    if (!isDigit(bytes[i])) return NaN;
    value = value * 10 + bytes[i] - 48;
  }
  return count > 0 ? value : NaN;
}
var isDigit = (byte) => byte >= 48 && byte <= 57;
var isLetter = (byte) => (byte | 32) >= 97 && (byte | 32) <= 122;

// src/data/clock.ts
function readClock(bytes, at, end, digits, found) {
  found.clock = 0;
  found.offset = NaN;
  if (at === end) return true;
  if (bytes[at] === 84 || bytes[at] === 116) at++;
  else while (at < end && (bytes[at] === 32 || bytes[at] === 44 || bytes[at] === 59)) at++;
  let count = digitsAt(bytes, at, end, 7);
  let hour;
  let minute;
  let second = 0;
  if (count <= 2 && bytes[at + count] === 58) {
    hour = numberAt(bytes, at, count);
    at += count + 1;
    minute = numberAt(bytes, at, 2);
    at += 2;
    if (at < end && bytes[at] === 58) {
      second = numberAt(bytes, at + 1, 2);
      at += 3;
    }
  } else {
    if (digits === 0 ? count !== 4 && count !== 6 : count > digits || count === 0) return false;
    const all = numberAt(bytes, at, count) * ((digits === 0 ? count : digits) === 4 ? 100 : 1);
    hour = Math.floor(all / 1e4);
    minute = Math.floor(all / 100) % 100;
    second = all % 100;
    at += count;
  }
  if (at > end || !(minute < 60 && second < 60)) return false;
  let fraction = 0;
  if (at < end && (bytes[at] === 46 || bytes[at] === 44)) {
    count = digitsAt(bytes, at + 1, end, 9);
    if (count === 0) return false;
    fraction = Math.round(numberAt(bytes, at + 1, count) / 10 ** count * 1e6) / 1e3;
    at += count + 1;
    while (at < end && isDigit(bytes[at])) at++;
  }
  while (at < end && bytes[at] === 32) at++;
  if (at + 1 < end && (bytes[at + 1] | 32) === 109 && ((bytes[at] | 32) === 97 || (bytes[at] | 32) === 112)) {
    if (!(hour >= 1 && hour <= 12)) return false;
    hour = hour % 12 + ((bytes[at] | 32) === 112 ? 12 : 0);
    at += 2;
    while (at < end && bytes[at] === 32) at++;
  }
  if (!(hour < 24 || hour === 24 && minute === 0 && second === 0 && fraction === 0)) return false;
  found.clock = (hour * 60 + minute) * 6e4 + second * 1e3 + fraction;
  return at === end || readZone(bytes, at, end, found);
}
function readZone(bytes, at, end, found) {
  if (bytes[at] === 90 && at + 1 === end) {
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
  const sign = bytes[at] === 45 ? -1 : bytes[at] === 43 ? 1 : 0;
  if (sign === 0 || digitsAt(bytes, at + 1, end, 2) !== 2) return false;
  const hours = numberAt(bytes, at + 1, 2);
  at += 3;
  let minutes = 0;
  if (at < end) {
    if (bytes[at] === 58) at++;
    if (end - at !== 2) return false;
    minutes = numberAt(bytes, at, 2);
  }
  if (!(hours <= 15 && minutes < 60)) return false;
  found.offset = sign * (hours * 60 + minutes) * 6e4;
  return true;
}

// src/data/layouts.ts
var yearFirst = {
  example: "2020-01-31",
  pattern: /^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/,
  read(bytes, at, end, found) {
    const separator = bytes[at + 4];
    if (!isSeparator(separator)) return -1;
    const monthAt = at + 5;
    const monthLength = digitsAt(bytes, monthAt, end, 2);
    const dayAt = monthAt + monthLength + 1;
    if (bytes[dayAt - 1] !== separator) return -1;
    const dayLength = digitsAt(bytes, dayAt, end, 2);
    const month = numberAt(bytes, monthAt, monthLength);
    found.day = dayNumber(numberAt(bytes, at, 4), month, numberAt(bytes, dayAt, dayLength));
    return found.day === found.day ? dayAt + dayLength : -1;
  }
};
var compact = {
  example: "20200131",
  pattern: /^\d{8}(?!\d)|^\d{12}(\d\d)?$/,
  read(bytes, at, end, found) {
    if (digitsAt(bytes, at, end, 8) !== 8) return -1;
    found.day = dayNumber(numberAt(bytes, at, 4), numberAt(bytes, at + 4, 2), numberAt(bytes, at + 6, 2));
    return found.day === found.day ? at + 8 : -1;
  }
};
var dayAndMonth = {
  example: "1/31/2020",
  pattern: /^\d{1,2}([-/.])\d{1,2}\1(\d{4}|\d\d)(?!\d)/,
  read(bytes, at, end, found, order) {
    const firstLength = digitsAt(bytes, at, end, 2);
    const secondAt = at + firstLength + 1;
    const secondLength = digitsAt(bytes, secondAt, end, 2);
    const yearAt = secondAt + secondLength + 1;
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    if (!isSeparator(bytes[secondAt - 1]) || bytes[yearAt - 1] !== bytes[secondAt - 1]) return -1;
    const first = numberAt(bytes, at, firstLength);
    const second = numberAt(bytes, secondAt, secondLength);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = order === "day first" ? dayNumber(year, second, first) : dayNumber(year, first, second);
    return found.day === found.day ? yearAt + yearLength : -1;
  }
};
var namedMonth = {
  example: "31-Jan-20",
  pattern: /^\d{1,2}[-. ]{0,2}[A-Za-z]{3,9}[-., ]{0,2}(\d{4}|\d\d)(?!\d)/,
  read(bytes, at, end, found) {
    const dayLength = digitsAt(bytes, at, end, 2);
    const monthAt = afterMarks(bytes, at + dayLength, end);
    const behindMonth = afterLetters(bytes, monthAt, end);
    const yearAt = afterMarks(bytes, behindMonth, end);
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = dayNumber(year, monthAtLetters(bytes, monthAt, behindMonth), numberAt(bytes, at, dayLength));
    return found.day === found.day ? yearAt + yearLength : -1;
  }
};
var monthBeforeDay = {
  example: "Jan 31, 2020",
  pattern: /^[A-Za-z]{3,9}[-. ]{1,2}\d{1,2}[-., ]{1,2}\d{4}(?!\d)/,
  read(bytes, at, end, found) {
    const behindMonth = afterLetters(bytes, at, end);
    const dayAt = afterMarks(bytes, behindMonth, end);
    const dayLength = digitsAt(bytes, dayAt, end, 2);
    const yearAt = afterMarks(bytes, dayAt + dayLength, end);
    const yearLength = digitsAt(bytes, yearAt, end, 4);
    const year = yearAtLength(bytes, yearAt, yearLength);
    found.day = dayNumber(year, monthAtLetters(bytes, at, behindMonth), numberAt(bytes, dayAt, dayLength));
    return found.day === found.day ? yearAt + yearLength : -1;
  }
};
var layouts = [yearFirst, compact, dayAndMonth, namedMonth, monthBeforeDay];
var isSeparator = (byte) => byte === 45 || byte === 47 || byte === 46;
function yearAtLength(bytes, at, length) {
  const year = numberAt(bytes, at, length);
  if (length === 2) return year < 70 ? 2e3 + year : 1900 + year;
  return length === 4 ? year : NaN;
}
var months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
function monthAtLetters(bytes, start, end) {
  if (end - start < 3) return NaN;
  const word = String.fromCharCode(bytes[start], bytes[start + 1], bytes[start + 2]).toLowerCase();
  const index = months.indexOf(word);
  return index < 0 ? NaN : index + 1;
}
function afterLetters(bytes, at, end) {
  while (at < end && isLetter(bytes[at])) at++;
  return at;
}
function afterMarks(bytes, at, end) {
  while (at < end && (bytes[at] === 32 || bytes[at] >= 44 && bytes[at] <= 46)) at++;
  return at;
}

// src/data/stamps.ts
function readStamps(cells, options) {
  for (let row = 0; row < Math.min(cells.length, 100); row++) {
    const text = cellText(cells, row);
    const layout = layouts.find((each) => each.pattern.test(text));
    const isNumber = /^-?\d+(\.\d*)?(e\+?\d+)?$/i.test(text);
    if (layout === compact && isNumber) {
      const dates = readDates(cells, compact, options);
      if (areDates(dates.values)) return dates;
    }
    if (isNumber) return readEpochs(readNumbers(cells), options.unit);
    if (layout === dayAndMonth && options.order === void 0) {
      const order = orderOf(cells);
      return typeof order === "string" ? readDates(cells, layout, { ...options, order }) : order;
    }
    if (layout !== void 0) return readDates(cells, layout, options);
  }
  return { values: new Float64Array(cells.length).fill(NaN), isZoned: true };
}
function readDates(cells, layout, { clocks, order = "day first" }) {
  const values = new Float64Array(cells.length);
  const found = { day: NaN, clock: NaN, offset: NaN };
  const digits = clocks === void 0 ? 0 : clockDigits(clocks);
  let isZoned;
  for (let row = 0; row < cells.length; row++) {
    values[row] = NaN;
    const end = trimmedEnd(cells, row);
    const behind = layout.read(cells.bytes, trimmedStart(cells, row, end), end, found, order);
    if (behind < 0) continue;
    if (clocks === void 0) {
      if (!readClock(cells.bytes, behind, end, 0, found)) continue;
    } else {
      const clockEnd = trimmedEnd(clocks, row);
      const clockStart = trimmedStart(clocks, row, clockEnd);
      if (clockStart === clockEnd || !readClock(clocks.bytes, clockStart, clockEnd, digits, found)) continue;
    }
    const hasZone = found.offset === found.offset;
    isZoned ??= hasZone;
    if (hasZone === isZoned) values[row] = found.day * dayMs + found.clock - (hasZone ? found.offset : 0);
  }
  return { values, isZoned: isZoned ?? true };
}
function trimmedStart({ bytes, starts, first, step }, row, end) {
  let start = starts[first + row * step];
  while (start < end && bytes[start] <= 32) start++;
  return start;
}
function trimmedEnd({ bytes, starts, ends, first, step }, row) {
  const at = first + row * step;
  let end = ends[at];
  while (end > starts[at] && bytes[end - 1] <= 32) end--;
  return end;
}
function readEpochs(numbers, unit) {
  const dates = calendarNumbers(numbers);
  if (dates !== void 0) return { values: dates, isZoned: false };
  let largest = 0;
  for (const number of numbers) if (Math.abs(number) > largest) largest = Math.abs(number);
  if (unit === void 0 && largest < 1e8) return { question: "small" };
  return { values: toMilliseconds(numbers, unit ?? unitOf2(largest)), isZoned: true };
}
var unitOf2 = (largest) => largest < 1e11 ? "s" : largest < 1e14 ? "ms" : largest < 1e17 ? "us" : "ns";
function toMilliseconds(numbers, unit) {
  if (unit === "ms") return numbers;
  const values = new Float64Array(numbers.length);
  const [factor, divisor] = { s: [1e6, 1], us: [1, 1], ns: [1, 1e3] }[unit];
  for (let i = 0; i < values.length; i++) values[i] = Math.round(numbers[i] * factor / divisor) / 1e3;
  return values;
}
function calendarNumbers(numbers) {
  const values = numbers.map((n) => dayNumber(Math.floor(n / 1e4), Math.floor(n / 100) % 100, n % 100) * dayMs);
  return areDates(values) ? values : void 0;
}
function areDates(values) {
  const [from, to] = [dayNumber(1800, 1, 1) * dayMs, dayNumber(2200, 1, 1) * dayMs];
  let count = 0;
  for (const value of values) if (value >= from && value < to) count++;
  return count * 2 > values.length;
}
function isClock(cells) {
  for (let row = 0; row < Math.min(cells.length, 100); row++) {
    const text = cellText(cells, row);
    if (!isAbsent(text)) return /^(\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[ap]m)?.{0,9}|\d{1,6})$/i.test(text);
  }
  return false;
}
function clockDigits(cells) {
  for (let row = 0; row < cells.length; row++) {
    const end = trimmedEnd(cells, row);
    if (digitsAt(cells.bytes, trimmedStart(cells, row, end), end, 6) > 4) return 6;
  }
  return 4;
}
function orderOf(cells) {
  let dayFirst = -1;
  let monthFirst = -1;
  for (let row = 0; row < cells.length && (dayFirst < 0 || monthFirst < 0); row++) {
    const end = trimmedEnd(cells, row);
    const start = trimmedStart(cells, row, end);
    const firstLength = digitsAt(cells.bytes, start, end, 2);
    const secondLength = digitsAt(cells.bytes, start + firstLength + 1, end, 2);
    const first = numberAt(cells.bytes, start, firstLength);
    const second = numberAt(cells.bytes, start + firstLength + 1, secondLength);
    if (first > 12 && second <= 12) dayFirst = row;
    if (second > 12 && first <= 12) monthFirst = row;
  }
  if (dayFirst >= 0 && monthFirst >= 0) return { question: "mixed", dayFirst, monthFirst };
  if (dayFirst >= 0) return "day first";
  return monthFirst >= 0 ? "month first" : { question: "ambiguous", row: 0 };
}

// src/data/times.ts
function readTimes(column, date, options) {
  const zone = zoneOf(options.zone);
  const read = readColumn(column, date, options);
  if (read === void 0 || "question" in read) return read;
  const text = (row) => [date, column].map((each) => rawText(each, row)).join(" ").trim();
  const isLocal = !read.isZoned && zone.name !== "UTC" && read.values.some((value) => value % dayMs !== 0);
  const skipped = /* @__PURE__ */ new Set();
  return { values: isLocal ? toInstants(read.values, zone, skipped) : read.values, skipped, text };
}
function readColumn(column, date, { unit, order }) {
  const clocks = date === void 0 ? void 0 : asCells(column);
  const dates = date === void 0 ? void 0 : asCells(date);
  if (clocks !== void 0 && dates !== void 0 && isClock(clocks)) return readStamps(dates, { clocks, order });
  switch (column.kind) {
    case "cells":
      return readStamps(column.cells, { unit, order });
    case "numbers":
      return readEpochs(column.values, unit);
    case "times":
      return { values: column.values, isZoned: column.isZoned };
    case "other":
      return void 0;
  }
}
function asCells(column) {
  switch (column.kind) {
    case "cells":
      return column.cells;
    case "numbers":
      return cellsOf(Array.from(column.values, (value) => Number.isNaN(value) ? "" : String(value)));
    case "times":
      return cellsOf(Array.from(column.values, timeText));
    case "other":
      return void 0;
  }
}
function rawText(column, row) {
  switch (column?.kind) {
    case "cells":
      return cellText(column.cells, row);
    case "numbers":
      return Number.isNaN(column.values[row]) ? "" : String(column.values[row]);
    case "times":
      return Number.isNaN(column.values[row]) ? "" : timeText(column.values[row]);
    default:
      return "";
  }
}
function toInstants(local, zone, skipped) {
  const instants = new Float64Array(local.length);
  const isReversed = local[0] > local[local.length - 1];
  let before = -Infinity;
  let lastDay = NaN;
  let offset = NaN;
  for (let i = 0; i < local.length; i++) {
    const row = isReversed ? local.length - 1 - i : i;
    const reading = local[row];
    const day = Math.floor(reading / dayMs);
    if (day !== lastDay) {
      lastDay = day;
      offset = Number.isFinite(day) ? zone.offsetAround(day) : NaN;
    }
    let instant = reading - offset;
    if (instant !== instant && reading === reading) {
      instant = zone.toUtc(reading, before);
      if (instant !== instant) skipped.add(row);
    }
    instants[row] = instant;
    if (instant === instant) before = instant;
  }
  return instants;
}

// src/data/columns.ts
async function readColumns(table, options) {
  const { file } = options;
  const { names } = table;
  const choice = chooseColumns(names);
  if (choice.chosen === void 0) throw wrongColumns(file, names, choice);
  const { time, date, open, high, low, close, volume, unit, isUtc } = choice.chosen;
  const wanted = [time, open, high, low, close, volume, date].filter((index) => index !== void 0);
  const rows = await table.read(wanted);
  if (rows.length + rows.ragged.length === 0) {
    throw refuse("noRows", `${file}: there are columns, but no rows`, "it should hold bars");
  }
  const raw = (index) => rows.columns[wanted.indexOf(index)];
  const numbers = (index) => {
    const column = raw(index);
    if (column.kind === "numbers") return column.values;
    if (column.kind === "cells") return readNumbers(column.cells);
    throw wrongType(file, names[index], column, "numbers");
  };
  const dateColumn = date === void 0 ? void 0 : raw(date);
  const zone = isUtc ? "UTC" : options.zone;
  const times = readTimes(raw(time), dateColumn, { zone, unit, order: options.dates });
  if (times === void 0) throw wrongType(file, names[time], raw(time), "times");
  if ("question" in times) {
    const cell = (row) => `"${rawText(dateColumn ?? raw(time), row)}" in ${table.rowWord} ${rows.line(row)}`;
    throw asking(file, names[time], times, cell);
  }
  const source = { open, high, low, close, volume: volume ?? -1 };
  return {
    columns: {
      time: times.values,
      open: numbers(open),
      high: numbers(high),
      low: numbers(low),
      close: numbers(close),
      volume: volume === void 0 ? new Float64Array(rows.length).fill(NaN) : numbers(volume)
    },
    rows,
    hasVolume: volume !== void 0,
    skipped: times.skipped,
    text: (part, row) => part === "time" ? times.text(row) : rawText(raw(source[part]), row),
    unused: names.filter((_, index) => !wanted.includes(index))
  };
}
function wrongColumns(file, names, { missing, repeated }) {
  const found = `the columns are ${names.map((name) => name.trim() || "(no name)").join(", ")}`;
  if (repeated.length > 0) {
    const twice = repeated.map(({ part, columns }) => `${part} (${columns.map((index) => index + 1).join(" and ")})`);
    return refuse("repeatedColumn", `${file}: two columns are the ${twice.join(", the ")}; ${found}`, "rename one of them");
  }
  const words = { time: "time", open: "open", high: "high", low: "low", close: "close", volume: "volume" };
  const message = `${file}: there is no column for ${missing.map((part) => words[part]).join(", ")}; ${found}`;
  return refuse("missingColumn", message, "name the columns time, open, high, low, close and volume; volume may be left out");
}
function wrongType(file, name, column, wanted) {
  const type = column.kind === "other" ? column.type : column.kind;
  return refuse("wrongType", `${file}: the column "${name}" holds ${type}, not ${wanted}`, `write it as ${wanted}`);
}
function asking(file, name, asked, cell) {
  switch (asked.question) {
    case "ambiguous":
      return refuse(
        "ambiguousDates",
        `${file}: which number of ${cell(asked.row)} is the day? No row says, none has a number above 12`,
        `say which comes first: \`${flag.dates} day\` or \`${flag.dates} month\``
      );
    case "mixed":
      return refuse(
        "mixedDates",
        `${file}: ${cell(asked.dayFirst)} has the day first, ${cell(asked.monthFirst)} the month`,
        "write all dates the same way, best as 2020-01-31"
      );
    case "small":
      return refuse(
        "smallTimes",
        `${file}: the numbers in "${name}" are too small for times: ${cell(0)} would be in the first days of 1970`,
        "times are dates, or numbers since 1970; a column named time_s, time_ms, time_us or time_ns is taken at its word"
      );
  }
}

// src/data/format.ts
var defineFormat = (format) => format;

// src/data/integers.ts
function fromInt64(values) {
  const halves = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const upper = values instanceof BigInt64Array ? new Int32Array(halves.buffer, halves.byteOffset, halves.length) : halves;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = upper[2 * i + 1] * 4294967296 + halves[2 * i];
  return numbers;
}
function fromDecimal(digits, scale) {
  return Number(`${digits}e${-scale}`);
}

// src/data/lz4.ts
function unpackLz4(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 407708164) throw new RangeError("no LZ4 frame");
  const flags = view.getUint8(4);
  const hasBlockChecksum = (flags & 16) !== 0;
  const hasSize = (flags & 8) !== 0;
  const hasDictionary = (flags & 1) !== 0;
  if (hasDictionary) throw new RangeError("an LZ4 frame with a dictionary");
  let output = new Uint8Array(hasSize ? Number(view.getBigUint64(6, true)) : bytes.length * 4);
  let length = 0;
  const makeRoom = (more2) => {
    if (length + more2 <= output.length) return;
    const larger = new Uint8Array(Math.max(output.length * 2, length + more2));
    larger.set(output.subarray(0, length));
    output = larger;
  };
  let at = hasSize ? 15 : 7;
  for (; ; ) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) break;
    const size = header & 2147483647;
    const end = at + size;
    if (end > bytes.length) throw new RangeError("an LZ4 block that is cut off");
    if (header > 2147483647) copyLiterals(size);
    else while (at < end) sequence(end);
    at = end + (hasBlockChecksum ? 4 : 0);
  }
  return output.subarray(0, length);
  function sequence(end) {
    const token = bytes[at++];
    copyLiterals((token >> 4) + more(token >> 4));
    if (at >= end) return;
    const back = view.getUint16(at, true);
    at += 2;
    const count = (token & 15) + more(token & 15) + 4;
    if (back === 0 || back > length) throw new RangeError("an LZ4 block that refers to nothing");
    makeRoom(count);
    if (back >= count) output.copyWithin(length, length - back, length - back + count);
    else for (let i = length; i < length + count; i++) output[i] = output[i - back];
    length += count;
  }
  function more(nibble) {
    if (nibble < 15) return 0;
    let sum = 0;
    for (; ; ) {
      const byte = view.getUint8(at++);
      sum += byte;
      if (byte !== 255) return sum;
    }
  }
  function copyLiterals(count) {
    if (at + count > bytes.length) throw new RangeError("an LZ4 block that is cut off");
    makeRoom(count);
    output.set(bytes.subarray(at, at + count), length);
    at += count;
    length += count;
  }
}

// src/data/formats/arrow.ts
var startsWith = (bytes, text) => [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
var magic = "ARROW1";
var isStream = (bytes) => bytes.length > 8 && bytes.subarray(0, 4).every((byte) => byte === 255);
var arrow = defineFormat({
  name: "arrow",
  title: "Arrow IPC, file or stream",
  extensions: ["arrow", "feather", "ipc", "arrows"],
  recognise: (bytes) => startsWith(bytes, magic) || startsWith(bytes, "FEA1") || isStream(bytes),
  async open(bytes, { file }) {
    if (startsWith(bytes, "FEA1")) {
      const hint = "write it again with a newer library: what is called Feather today is Arrow IPC";
      throw refuse("unsupported", `${file}: this is Feather version 1, which is not read`, hint);
    }
    const isFile = startsWith(bytes, magic);
    if (!isFile && !isStream(bytes)) throw damaged(file, "it begins like no Arrow file");
    if (isFile && !startsWith(bytes.subarray(-magic.length), magic)) throw damaged(file, "its end is missing");
    if (isFile && !hasSoundFooter(bytes)) throw damaged(file, "its list of contents is not sound");
    const library = await import("apache-arrow");
    await registerCodecs(library);
    let table;
    try {
      table = library.tableFromIPC(bytes);
    } catch (cause) {
      throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
    }
    return {
      names: table.schema.fields.map((field) => field.name),
      rowWord: "row",
      symbol: table.schema.metadata.get("symbol"),
      notes: [],
      read: async (wanted) => {
        try {
          const columns = wanted.map((index) => readVector(library, table.getChildAt(index)));
          return { length: table.numRows, columns, line: (row) => row + 1, ragged: [] };
        } catch (cause) {
          throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
        }
      }
    };
  }
});
function damaged(file, reason, cause) {
  const hint = "the file was not written or copied to its end, or is of another kind; fetch or write it again";
  return refuse("damaged", `${file}: this Arrow file cannot be read (${reason})`, hint, cause);
}
function hasSoundFooter(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = bytes.length - magic.length - 4;
    const table = end - view.getInt32(end, true) + view.getInt32(end - view.getInt32(end, true), true);
    const layout = table - view.getInt32(table, true);
    return [2, 3].every((field) => {
      const entry = 4 + 2 * field;
      const offset = entry < view.getUint16(layout, true) ? view.getUint16(layout + entry, true) : 0;
      if (offset === 0) return true;
      const list = table + offset + view.getUint32(table + offset, true);
      return list + 4 + view.getUint32(list, true) * 24 <= end;
    });
  } catch {
    return false;
  }
}
async function registerCodecs({ compressionRegistry, CompressionType }) {
  if (compressionRegistry.get(CompressionType.LZ4_FRAME) === null) {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
  }
  if (compressionRegistry.get(CompressionType.ZSTD) === null) {
    const { decompressZstd } = await import("hyparquet-compressors");
    compressionRegistry.set(CompressionType.ZSTD, { decode: (packed) => decompressZstd(packed).slice() });
  }
}
function readVector({ DataType }, vector) {
  if (vector === null) return { kind: "other", type: "nothing" };
  const type = vector.type;
  const isHalf = DataType.isFloat(type) && type.precision === 0;
  if (DataType.isInt(type) || DataType.isFloat(type) && !isHalf) {
    return { kind: "numbers", values: numbersOf(vector, doubles) };
  }
  if (DataType.isDecimal(type)) {
    return { kind: "numbers", values: numbersOf(vector, (words) => decimals(words, type.scale, type.bitWidth / 32)) };
  }
  if (DataType.isTimestamp(type)) {
    const values = toMilliseconds(numbersOf(vector, doubles), units2[type.unit]);
    return { kind: "times", values, isZoned: (type.timezone ?? "") !== "" };
  }
  if (DataType.isDate(type)) {
    const values = numbersOf(vector, doubles);
    return { kind: "times", values: type.unit === 0 ? values.map((day) => day * dayMs) : values, isZoned: false };
  }
  const text = DataType.isDictionary(type) ? type.dictionary : type;
  if (DataType.isUtf8(text) || DataType.isLargeUtf8(text)) return { kind: "cells", cells: cellsOf([...vector]) };
  return { kind: "other", type: String(type) };
}
var units2 = ["s", "ms", "us", "ns"];
function numbersOf(vector, convert) {
  const pieces = vector.data.map((piece) => {
    const values = convert(piece.values.subarray(0, piece.length * piece.stride));
    return piece.nullCount === 0 ? values : values.map((value, i) => piece.getValid(i) ? value : NaN);
  });
  if (pieces.length === 1) return pieces[0];
  const all = new Float64Array(vector.length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
function doubles(values) {
  if (values instanceof Float64Array) return values;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return fromInt64(values);
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint32Array) {
    return Float64Array.from(values);
  }
  const isSmall = values instanceof Int16Array || values instanceof Uint16Array;
  if (isSmall || values instanceof Int8Array || values instanceof Uint8Array) return Float64Array.from(values);
  throw new TypeError("numbers of an unknown width");
}
function decimals(values, scale, width) {
  if (!(values instanceof Uint32Array)) throw new TypeError("decimals of an unknown width");
  const numbers = new Float64Array(values.length / width);
  for (let i = 0; i < numbers.length; i++) {
    let digits = 0n;
    for (let word = width - 1; word >= 0; word--) digits = digits << 32n | BigInt(values[i * width + word]);
    numbers[i] = fromDecimal(BigInt.asIntN(width * 32, digits), scale);
  }
  return numbers;
}

// src/data/dialect.ts
var separators = [",", ";", "	", "|"];
var headLines = 12;
var proofLines = 50;
function findDialect(bytes) {
  const lines = firstLines(bytes, proofLines);
  return withHeader(bytes, lines) ?? withoutHeader(lines);
}
function firstLine(bytes) {
  const text = firstLines(bytes, 1)[0]?.text.trim() ?? "";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
function withHeader(bytes, lines) {
  let best;
  lines.slice(0, headLines).forEach((line, index) => {
    for (const separator2 of separators) {
      const names2 = splitLine(line.text, separator2);
      const parts = partsNamed(names2);
      if (parts >= 2 && parts > (best?.parts ?? 0)) best = { line: index, separator: separator2, names: names2, parts };
    }
  });
  if (best === void 0) return void 0;
  const { separator, names } = best;
  const notes = lines.slice(0, best.line).map((line) => `line ${line.number} stands above the header and is not read`);
  let last = lines[best.line];
  for (const line of lines.slice(best.line + 1, best.line + 3)) {
    const [first, ...others] = splitLine(line.text, separator);
    const named = [first, ...names.slice(1)];
    const isIndexName = others.length > 0 && others.every((cell) => cell === "") && first !== "";
    if (!isIndexName || chooseColumns(named).chosen === void 0) continue;
    names[0] = first;
    last = line;
    notes.push(`the header is lines ${lines[best.line].number} to ${line.number}`);
    break;
  }
  if (names.length > 1 && names.at(-1) === "") names.pop();
  return { separator, names, from: Math.min(last.end + 1, bytes.length), firstLine: last.number + 1, notes };
}
function withoutHeader(lines) {
  for (const separator of separators) {
    const rows = lines.map((line) => splitLine(line.text, separator));
    const width = rows[0]?.length ?? 0;
    if (width < 5 || rows.some((row) => row.length !== width)) continue;
    const hasClock = width >= 6 && rows.every((row) => isClock(cellsOf([row[1]])));
    const firstPrice = hasClock ? 2 : 1;
    const stamps = readStamps(cellsOf(rows.map((row) => row[0])), { order: "day first" });
    const times = "values" in stamps ? stamps : readStamps(cellsOf(rows.map((row) => row[0])), { order: "month first" });
    if (!("values" in times) || times.values.every((time) => Number.isNaN(time))) continue;
    const bars = rows.filter((row) => {
      const [open, high, low, close] = row.slice(firstPrice, firstPrice + 4).map((cell) => cell === "" ? NaN : Number(cell));
      return high >= Math.max(open, close) && low <= Math.min(open, close);
    });
    if (bars.length < rows.length * 0.9) continue;
    const known = [...hasClock ? ["date"] : [], "time", "open", "high", "low", "close", "volume"];
    const names = rows[0].map((_, index) => known[index] ?? `column ${index + 1}`);
    const notes = [`no header: the columns are taken to be ${names.slice(0, known.length).join(", ")}`];
    return { separator, names, from: lines[0].start, firstLine: lines[0].number, notes };
  }
  return void 0;
}
function splitLine(line, separator) {
  const cells = [];
  for (let at = 0; at <= line.length; at++) {
    let cell = "";
    const quoted = line[at] === '"';
    if (quoted) {
      for (at++; at < line.length && (line[at] !== '"' || line[at + 1] === '"'); at++) {
        if (line[at] === '"') at++;
        cell += line[at];
      }
    }
    const end = line.indexOf(separator, at);
    if (!quoted) cell = line.slice(at, end < 0 ? line.length : end);
    cells.push(cell.trim());
    at = end < 0 ? line.length : end;
  }
  return cells;
}
function firstLines(bytes, count) {
  const decoder2 = new TextDecoder();
  const lines = [];
  for (let start = 0, number = 1; start < bytes.length && lines.length < count; number++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const text = decoder2.decode(bytes.subarray(start, Math.min(end, start + 65536))).replace(/\r$/, "");
    if (text.trim() !== "") lines.push({ text, number, start, end });
    start = end + 1;
  }
  return lines;
}

// src/data/scan.ts
var newline = 10;
var carriageReturn = 13;
var quote = 34;
function scan(bytes, { from, separator, width, wanted }) {
  const step = wanted.length;
  const slots = new Int32Array(width + 1).fill(step);
  wanted.forEach((column, slot) => slots[column] = slot);
  const ragged = [];
  const place = { at: from, rows: 0 };
  let table = makeTable(1024, step);
  for (; ; ) {
    scanRows(bytes, separator, width, slots, step, table, place, ragged);
    if (place.at >= bytes.length) break;
    const expected = place.rows * bytes.length / Math.max(1, place.at - from);
    table = makeTable(Math.ceil(Math.max(expected * 1.02, place.rows * 1.5)), step, table);
  }
  const { starts, ends, rowStarts } = table;
  const length = place.rows;
  const cells = (column) => ({ bytes, starts, ends, first: slots[column], step, length });
  return { rows: length, rowStarts, ragged, cells };
}
function makeTable(capacity, step, smaller) {
  const starts = new Uint32Array(capacity * step + 1);
  const ends = new Uint32Array(capacity * step + 1);
  const rowStarts = new Uint32Array(capacity);
  if (smaller !== void 0) {
    starts.set(smaller.starts);
    ends.set(smaller.ends);
    rowStarts.set(smaller.rowStarts);
  }
  return { capacity, starts, ends, rowStarts };
}
function scanRows(bytes, separator, width, slots, step, { capacity, starts, ends, rowStarts }, place, ragged) {
  const length = bytes.length;
  let { at, rows } = place;
  while (at < length && rows < capacity) {
    const rowStart = at;
    const base = rows * step;
    let column = 0;
    let start = at;
    let end = at;
    for (; ; ) {
      start = at;
      const isQuoted = at < length && bytes[at] === quote;
      if (isQuoted) at = end = closingQuote(bytes, ++start);
      let byte = newline;
      while (at < length) {
        byte = bytes[at];
        if (byte === separator || byte === newline) break;
        at++;
      }
      const isLast = at >= length || byte === newline;
      if (!isQuoted) end = isLast && at > start && bytes[at - 1] === carriageReturn ? at - 1 : at;
      const slot = base + slots[column < width ? column : width];
      starts[slot] = start;
      ends[slot] = end;
      at++;
      if (isLast) break;
      column++;
    }
    if (column === width && end === start) column--;
    if (column === width - 1) rowStarts[rows++] = rowStart;
    else if (column > 0 || !isBlank(bytes, rowStart, end)) ragged.push({ start: rowStart, cells: column + 1 });
  }
  place.at = at;
  place.rows = rows;
}
function closingQuote(bytes, from) {
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] !== quote) continue;
    if (bytes[i + 1] !== quote) return i;
    i++;
  }
  return bytes.length;
}
function isBlank(bytes, start, end) {
  for (let i = start; i < end; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}

// src/data/formats/csv.ts
var csv = defineFormat({
  name: "csv",
  title: "text with separators",
  extensions: ["csv", "txt", "tsv", "tab", "psv", "prn"],
  // Text has no magic number; it is what is left when no other format says that a file is its own.
  recognise: () => false,
  async open(bytes, { file }) {
    const text = asUtf8(bytes);
    if (text.every((byte) => byte <= 32)) throw refuse("noRows", `${file}: the file is empty`, "it should hold bars");
    if (text.subarray(0, 4096).includes(0)) {
      throw refuse("damaged", `${file}: this is no text`, "a file of another kind needs a name that says so (.parquet, .arrow)");
    }
    const dialect = findDialect(text);
    if (dialect === void 0) {
      throw refuse(
        "missingColumn",
        `${file}: there is no header, and the rows are not time, open, high, low, close: "${firstLine(text)}"`,
        "the first line should name the columns: time,open,high,low,close,volume"
      );
    }
    const { separator, names, from, notes } = dialect;
    const read = async (wanted) => {
      const found = scan(text, { from, separator: separator.charCodeAt(0), width: names.length, wanted });
      const lineOf = lineNumbers(text);
      return {
        length: found.rows,
        columns: wanted.map((column) => ({ kind: "cells", cells: found.cells(column) })),
        line: (row) => lineOf(found.rowStarts[row]),
        ragged: found.ragged.map(({ start, cells }) => ({ line: lineOf(start), cells }))
      };
    };
    return { names, rowWord: "line", notes, read };
  }
});
function asUtf8(bytes) {
  const [first, second, third] = bytes;
  if (first === 239 && second === 187 && third === 191) return bytes.subarray(3);
  if (first === 255 && second === 254) return new TextEncoder().encode(new TextDecoder("utf-16le").decode(bytes));
  if (first === 254 && second === 255) return new TextEncoder().encode(new TextDecoder("utf-16be").decode(bytes));
  return bytes;
}
function lineNumbers(bytes) {
  let starts;
  return (at) => {
    starts ??= lineStarts(bytes);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = low + high >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
function lineStarts(bytes) {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return Float64Array.from(starts);
}

// src/data/formats/parquet.ts
var magic2 = [80, 65, 82, 49];
var hasMagic = (bytes) => magic2.every((byte, i) => bytes[i] === byte);
var parquet = defineFormat({
  name: "parquet",
  title: "Parquet",
  extensions: ["parquet", "pq"],
  recognise: hasMagic,
  async open(bytes, { file }) {
    if (!hasMagic(bytes)) throw damaged2(file, "it begins like no Parquet file");
    if (!hasMagic(bytes.subarray(-4)) || bytes.length < 12) throw damaged2(file, "its end is missing");
    const library = await import("hyparquet");
    const metadata = await attempt(file, () => library.parquetMetadata(bytes));
    const elements = library.parquetSchema(metadata).children.map((child) => child.element);
    return {
      names: elements.map((element) => element.name),
      rowWord: "row",
      symbol: metadata.key_value_metadata?.find(({ key }) => key === "symbol")?.value,
      notes: [],
      read: async (wanted) => {
        const chosen = wanted.map((index) => elements[index]);
        const compressors = await codecs(metadata, chosen, file);
        const chunks = await attempt(file, () => readChunks(library, bytes, metadata, chosen, compressors));
        const length = Number(metadata.num_rows);
        const columns = chosen.map((element) => {
          const own = chunks.filter((chunk) => chunk.columnName === element.name);
          const rows = own.reduce((sum, { columnData }) => sum + columnData.length, 0);
          if (rows !== length) throw damaged2(file, `of the column "${element.name}" only ${rows} of ${length} rows are there`);
          return columnOf(element, own, length);
        });
        return { length, columns, line: (row) => row + 1, ragged: [] };
      }
    };
  }
});
function damaged2(file, reason, cause) {
  const hint = "the file was not written or copied to its end, or is of another kind; fetch or write it again";
  return refuse("damaged", `${file}: this Parquet file cannot be read (${reason})`, hint, cause);
}
async function attempt(file, read) {
  try {
    return await read();
  } catch (cause) {
    throw damaged2(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
async function codecs(metadata, chosen, file) {
  const names = new Set(chosen.map((element) => element.name));
  const used = /* @__PURE__ */ new Set();
  for (const { meta_data } of metadata.row_groups.flatMap((group) => group.columns)) {
    if (meta_data !== void 0 && names.has(meta_data.path_in_schema[0])) used.add(meta_data.codec);
  }
  used.delete("UNCOMPRESSED");
  used.delete("SNAPPY");
  if (used.size === 0) return {};
  const { compressors } = await import("hyparquet-compressors");
  const unknown = [...used].filter((codec) => !(codec in compressors));
  if (unknown.length === 0) return compressors;
  const hint = "write it again with SNAPPY, ZSTD, GZIP, BROTLI or LZ4, or without compression";
  throw refuse("unsupported", `${file}: columns are packed with ${unknown.join(", ")}, which is not read`, hint);
}
async function readChunks(library, bytes, metadata, chosen, compressors) {
  const chunks = [];
  const schema = metadata.schema.map((element) => isConverted(element) ? stored(element) : element);
  await library.parquetRead({
    file: { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer },
    metadata: { ...metadata, schema },
    columns: chosen.map((element) => element.name),
    compressors,
    utf8: false,
    parsers: { timestampFromNanoseconds: (time) => time },
    onChunk: (chunk) => chunks.push(chunk)
  });
  return chunks;
}
var isDecimal = ({ converted_type, logical_type }) => converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";
var isDate = ({ converted_type, logical_type }) => converted_type === "DATE" || logical_type?.type === "DATE";
function timeOf({ type, converted_type, logical_type }) {
  if (logical_type?.type === "TIMESTAMP") {
    const unit = { MILLIS: "ms", MICROS: "us", NANOS: "ns" }[logical_type.unit];
    return { unit, isZoned: logical_type.isAdjustedToUTC };
  }
  if (converted_type === "TIMESTAMP_MILLIS") return { unit: "ms", isZoned: true };
  if (converted_type === "TIMESTAMP_MICROS") return { unit: "us", isZoned: true };
  return type === "INT96" ? { unit: "ns", isZoned: true } : void 0;
}
var isConverted = (element) => isDecimal(element) || isDate(element) || timeOf(element) !== void 0 && element.type !== "INT96";
function stored(element) {
  const { converted_type: _, logical_type: __, ...rest } = element;
  return rest;
}
function columnOf(element, chunks, length) {
  const { type, logical_type: logical, converted_type: converted, repetition_type: repetition } = element;
  if (type === void 0 || repetition === "REPEATED") return { kind: "other", type: "lists or structures" };
  const time = timeOf(element);
  if (time !== void 0) {
    const values = toMilliseconds(numbersOf2(chunks, length, plainNumber), time.unit);
    return { kind: "times", values, isZoned: time.isZoned };
  }
  if (isDate(element)) {
    const values = numbersOf2(chunks, length, plainNumber);
    return { kind: "times", values: values.map((day) => day * dayMs), isZoned: false };
  }
  if (isDecimal(element)) {
    const scale = element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0);
    return { kind: "numbers", values: numbersOf2(chunks, length, (value) => decimalNumber(value, scale)) };
  }
  if (logical?.type === "TIME" || converted?.startsWith("TIME_") === true) return { kind: "other", type: "times of day" };
  if (type === "BYTE_ARRAY") return { kind: "cells", cells: cellsOf(textsOf(chunks, length)) };
  if (type === "BOOLEAN" || type === "FIXED_LEN_BYTE_ARRAY") {
    if (logical?.type !== "FLOAT16") return { kind: "other", type: type.toLowerCase().replaceAll("_", " ") };
  }
  return { kind: "numbers", values: numbersOf2(chunks, length, plainNumber) };
}
function numbersOf2(chunks, length, convert) {
  const numbers = new Float64Array(length);
  for (const { columnData, rowStart } of chunks) {
    if (columnData instanceof Float64Array) numbers.set(columnData, rowStart);
    else if (columnData instanceof BigInt64Array && convert === plainNumber) numbers.set(fromInt64(columnData), rowStart);
    else for (let i = 0; i < columnData.length; i++) numbers[rowStart + i] = convert(columnData[i]);
  }
  return numbers;
}
var plainNumber = (value) => typeof value === "number" ? value : typeof value === "bigint" ? Number(value) : NaN;
function decimalNumber(value, scale) {
  if (typeof value === "number" || typeof value === "bigint") return fromDecimal(BigInt(value), scale);
  if (!(value instanceof Uint8Array)) return NaN;
  let digits = 0n;
  for (const byte of value) digits = digits << 8n | BigInt(byte);
  return fromDecimal(BigInt.asIntN(value.length * 8, digits), scale);
}
function textsOf(chunks, length) {
  const decoder2 = new TextDecoder();
  const texts = new Array(length).fill("");
  for (const { columnData, rowStart } of chunks) {
    for (let i = 0; i < columnData.length; i++) {
      const value = columnData[i];
      if (typeof value === "string") texts[rowStart + i] = value;
      else if (value instanceof Uint8Array) texts[rowStart + i] = decoder2.decode(value);
    }
  }
  return texts;
}

// src/data/formats/index.ts
var formats = [csv, arrow, parquet];

// src/data/gunzip.ts
var isGzip = (bytes) => bytes.length >= 2 && bytes[0] === 31 && bytes[1] === 139;
async function gunzip(bytes, file) {
  try {
    const { readable, writable } = new DecompressionStream("gzip");
    const writer = writable.getWriter();
    const written = Promise.all([writer.write(bytes), writer.close()]);
    written.catch(() => void 0);
    const pieces = [];
    let length = 0;
    for (const reader = readable.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      length += value.length;
    }
    await written;
    const unpacked = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      unpacked.set(piece, at);
      at += piece.length;
    }
    return unpacked;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = "the file was not copied or downloaded to its end, or is no gzip; fetch it again";
    throw refuse("damaged", `${file}: the gzip cannot be unpacked (${reason})`, hint, cause);
  }
}

// src/data/strict.ts
function strictly(file, rows, defects) {
  const refused = defects.filter(({ kind }) => defectKinds[kind].severity === "refused");
  if (refused.length === 0) return;
  const [first] = refused;
  const dropped = refused.filter((defect) => defect.dropped);
  const counts2 = /* @__PURE__ */ new Map();
  for (const { kind } of dropped) counts2.set(kind, (counts2.get(kind) ?? 0) + 1);
  const kinds = Array.from(counts2, ([kind, count]) => `${count} with ${defectKinds[kind].title} (${defectKinds[kind].code})`);
  const total = dropped.length > 0 ? `. ${dropped.length} of ${rows} bars cannot be used: ${kinds.join(", ")}` : "";
  throw new BitFeverError(first.code, `${file}, ${first.message}${total}`, { hint: remedy(first.kind, dropped.length) });
}
function remedy(kind, dropped) {
  const drops = dropped === 1 ? "drops this bar and says so" : `drops these ${dropped} bars and lists them`;
  switch (kind) {
    case "newestFirst":
      return `\`${flag.mode} lenient\` turns the bars round${dropped > 0 ? ` and ${drops}` : ""}; or sort the file`;
    case "commaInNumber":
      return "write numbers with a point for the decimals and nothing between the thousands: 1234.5";
    case "raggedRow":
      return `correct the header so that it names every column, or read with \`${flag.mode} lenient\`, which ${drops}`;
    case "skippedTime":
      return `is \`${flag.zone}\` the zone of these times? If so, \`${flag.mode} lenient\` ${drops}`;
    default:
      return `correct the file, or read it with \`${flag.mode} lenient\`, which ${drops}`;
  }
}

// src/data/read-bars.ts
async function readBars(bytes, options) {
  const { name: file, zone = "UTC", mode = "strict", stamp = "open", dates } = options;
  const unpacked = isGzip(bytes) ? await gunzip(bytes, file) : bytes;
  if (unpacked.length === 0) throw refuse("noRows", `${file}: the file is empty`, "it should hold bars");
  const format = chooseFormat(unpacked, options);
  const table = await format.open(unpacked, { file });
  const { columns, rows, hasVolume, skipped, text, unused } = await readColumns(table, { file, zone, dates });
  const { bars, defects } = checkBars({
    ...{ symbol: options.symbol ?? table.symbol ?? symbolOf(file), columns, hasVolume, skipped, zone, text },
    ...{ rowWord: table.rowWord, line: rows.line, ragged: rows.ragged, width: table.names.length }
  });
  if (mode === "strict") strictly(file, rows.length + rows.ragged.length, defects);
  if (bars.length === 0) {
    const dropped = defects.filter((defect) => defect.dropped);
    const message = `${file}: not one of ${dropped.length} bars can be used; ${dropped[0].message}`;
    throw refuse("nothingLeft", message, `read it with \`${flag.mode} strict\` to see what is wrong`);
  }
  const notes = [...table.notes];
  if (unused.length > 0) notes.push(`not used: ${unused.map((name) => name || "a column without a name").join(", ")}`);
  return { bars: stamp === "close" ? openStamped(bars, file) : bars, defects, notes, format: format.name };
}
function chooseFormat(bytes, { name: file, format: wanted }) {
  if (wanted !== void 0) {
    const found2 = formats.find((format) => format.name === wanted);
    if (found2 !== void 0) return found2;
    const known = formats.map((format) => format.name).join(", ");
    throw new BitFeverError("BF5041", `"${String(wanted)}" is no format of bars`, { hint: `formats are ${known}` });
  }
  const extension = /\.([^./\\]+)(\.gz|\.gzip)?$/i.exec(file)?.[1]?.toLowerCase() ?? "";
  const found = formats.find((format) => format.recognise(bytes)) ?? formats.find((format) => format.extensions.includes(extension)) ?? // Without a name that says anything, what has no zero bytes is read as text.
  (otherFiles.has(extension) || bytes.subarray(0, 4096).includes(0) ? void 0 : formats[0]);
  if (found !== void 0) return found;
  const ends = formats.flatMap((format) => format.extensions).join(", .");
  throw refuse(
    "unknownFormat",
    `${file}: this kind of file is not read`,
    otherFiles.get(extension) ?? `bars are read from files that end in .${ends}, each also with .gz; or say which with ${flag.format}`
  );
}
var otherFiles = /* @__PURE__ */ new Map([
  ["zip", "unpack it and read what is inside"],
  ["json", "save the bars as CSV, with a first line that names the columns: time,open,high,low,close,volume"],
  ["jsonl", "save the bars as CSV, with a first line that names the columns: time,open,high,low,close,volume"],
  ["xlsx", "save the sheet as CSV"],
  ["xls", "save the sheet as CSV"]
]);
function symbolOf(file) {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return name.replace(/\.(gz|gzip)$/i, "").replace(/(?<=.)\.[^.]+$/, "");
}
function openStamped(bars, file) {
  if (bars.intervalMs === 0) {
    const message = `${file}: one bar does not say how long a bar is, so its open cannot be told from its close`;
    throw refuse("noInterval", message, `leave out \`${flag.stamp} close\`, or give two bars or more`);
  }
  return { ...bars, time: bars.time.map((time) => time - bars.intervalMs) };
}

// ../../../../tmp/fuzz.mts
import { readFileSync } from "node:fs";
var seed = 1;
var rnd = () => {
  seed = seed * 1103515245 + 12345 & 2147483647;
  return seed / 2147483647;
};
process.on("unhandledRejection", (e) => console.log("UNHANDLED", e));
for (const f of ["zstd.feather", "unnamed.parquet"]) try {
  const r = await readBars(new Uint8Array(readFileSync("/tmp/fx/" + f)), { name: f });
  console.log(f, r.bars.length);
} catch (e) {
  console.log(f, e.message);
}
var counts = {};
for (const f of ["ref.csv", "gz.csv.gz", "lz4.feather", "zstd.feather", "uncompressed.feather", "s.arrows", "snappy.parquet", "zstd.parquet", "gzip.parquet", "lz4.parquet", "brotli.parquet", "none.parquet", "str.parquet", "dict.feather"]) {
  const b = new Uint8Array(readFileSync("/tmp/fx/" + f));
  let slow = 0;
  for (let k = 0; k < 150; k++) {
    let x;
    if (k < 20) x = b.slice(0, Math.floor(b.length * k / 20));
    else if (k < 30) x = b.slice(0, b.length - 1 - (k - 20));
    else {
      x = b.slice();
      for (let j = 0; j < (k % 3 ? 3 : 50); j++) x[Math.floor(rnd() * (k % 2 ? x.length : Math.min(x.length, 2e3)))] = rnd() * 256;
    }
    const t = performance.now();
    try {
      const r = await Promise.race([readBars(x, { name: f, mode: k % 2 ? "lenient" : "strict" }), new Promise((_, j) => setTimeout(() => j(new Error("TIMEOUT")), 2e4).unref())]);
      counts[f + " ok"] = (counts[f + " ok"] ?? 0) + 1;
    } catch (e) {
      if (!e?.code?.startsWith?.("BF4")) console.log(f, k, e?.code, e?.stack ?? e);
      else counts[f + " " + e.code] = (counts[f + " " + e.code] ?? 0) + 1;
    }
    const dt = performance.now() - t;
    if (dt > 500) console.log(f, k, "slow", dt | 0);
  }
}
console.log(counts);
