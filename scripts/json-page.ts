type Schema = Readonly<Record<string, unknown>>;

/** The page that lists what each command writes with `--json`, with the fields at its top. */
export function jsonPage(schemas: readonly (readonly [name: string, schema: Schema])[]): string {
  const parts = schemas.map(([name, schema]) => {
    const link = `[${name}.schema.json](../../packages/bitfever/schemas/${name}.schema.json)`;
    const alternatives = alternativesOf(schema, (schema["definitions"] ?? {}) as Record<string, Schema>);
    return [`## ${String(schema["title"])}`, `Schema: ${link}`, ...alternatives.map(fieldsTable)]
      .filter((each) => each !== "")
      .join("\n\n");
  });
  const head = [
    "# What commands write as JSON",
    "Every command that has `--json` has a schema (JSON Schema, draft 7), generated from the types of what it writes. They are in the package too: " +
      '`bitfever/schemas/backtest.schema.json`. Where a result says `schema: "bitfever/…@1"`, the number counts up when a field goes or means something else, and not for a new one: ' +
      "a schema knows the fields of the BitFever it comes with, and no others. All times are ISO-8601 in UTC unless a field says that it is in milliseconds.",
  ];
  return `${[...head, ...parts].join("\n\n")}\n`;
}

/** A schema, what its list has, or each of what it may be, without references. */
function alternativesOf(schema: Schema, definitions: Readonly<Record<string, Schema>>): readonly Schema[] {
  const reference = schema["$ref"];
  if (typeof reference === "string")
    return alternativesOf(
      definitions[decodeURIComponent(reference.replace("#/definitions/", ""))],
      definitions,
    );
  const inner = (schema["anyOf"] ?? (schema["items"] === undefined ? undefined : [schema["items"]])) as
    readonly Schema[] | undefined;
  return inner === undefined ? [schema] : inner.flatMap((each) => alternativesOf(each, definitions));
}

function fieldsTable({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties as Record<string, Schema>).map(([name, field]) => {
    const always = (required as readonly string[]).includes(name) ? "always" : "";
    return `| \`${name}\` | ${typeOf(field)} | ${always} | ${textOf(field["description"])
      .replace(/\s+/g, " ")
      .replaceAll("|", "\\|")} |`;
  });
  return rows.length === 0 ? "" : ["| field | type | | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function typeOf(field: Schema): string {
  const { $ref, anyOf, type, items, enum: values } = field;
  if (field["const"] !== undefined) return `\`${JSON.stringify(field["const"])}\``;
  if (Array.isArray(values))
    return values.length > 8 ? "text" : values.map((each) => `\`${JSON.stringify(each)}\``).join(", ");
  if (typeof $ref === "string") return "object";
  if (Array.isArray(anyOf)) return [...new Set((anyOf as readonly Schema[]).map(typeOf))].join(" or ");
  if (Array.isArray(type)) return type.join(" or ");
  if (type === "array") return items === undefined ? "list" : `list of ${typeOf(items as Schema)}`;
  return typeof type === "string" ? type : "any";
}
