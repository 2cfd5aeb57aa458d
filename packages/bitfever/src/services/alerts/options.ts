import { zoneOf } from "@bitfever/engine";
import { z } from "zod";
import { duration, durationOrOff } from "../duration.js";
import { alertNames, commonValues, kindOf, type AlertName } from "./alert-kinds.js";
import { channelKinds } from "./channels/channel-kinds.js";
import { isAtLeast, levels } from "./level.js";
import { unknownNames } from "./template.js";

const level = z.enum(levels);

const zone = z.string().refine(isZone, { error: "is no time zone; write one such as Europe/Berlin or UTC" });

/** From midnight, in milliseconds. */
const timeOfDay = z
  .string({ error: 'is no time of day; write it in quotes: "22:30"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time of day; write hours and minutes: "22:30"' })
  .transform((text) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) * 60_000);

const share = z
  .string({ error: "is no share; write one such as 2%" })
  .regex(/^\d{1,2}(\.\d+)?%$/, { error: "is no share; write one such as 2%" })
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .refine((value) => value > 0, { error: "is nothing; write a share such as 2%" });

const throttle = z.strictObject({
  burst: z.int().min(1).max(10_000),
  per_minute: z.number().min(0.01).max(10_000),
});

const channelSchema = z.looseObject({
  kind: z.enum(Object.keys(channelKinds) as (keyof typeof channelKinds)[]),
  throttle: throttle.optional(),
});

const oneOrMore = <Value extends z.ZodType>(value: Value) =>
  z.union([z.array(value).min(1), value.transform((each) => [each])]);

const rule = z.strictObject({
  when: z.union([z.literal("all").transform(() => alertNames), z.array(z.enum(alertNames)).min(1)], {
    error: `is neither \`all\` nor a list of ${alertNames.join(", ")}`,
  }),
  /** Only of such strategies. */
  strategy: oneOrMore(z.string()).optional(),
  /** Only what matters so much. */
  at_least: level.default("info"),
  /** Instead of the level that the kind has. */
  level: level.optional(),
  to: oneOrMore(z.string()),
  template: z.string().min(1).optional(),
});

/** What a configuration says of alerts; what cannot be is said with its place. */
export const alertsSchema = z
  .strictObject({
    channels: z.record(z.string(), channelSchema),
    rules: z.array(rule).min(1),
    /** The same is told once in so long, and its repeats as one with their number. */
    repeat_after: duration.default(300_000),
    quiet_hours: z
      .strictObject({ from: timeOfDay, to: timeOfDay, zone, breaks: level.default("critical") })
      .optional(),
    /** Losses since the day began that are told, each once a day. */
    daily_loss: z.array(share).default([]),
    /** How long after it was due a bar is missed. */
    stale_after: durationOrOff.default(300_000),
    summary: z.strictObject({ at: timeOfDay }).optional(),
    /** By whose clocks a day begins, and the summary is told. */
    zone: zone.default("UTC"),
    retry: z
      .strictObject({
        first: duration.default(2_000),
        longest: duration.default(300_000),
        give_up_after: duration.default(86_400_000),
      })
      .prefault({}),
  })
  .transform(({ channels, ...rest }, context) => ({
    ...rest,
    channels: Object.entries(channels).flatMap(([name, { throttle, ...own }]) => {
      const read = channelKinds[own.kind].schema.safeParse(own);
      if (read.success) return [{ name, throttle, options: read.data }];
      for (const { path, message } of read.error.issues)
        context.addIssue({ code: "custom", path: ["channels", name, ...path], message });
      return [];
    }),
    names: Object.keys(channels),
  }))
  .superRefine(({ rules, names, daily_loss, summary }, context) => {
    const issue = (path: PropertyKey[], message: string): void => {
      context.addIssue({ code: "custom", path, message });
    };
    for (const [place, { when, to, template }] of rules.entries()) {
      for (const each of to)
        if (!names.includes(each))
          issue(["rules", place, "to"], `names ${each}, and the channels are ${names.join(", ") || "none"}`);
      const [unknown] = unknownNames(template ?? "", namesFor(when));
      if (unknown !== undefined)
        issue(
          ["rules", place, "template"],
          `has the name {${unknown}}; known to all that this rule is about are ${namesFor(when).join(", ")}`,
        );
    }
    // What is asked for and told to nobody is a mistake of whoever wrote it.
    const isTold = (name: AlertName): boolean =>
      rules.some(
        ({ when, level, at_least: least }) =>
          when.includes(name) && isAtLeast(level ?? kindOf(name).level, least),
      );
    if (daily_loss.length > 0 && !isTold("daily_loss"))
      issue(["daily_loss"], "is told to nobody: name daily_loss in a rule");
    if (summary !== undefined && !isTold("day_summary"))
      issue(["summary"], "is told to nobody: name day_summary in a rule");
  });

export type AlertsOptions = z.output<typeof alertsSchema>;
export type AlertRule = AlertsOptions["rules"][number];

/** The names that a template may use where it is about all of these. */
function namesFor(kinds: readonly AlertName[]): readonly string[] {
  const [first, ...rest] = kinds.map((each) => kindOf(each).values);
  return [...commonValues, ...first.filter((name) => rest.every((names) => names.includes(name)))];
}

function isZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}
