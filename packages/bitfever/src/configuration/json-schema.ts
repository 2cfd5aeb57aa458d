import { z } from "zod";
import { serviceKinds } from "../services/catalogue.js";
import { feedKinds } from "../feeds/catalogue.js";
import { venueKinds } from "../venues/catalogue.js";
import { configurationSchema } from "./schema.js";

type JsonSchema = Record<string, unknown>;

/**
 * The JSON schema of a configuration, with the venues, the feeds and the services that come with BitFever; what plug-ins bring is let
 * through.
 *
 * @example
 * const schema = await jsonSchema();
 */
export async function jsonSchema(): Promise<JsonSchema> {
  const { $schema, ...schema } = z.toJSONSchema(configurationSchema, { io: "input" }) as JsonSchema;
  const properties = schema["properties"] as Record<string, JsonSchema>;
  const kinds = Object.entries(serviceKinds);
  const services = await Promise.all(
    kinds.map(async ([name, load]): Promise<[string, JsonSchema]> => {
      const kind = await load();
      return [name, { ...optionsOf(kind.schema), description: kind.summary }];
    }),
  );
  return {
    $schema,
    $id: "bitfever/account.schema.json",
    ...schema,
    properties: {
      ...properties,
      exchanges: {
        ...properties["exchanges"],
        additionalProperties: oneOf("venue", await venueKinds()),
      },
      feeds: { ...properties["feeds"], additionalProperties: oneOf("kind", await feedKinds()) },
      services: {
        ...properties["services"],
        properties: Object.fromEntries(
          services.map(([name, each]) => [name, { anyOf: [each, { type: "null" }] }]),
        ),
      },
    },
  };
}

interface Kind {
  readonly name: string;
  readonly summary: string;
  readonly schema: unknown;
}

/** A group whose first name says what else it may say. */
function oneOf(discriminator: string, kinds: readonly Kind[]): JsonSchema {
  return {
    type: "object",
    required: [discriminator],
    properties: {
      [discriminator]: {
        type: "string",
        description: kinds.map(({ name, summary }) => `${name}: ${summary}`).join("\n"),
      },
    },
    allOf: kinds.map(({ name, schema }) => {
      const { properties = {}, required = [] } = optionsOf(schema) as {
        readonly properties?: JsonSchema;
        readonly required?: readonly string[];
      };
      return {
        if: { properties: { [discriminator]: { const: name } }, required: [discriminator] },
        then: {
          properties: { [discriminator]: { const: name }, ...properties },
          ...(required.length > 0 && { required }),
          additionalProperties: false,
        },
      };
    }),
  };
}

/** A value may be a reference instead, which is a text. */
function optionsOf(schema: unknown): JsonSchema {
  if (!(schema instanceof z.ZodType)) return {};
  const { $schema: _, ...own } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as JsonSchema;
  const properties = own["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  if (properties === undefined) return own;
  const named = Object.entries(properties).map(([name, each]) => [name, orReference(each)] as const);
  return { ...own, properties: Object.fromEntries(named) };
}

const orReference = (schema: JsonSchema): JsonSchema => {
  if (schema["type"] === "string" || schema["type"] === "object" || schema["type"] === "array") return schema;
  const { description, ...own } = schema;
  return {
    ...(description !== undefined && { description }),
    anyOf: [own, { type: "string", pattern: "^\\$\\{\\w+\\}$" }],
  };
};
