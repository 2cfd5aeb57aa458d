import type { SignatureType } from "@bitfever/lang";
import type { Indicator } from "../indicator.js";
import { bits, runIndicator, type Columns } from "./run-alone.js";
import { portsOf, type Trial } from "./trial.js";

/** Something that holds for every indicator, whatever it computes. */
export interface IndicatorLaw {
  readonly name: string;
  /** What is wrong on a trial; null if nothing is. */
  readonly broken: (indicator: Indicator, trial: Trial) => string | null;
}

const isAbsent = (value: number): boolean => Number.isNaN(value);

/** Where two runs first differ, in words; null where they do not. */
function difference(indicator: Indicator, a: Columns, b: Columns): string | null {
  if (bits(a) === bits(b)) return null;
  for (const [i, { name }] of indicator.outputs.entries()) {
    const bar = a[i].findIndex((value, at) => !Object.is(value, b[i][at]));
    if (bar >= 0) return `\`${name}\` on bar ${bar + 1} is ${a[i][bar]} and ${b[i][bar]}`;
  }
  return null;
}

const warmUp: IndicatorLaw = {
  name: "the first value comes after exactly the warm-up, and one on every bar from then on",
  broken(indicator, { parameters, inputs }) {
    const warmup = indicator.warmup(parameters);
    for (const [i, output] of runIndicator(indicator, parameters, inputs).entries()) {
      const first = output.findIndex((value) => !isAbsent(value));
      const found = first < 0 ? output.length : first;
      const start = indicator.isWaiting === true ? Math.max(found, warmup) : warmup;
      const wrong = output.findIndex((value, bar) => isAbsent(value) !== bar < start);
      if (wrong < 0) continue;
      const is = isAbsent(output[wrong]) ? "has no value" : "has a value";
      return `\`${indicator.outputs[i].name}\` ${is} on bar ${wrong + 1}, with a warm-up of ${warmup}`;
    }
    return null;
  },
};

const cut: IndicatorLaw = {
  name: "the bits are the same however the bars are cut, with no more history than the look-back",
  broken(indicator, { parameters, inputs, cuts }) {
    const whole = runIndicator(indicator, parameters, inputs);
    return (
      difference(indicator, whole, runIndicator(indicator, parameters, inputs, cuts)) ??
      difference(indicator, whole, runIndicator(indicator, parameters, inputs, [1]))
    );
  },
};

const prefix: IndicatorLaw = {
  name: "it does not see the future",
  broken(indicator, { parameters, inputs, at }) {
    const changed = inputs.map((each) => each.map((value, bar) => (bar <= at ? value : 1_001 - value)));
    const upTo = (columns: Columns): Columns => columns.map((each) => each.subarray(0, at + 1));
    return difference(
      indicator,
      upTo(runIndicator(indicator, parameters, inputs)),
      upTo(runIndicator(indicator, parameters, changed)),
    );
  },
};

const ownState: IndicatorLaw = {
  name: "it keeps what it remembers to itself",
  broken(indicator, { parameters, inputs }) {
    const alone = runIndicator(indicator, parameters, inputs);
    // A second one, run in between, must leave no trace.
    const others = inputs.map((each) => each.map((value) => value * 2));
    runIndicator(indicator, parameters, others, [3]);
    return difference(indicator, alone, runIndicator(indicator, parameters, inputs, [2]));
  },
};

const snapshot: IndicatorLaw = {
  name: "a copy of its state goes on as it would have done itself",
  broken(indicator, { parameters, inputs, at }) {
    const alone = runIndicator(indicator, parameters, inputs);
    const copied = runIndicator(indicator, parameters, inputs, [at + 1, 1], (state) =>
      structuredClone(state),
    );
    return difference(indicator, alone, copied);
  },
};

const recovery: IndicatorLaw = {
  name: "it recovers from bars without a value",
  broken(indicator, { parameters, inputs }) {
    if (indicator.isWaiting === true) return null;
    const gap = inputs.map((each) => each.map((value, bar) => (bar >= 10 && bar < 13 ? NaN : value)));
    const late = 14 + 2 * (indicator.warmup(parameters) + indicator.lookback(parameters));
    for (const [i, output] of runIndicator(indicator, parameters, gap).entries()) {
      const wrong = output.findIndex((value, bar) => bar >= late && isAbsent(value));
      if (wrong >= 0)
        return `\`${indicator.outputs[i].name}\` has no value on bar ${wrong + 1}, after bars 11 to 13 without one`;
    }
    return null;
  },
};

/** All prices become so many times what they were. Binary fractions lose nothing by it. */
const factor = 4;
const powers: Partial<Record<SignatureType, number>> = { price: 1, same: 1, money: 1, square: 2, root: 0.5 };

const scale: IndicatorLaw = {
  name: "its values have the units it says: prices four times as high make prices four times as high, and numbers the same",
  broken(indicator, { parameters, inputs }) {
    if (indicator.isScaleBound === true) return null;
    const isPrice = portsOf(indicator).map(({ type }) => type === "price" || type === "same");
    const scaled = inputs.map((each, port) => (isPrice[port] ? each.map((value) => value * factor) : each));
    const plain = runIndicator(indicator, parameters, inputs);
    const high = runIndicator(indicator, parameters, scaled);
    for (const [i, { name, type }] of indicator.outputs.entries()) {
      const times = factor ** (powers[type] ?? 0);
      const size = plain[i].reduce((most, value) => Math.max(most, Math.abs(value) || 0), 1);
      const wrong = plain[i].findIndex((value, bar) => {
        const apart = Math.abs(high[i][bar] / times - value);
        return isAbsent(value) ? !isAbsent(high[i][bar]) : !(apart <= 1e-9 * size);
      });
      if (wrong >= 0)
        return `\`${name}\`, of unit ${type}, is ${plain[i][wrong]} on bar ${wrong + 1}, and ${high[i][wrong]} with prices × ${factor}`;
    }
    return null;
  },
};

/** All prices become so much more than they were. */
const distance = 64;

const shift: IndicatorLaw = {
  name: "its prices are levels, which rise by 64 where all prices do, or distances, which stay; or it says that it `isShiftBound`",
  broken(indicator, { parameters, inputs }) {
    if (indicator.isShiftBound?.(parameters) === true) return null;
    const isPrice = portsOf(indicator).map(({ type }) => type === "price" || type === "same");
    const shifted = inputs.map((each, port) =>
      isPrice[port] ? each.map((value) => value + distance) : each,
    );
    const plain = runIndicator(indicator, parameters, inputs);
    const high = runIndicator(indicator, parameters, shifted);
    for (const [i, { name, type, isDistance }] of indicator.outputs.entries()) {
      if (type !== "price" && type !== "same") continue;
      const further = isDistance === true ? 0 : distance;
      const size = plain[i].reduce((most, value) => Math.max(most, Math.abs(value) || 0), distance);
      const wrong = plain[i].findIndex((value, bar) => {
        const apart = Math.abs(high[i][bar] - further - value);
        return isAbsent(value) ? !isAbsent(high[i][bar]) : !(apart <= 1e-7 * size);
      });
      if (wrong < 0) continue;
      const is = isDistance === true ? "a distance" : "a level";
      return `\`${name}\`, ${is}, is ${plain[i][wrong]} on bar ${wrong + 1}, and ${high[i][wrong]} with prices + ${distance}`;
    }
    return null;
  },
};

export const indicatorLaws: readonly IndicatorLaw[] = [
  warmUp,
  cut,
  prefix,
  ownState,
  snapshot,
  recovery,
  scale,
  shift,
];
