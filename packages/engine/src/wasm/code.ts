/*
 * Expressions and statements of WebAssembly, as what they are encoded to. Types are checked by the compiler of TypeScript, so
 * that what is put together here is valid.
 */

/** Code that leaves a value of a type behind, or nothing. */
export interface Code<Type extends ValueType | "none"> {
  readonly type: Type;
  readonly bytes: readonly number[];
}

/** A `v128` here is a pair of doubles. */
export type ValueType = "f64" | "i32" | "v128";
export type Double = Code<"f64">;
export type Pair = Code<"v128">;
export type Integer = Code<"i32">;
export type Statement = Code<"none">;

const coded = <Type extends ValueType | "none">(
  type: Type,
  ...parts: readonly (number | Code<ValueType | "none">)[]
): Code<Type> => ({
  type,
  bytes: parts.flatMap((part) => (typeof part === "number" ? [part] : part.bytes)),
});

/** A whole number not below zero, in as many groups of seven bits as it has. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

/** A whole number of 32 bits with a sign. */
function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isWhole = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isWhole ? [low] : [low | 0x80, ...signed(rest)];
}

export const integer = (value: number): Integer => coded("i32", 0x41, ...signed(value));
export const double = (value: number): Double =>
  coded("f64", 0x44, ...new Uint8Array(new Float64Array([value]).buffer));

const binary =
  <In extends ValueType, Out extends ValueType>(_in: In, out: Out, opcode: number) =>
  (a: Code<In>, b: Code<In>): Code<Out> =>
    coded(out, a, b, opcode);
const unary =
  <In extends ValueType, Out extends ValueType>(_in: In, out: Out, opcode: number) =>
  (a: Code<In>): Code<Out> =>
    coded(out, a, opcode);

export const add = binary("f64", "f64", 0xa0);
export const subtract = binary("f64", "f64", 0xa1);
export const multiply = binary("f64", "f64", 0xa2);
export const divide = binary("f64", "f64", 0xa3);
export const lower = binary("f64", "f64", 0xa4);
export const higher = binary("f64", "f64", 0xa5);
export const absolute = unary("f64", "f64", 0x99);
export const negated = unary("f64", "f64", 0x9a);
export const squareRoot = unary("f64", "f64", 0x9f);
export const isEqual = binary("f64", "i32", 0x61);
export const isOther = binary("f64", "i32", 0x62);
export const isLess = binary("f64", "i32", 0x63);
export const isGreater = binary("f64", "i32", 0x64);
export const isLessOrEqual = binary("f64", "i32", 0x65);
export const isGreaterOrEqual = binary("f64", "i32", 0x66);
/** Towards zero. */
export const wholeOf = unary("f64", "i32", 0xaa);

export const plus = binary("i32", "i32", 0x6a);
export const minus = binary("i32", "i32", 0x6b);
export const and = binary("i32", "i32", 0x71);
export const or = binary("i32", "i32", 0x72);
export const shiftedLeft = binary("i32", "i32", 0x74);
/** Of a whole number not below zero. */
export const shiftedRight = binary("i32", "i32", 0x76);
export const isZero = unary("i32", "i32", 0x45);
export const isBelow = binary("i32", "i32", 0x48);
export const isSame = binary("i32", "i32", 0x46);

const ofPairs =
  (...opcode: readonly number[]) =>
  (a: Pair, b: Pair): Pair =>
    coded("v128", a, b, 0xfd, ...opcode);

export const addPairs = ofPairs(0xf0, 0x01);
export const subtractPairs = ofPairs(0xf1, 0x01);
export const multiplyPairs = ofPairs(0xf2, 0x01);
export const dividePairs = ofPairs(0xf3, 0x01);
/** Comparisons lane by lane: all bits where they hold, else none. */
export const areEqual = ofPairs(0x47);
export const areOther = ofPairs(0x48);
export const areLess = ofPairs(0x49);
export const areGreater = ofPairs(0x4a);
export const areLessOrEqual = ofPairs(0x4b);
export const areGreaterOrEqual = ofPairs(0x4c);
export const bothMasks = ofPairs(0x4e);
export const eitherMask = ofPairs(0x50);
/** Lane by lane, one of two values by a mask. */
export const choosePairs = (mask: Pair, then: Pair, otherwise: Pair): Pair =>
  coded("v128", then, otherwise, mask, 0xfd, 0x52);
export const isAnyLane = (mask: Pair): Integer => coded("i32", mask, 0xfd, 0x53);
export const areBothLanes = (mask: Pair): Integer => coded("i32", mask, 0xfd, 0xc3, 0x01);
/** The lower half of a lane: of a mask all bits or none. */
export const bitsOfLane = (mask: Pair, lane: 0 | 1): Integer => coded("i32", mask, 0xfd, 0x1b, 2 * lane);
/** The second lane of a pair, and the first of the next one: what each lane of this had one lane before. */
export const laneBefore = (before: Pair, pair: Pair): Pair =>
  coded("v128", before, pair, 0xfd, 0x0d, ...Array.from({ length: 16 }, (_, i) => 8 + i));
export const secondLaneTwice = (pair: Pair): Pair =>
  coded("v128", pair, pair, 0xfd, 0x0d, ...Array.from({ length: 16 }, (_, i) => 8 + (i % 8)));

/** Lane by lane, the second where it is lower than the first; else the first. */
export const pairLower = ofPairs(0xf6, 0x01);
/** The second where it is higher. */
export const pairHigher = ofPairs(0xf7, 0x01);
export const absolutePairs = (pair: Pair): Pair => coded("v128", pair, 0xfd, 0xec, 0x01);
export const negatedPairs = (pair: Pair): Pair => coded("v128", pair, 0xfd, 0xed, 0x01);
export const bothLanes = (value: Double): Pair => coded("v128", value, 0xfd, 0x14);
export const laneOf = (pair: Pair, lane: 0 | 1): Double => coded("f64", pair, 0xfd, 0x21, lane);

/** Two values in a row. */
export const loadPair = (address: Integer, offset: number): Pair =>
  coded("v128", address, 0xfd, 0x00, 3, ...unsigned(offset));
export const storePair = (address: Integer, offset: number, pair: Pair): Statement =>
  coded("none", address, pair, 0xfd, 0x0b, 3, ...unsigned(offset));
/** One value in both lanes. */
export const loadTwice = (address: Integer, offset: number): Pair =>
  coded("v128", address, 0xfd, 0x0a, 3, ...unsigned(offset));

/** One of two values, both of which are worked out. */
export const select = (condition: Integer, then: Double, otherwise: Double): Double =>
  coded("f64", then, otherwise, condition, 0x1b);

/** The value at an address, a constant number of bytes behind it. */
export const load = (address: Integer, offset: number): Double =>
  coded("f64", address, 0x2b, 3, ...unsigned(offset));
export const loadInteger = (address: Integer, offset: number): Integer =>
  coded("i32", address, 0x28, 2, ...unsigned(offset));
export const store = (address: Integer, offset: number, value: Double): Statement =>
  coded("none", address, value, 0x39, 3, ...unsigned(offset));
export const storeInteger = (address: Integer, offset: number, value: Integer): Statement =>
  coded("none", address, value, 0x36, 2, ...unsigned(offset));

const empty = 0x40;

export const inOrder = (...statements: readonly Statement[]): Statement => coded("none", ...statements);

export function when(
  condition: Integer,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  const other = otherwise.length === 0 ? [] : [0x05, ...otherwise];
  return coded("none", condition, 0x04, empty, ...then, ...other, 0x0b);
}

/** Statements again and again, once at least, as long as a condition holds after them. */
export const repeatedWhile = (condition: Integer, ...body: readonly Statement[]): Statement =>
  coded("none", 0x03, empty, ...body, condition, 0x0d, 0, 0x0b);

/** A variable of a function. */
export class Local<Type extends ValueType> {
  constructor(
    private readonly type: Type,
    private readonly index: number,
  ) {}

  get value(): Code<Type> {
    return coded(this.type, 0x20, ...unsigned(this.index));
  }

  set(value: Code<Type>): Statement {
    return coded("none", value, 0x21, ...unsigned(this.index));
  }
}
