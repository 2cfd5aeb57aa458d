import { capitalsOf } from "../portfolio/capitals.js";
import type { AccountSetup } from "./account-setup.js";

/** With what each seat begins: in a portfolio whole units of money, to the last of which all of it is given out. */
export function seatCapitals({ settings, seats, portfolio }: AccountSetup): readonly number[] {
  const shares = seats.map(({ share }) => share);
  if (portfolio === undefined) return shares.map((share) => settings.initial_capital * share);
  return capitalsOf(shares, settings);
}
