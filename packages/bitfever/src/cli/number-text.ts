/** A price or a quantity, without the digits that are noise where there are no ticks and no lots. */
export const numberText = (value: number): string => String(Number(value.toPrecision(12)));
