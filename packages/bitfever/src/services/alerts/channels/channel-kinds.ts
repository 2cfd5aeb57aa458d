import { consoleChannel } from "./console.js";
import { emailChannel } from "./email.js";
import { telegramChannel } from "./telegram.js";
import { webhookChannel } from "./webhook.js";

/** All ways to people, by the names that configurations have for them. */
export const channelKinds = {
  console: consoleChannel,
  webhook: webhookChannel,
  telegram: telegramChannel,
  email: emailChannel,
} as const;
