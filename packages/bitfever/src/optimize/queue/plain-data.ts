/* Plain data as text: JSON, and what JSON cannot say. Numbers and columns come back with the same bits. */

/** Under these names alone in an object stands, as a text, what JSON has no word for. */
const columnName = "$column";
const numberName = "$number";

/**
 * @param columnText  what stands for a column
 * @throws TypeError for a value that is no plain data
 */
export const encode = (value: unknown, columnText: (column: Float64Array) => string): string =>
  JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === "number")
      return Number.isFinite(each) && !Object.is(each, -0)
        ? each
        : { [numberName]: Object.is(each, -0) ? "-0" : String(each) };
    if (each instanceof Float64Array) return { [columnName]: columnText(each) };
    if (typeof each === "object" && each !== null && !isPlain(each))
      throw new TypeError(`${Object.prototype.toString.call(each)} is no plain data`);
    if (typeof each === "function") throw new TypeError("a function is no plain data");
    return each;
  });

/**
 * @param columnOf  the column that a text stands for
 * @throws Error for a text that `encode` does not write
 */
export const decode = (text: string, columnOf: (text: string) => Float64Array): unknown =>
  JSON.parse(text, (key, each: unknown) => {
    if (key === "__proto__") throw new TypeError("`__proto__` is no name");
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    const [[name, value] = ["", null], ...more] = Object.entries(each);
    if (more.length > 0 || typeof value !== "string") return each;
    return name === columnName ? columnOf(value) : name === numberName ? Number(value) : each;
  });

const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
