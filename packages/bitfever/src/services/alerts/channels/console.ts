import { isoTime } from "@bitfever/engine";
import { z } from "zod";
import { printable } from "../../../cli/printable.js";
import type { ChannelKind } from "./channel.js";

const schema = z.strictObject({ kind: z.literal("console") });

/** Lines beside those of the run. */
export const consoleChannel: ChannelKind<z.infer<typeof schema>> = {
  name: "console",
  schema,
  secrets: () => [],
  pace: { burst: 100, perMinute: 600 },
  open: async (_, { write }) => ({
    send: async ({ time, level, text, account }) => {
      const lines = text.split("\n").map(printable).join("\n    ");
      write(`${isoTime(time)}  ${level}  ${printable(account)}: ${lines}\n`);
      return { kind: "delivered" };
    },
    close: () => undefined,
  }),
};
