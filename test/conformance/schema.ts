/* As much of JSON Schema as the schemas of conformance/ use. */

export interface Schema {
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly propertyNames?: Schema;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typesOf(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return typeof value === "number" && Number.isInteger(value) ? ["number", "integer"] : [typeof value];
}

/** What in a value is not as its schema wants it, each with its place. */
export function violations(value: unknown, schema: Schema, root = schema, place = "$"): string[] {
  if (schema.$ref !== undefined) {
    const definition = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    return definition === undefined
      ? [`${place}: no ${schema.$ref}`]
      : violations(value, definition, root, place);
  }
  const { type, enum: members, pattern, oneOf } = schema;
  const types = type === undefined ? null : [type].flat();
  if (types !== null && !typesOf(value).some((each) => types.includes(each)))
    return [`${place}: not ${types.join(" or ")}`];
  const found: string[] = [];
  if (members !== undefined && !members.includes(value)) found.push(`${place}: not one of ${members.join()}`);
  if (pattern !== undefined && typeof value === "string" && !new RegExp(pattern).test(value))
    found.push(`${place}: not like ${pattern}`);
  if (oneOf !== undefined && oneOf.filter((each) => violations(value, each, root).length === 0).length !== 1)
    found.push(`${place}: not exactly one of the forms`);
  if (Array.isArray(value)) found.push(...violationsOfItems(value, schema, root, place));
  if (isObject(value)) found.push(...violationsOfParts(value, schema, root, place));
  return found;
}

function violationsOfItems(value: readonly unknown[], schema: Schema, root: Schema, place: string): string[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  return [
    ...(value.length < minItems ? [`${place}: fewer than ${minItems}`] : []),
    ...(value.length > maxItems ? [`${place}: more than ${maxItems}`] : []),
    ...value.flatMap((each, i) =>
      items === undefined ? [] : violations(each, items, root, `${place}[${i}]`),
    ),
  ];
}

function violationsOfParts(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  root: Schema,
  place: string,
): string[] {
  const { required = [], properties = {}, additionalProperties: others = true, minProperties = 0 } = schema;
  const { propertyNames: named } = schema;
  const names = Object.keys(value);
  return [
    ...(named === undefined ? [] : names.flatMap((name) => violations(name, named, root, place))),
    ...(names.length < minProperties ? [`${place}: fewer parts than ${minProperties}`] : []),
    ...required.filter((each) => !names.includes(each)).map((each) => `${place}: no ${each}`),
    ...names.flatMap((name) => {
      const part = Object.hasOwn(properties, name) ? properties[name] : others;
      if (part === true) return [];
      return part === false
        ? [`${place}: has ${name}`]
        : violations(value[name], part, root, `${place}.${name}`);
    }),
  ];
}
