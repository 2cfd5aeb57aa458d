/** Whether a value is an object with a property, of whatever type. */
export const has = <Name extends string>(
  value: unknown,
  name: Name,
): value is Readonly<Record<Name, unknown>> => typeof value === "object" && value !== null && name in value;
