import { JestAsymmetricMatchers, JestChaiExpect, JestExtend, type ExpectStatic } from "@vitest/expect";
import * as chai from "chai";

/*
 * What tests import of vitest, in one process that stays: a mutant is tried by running some of them again. It knows
 * what the tests of execution use, and no more.
 */

type Body = () => unknown;
type Each = (name: string, body: (...row: readonly never[]) => unknown) => void;

/** A test, with its name. */
export interface Test {
  readonly name: string;
  readonly run: Body;
}

export const tests: Test[] = [];
const names: string[] = [];

export function describe(name: string, second: object | Body, third?: Body): void {
  names.push(name);
  const body = third ?? second;
  if (typeof body === "function") (body as Body)();
  names.pop();
}

const declare = (name: string, run: Body): void =>
  void tests.push({ name: [...names, name].join(" > "), run });

const each =
  (rows: readonly unknown[]): Each =>
  (name, body) => {
    rows.forEach((row, i) => {
      const values = (Array.isArray(row) ? row : [row]) as never[];
      declare(`${name} (${i})`, () => body(...values));
    });
  };

/** A test as it is, or one with each row of values. */
export const test = Object.assign(declare, { each });
export const it = Object.assign(declare, { each });

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const expect = ((value: unknown, message?: string) => chai.expect(value, message)) as ExpectStatic;
Object.assign(expect, (chai as unknown as { readonly expect: object }).expect);
