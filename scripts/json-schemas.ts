import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const root = fileURLToPath(new URL("..", import.meta.url));
const outputs = "packages/bitfever/src/cli/json-outputs.ts";

type Schema = Record<string, unknown>;

/** The schema of what each command writes with `--json`, by the name of the command: of the types in cli/json-outputs.ts. */
export function jsonSchemas(): readonly [name: string, schema: Schema][] {
  const whole = createGenerator({
    path: root + outputs,
    tsconfig: `${root}tsconfig.json`,
    type: "JsonOutputs",
    topRef: false,
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema("JsonOutputs");
  const definitions = (whole.definitions ?? {}) as Record<string, Schema>;
  return Object.entries(whole.properties as Record<string, Schema>).map(([name, schema]) => [
    name,
    {
      $schema: "http://json-schema.org/draft-07/schema#",
      $id: `bitfever/${name}.schema.json`,
      title: `bf ${name.replace("-check", " check")} --json`.replace("bf bf-", "bf-"),
      ...schema,
      definitions: needed(schema, definitions),
    },
  ]);
}

/** The definitions that a schema needs, in the order of their names. */
function needed(schema: Schema, definitions: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    for (const [, encoded] of JSON.stringify(value).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      const name = decodeURIComponent(encoded);
      if (found.has(name)) continue;
      found.add(name);
      look(definitions[name]);
    }
  };
  look(schema);
  return Object.fromEntries([...found].sort().map((name) => [name, definitions[name]]));
}
