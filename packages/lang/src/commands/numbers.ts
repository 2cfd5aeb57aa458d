import type { IToken } from "chevrotain";

const thousands: Readonly<Record<string, string>> = { k: "e3", m: "e6" };

/** The value of a number as it was written: `2_400`, `$80`, `1.5k`; of a ratio what its sides come to. */
export function valueOf({ image }: IToken): number {
  const text = image.replace(/[$_]/g, "").toLowerCase();
  if (text.includes(":")) {
    const [over, under] = text.split(":").map(Number);
    return over / under;
  }
  const power = thousands[text.slice(-1)];
  return Number(power === undefined ? text : `${text.slice(0, -1)}${power}`);
}

/** The share that a percentage is; a number alone is one too. */
export const shareOf = ({ image }: IToken): number => Number(`${image.replace(/[%_]/g, "")}e-2`);
