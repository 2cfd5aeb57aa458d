import { mostPages } from "./web-assembly.js";
import { Local, unsigned, type Integer, type Statement, type ValueType } from "./code.js";

/** A function of two whole numbers that comes to a third, as it is written. */
export class FunctionDraft {
  readonly from = new Local("i32", 0);
  readonly to = new Local("i32", 1);
  private readonly locals: ValueType[] = [];

  local<Type extends ValueType>(type: Type): Local<Type> {
    this.locals.push(type);
    return new Local(type, this.locals.length + 1);
  }

  /**
   * A module that exports it as `run`, on a memory that whoever makes an instance brings along.
   *
   * @param isShared  whether threads share that memory
   */
  module(body: Statement, result: Integer, isShared = false): Uint8Array {
    const locals = this.locals.flatMap((type) => [1, typeCodes[type]]);
    const code = [...unsigned(this.locals.length), ...locals, ...body.bytes, ...result.bytes, 0x0b];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 2, typeCodes.i32, typeCodes.i32, 1, typeCodes.i32]),
      ...section(2, [
        1,
        ...text("engine"),
        ...text("memory"),
        2,
        ...(isShared ? [3, 0, ...unsigned(mostPages)] : [0, 1]),
      ]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...text("run"), 0, 0]),
      ...section(10, [1, ...unsigned(code.length), ...code]),
    ]);
  }
}

const typeCodes: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

const text = (value: string): number[] => [
  ...unsigned(value.length),
  ...Array.from(value, (each) => each.charCodeAt(0)),
];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
