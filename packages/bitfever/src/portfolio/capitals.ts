import { moneyDecimalsOf, type Settings } from "@bitfever/engine";

/** The capital in parts; with decimals of money the last takes what rounding leaves. */
export function capitalsOf(shares: readonly number[], settings: Settings): readonly number[] {
  const { initial_capital: whole } = settings;
  const decimals = moneyDecimalsOf(settings);
  const rounded = (value: number): number => (decimals === null ? value : Number(value.toFixed(decimals)));
  let left = whole;
  return shares.map((share, i) => {
    const part = i === shares.length - 1 ? left : rounded(whole * share);
    left = rounded(left - part);
    return part;
  });
}
