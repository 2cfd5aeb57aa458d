import { z } from "zod";

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time as people write it (`30s`, `5m`, `12h`), as milliseconds. */
export const duration = z
  .string({ error: "is no length of time; write one such as 30s, 5m or 12h" })
  .transform((text, context) => {
    const found = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
    if (found !== null) return Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
    context.addIssue(`is \`${text}\`, which is no length of time; write one such as 30s, 5m or 12h`);
    return z.NEVER;
  });

/** The same, or `off`: null. */
export const durationOrOff = z.union([z.literal("off").transform(() => null), duration], {
  error: "is neither a length of time such as 5m nor `off`",
});

/** A length of time in its largest unit that says it without a rest of much weight: `90 s`, `5 min`, `3 h`. */
export function durationText(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
