import { BitFeverError, textOfError } from "@bitfever/lang";
import type { Bot } from "grammy";
import { z } from "zod";
import { Doorkeeper } from "./doorkeeper.js";
import { peer } from "./peers.js";
import { rateOf } from "./rate-limiter.js";
import type { Caller, CommandAnswer, Service, ServiceContext, ServiceKind } from "./service.js";

const schema = z.strictObject({
  token: z.string().regex(/^\d+:[\w-]{20,}$/, "the token of a bot, as @BotFather says it"),
  chats: z.array(z.number().int()).min(1, "name the chats from which commands are taken"),
  users: z.array(z.number().int()).optional(),
  api_root: z.url().optional(),
  max_age_seconds: z.number().positive().default(120),
  rate: z
    .strictObject({
      per_minute: z.number().positive().default(20),
      burst: z.number().int().positive().default(8),
    })
    .prefault({}),
});

export type TelegramOptions = z.infer<typeof schema>;

/** What is known of who wrote, and when. */
interface Sender {
  readonly chat: number;
  readonly user: number | undefined;
}

/** How long the end may take, should the network be gone. */
const stopMs = 5_000;

/**
 * Commands in chats of Telegram that are named, by a bot that asks for its messages. Nobody else gets an answer. What was written
 * while nobody listened is not carried out afterwards.
 */
class TelegramService implements Service {
  private bot: Bot | undefined;
  private running: Promise<void> | undefined;
  private readonly door: Doorkeeper;

  constructor(
    private readonly options: TelegramOptions,
    private readonly context: ServiceContext,
  ) {
    this.door = new Doorkeeper(context, rateOf(options.rate));
  }

  /** @throws BitFeverError BF5346 where grammy is not installed, BF5343 where the bot cannot be reached */
  async start(): Promise<void> {
    const { token, api_root: apiRoot } = this.options;
    const { Bot: Made } = await peer("grammy", "commands by Telegram", () => import("grammy"));
    const bot = new Made(token, apiRoot === undefined ? undefined : { client: { apiRoot } });
    this.bot = bot;
    bot.on("message:text", async (given) => {
      const { text, date, from, chat } = given.message;
      await this.hear(text, date * 1_000, { chat: chat.id, user: from.id });
    });
    bot.on("callback_query:data", async (given) => {
      const { data, from, message } = given.callbackQuery;
      await this.press(given.callbackQuery.id, data, { chat: message?.chat.id ?? NaN, user: from.id });
    });
    bot.catch(({ error }) => {
      this.context.log.error(`a message was not dealt with: ${this.textOf(error)}`);
    });
    try {
      await bot.init();
      await new Promise<void>((resolve, reject) => {
        this.running = bot
          .start({
            drop_pending_updates: true,
            allowed_updates: ["message", "callback_query"],
            onStart: () => {
              resolve();
            },
          })
          .catch((error: unknown) => {
            this.context.log.error(`no more messages are heard: ${this.textOf(error)}`);
            reject(error instanceof Error ? error : new Error(String(error)));
          });
      });
    } catch (error) {
      throw new BitFeverError("BF5343", `the bot cannot be reached: ${this.textOf(error)}`, {
        hint: "look at its token, and at the network",
      });
    }
    this.context.log.info(
      `commands are taken from ${this.options.chats.length} chats as @${bot.botInfo.username}`,
    );
  }

  async stop(): Promise<void> {
    const { bot, running } = this;
    if (bot === undefined || running === undefined) return;
    let forget = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      forget = this.context.clock.after(stopMs, resolve);
    });
    await Promise.race([bot.stop().then(() => running), late]);
    forget();
  }

  private async hear(text: string, sentAt: number, sender: Sender): Promise<void> {
    // `/status@some_bot` is what Telegram makes of a command that is chosen from a list: in a group several bots may hear it.
    const [command, name, addressee] = /^\/(\w+)(?:@(\w+))?/.exec(text) ?? [];
    const isForAnother = addressee?.toLowerCase() !== this.bot?.botInfo.username.toLowerCase();
    if (addressee !== undefined && isForAnother) return;
    const words = command === undefined ? text : `${name}${text.slice(command.length)}`;
    const by = this.admitted(words, sender);
    if (by === null) return;
    if (this.context.clock.now() - sentAt > this.options.max_age_seconds * 1_000) {
      this.door.turnAway(words, by, "BF5338", "a message that came late");
      await this.say(
        sender.chat,
        "that was sent a while ago and is not carried out: send it again if it is still meant",
      );
      return;
    }
    await this.carryOut(words, by, sender.chat);
  }

  private async press(id: string, data: string, sender: Sender): Promise<void> {
    const by = this.admitted(data, sender);
    if (by === null) return;
    await this.bot?.api.answerCallbackQuery(id);
    await this.carryOut(data, by, sender.chat);
  }

  private async carryOut(words: string, by: Caller, chat: number): Promise<void> {
    await this.say(chat, ...this.told(await this.context.command(words, by)));
  }

  private told({ text, confirm }: CommandAnswer): [text: string, token?: string] {
    return confirm === undefined ? [text] : [text, confirm.token];
  }

  /** Who may give commands here; null for all others, who hear nothing. */
  private admitted(words: string, { chat, user }: Sender): Caller | null {
    const { chats, users } = this.options;
    const by: Caller = { mouth: "telegram", who: `chat ${chat}${user === undefined ? "" : ` user ${user}`}` };
    const isKnown =
      chats.includes(chat) && (users === undefined || (user !== undefined && users.includes(user)));
    if (!isKnown) {
      this.door.turnAway(words, by, "BF5338", "an unknown chat or user");
      return null;
    }
    return this.door.admits(words, by) ? by : null;
  }

  private async say(chat: number, text: string, token?: string): Promise<void> {
    const parts = partsOf(text);
    for (const [i, part] of parts.entries()) {
      const isLast = i === parts.length - 1;
      const keyboard = [[{ text: "confirm", callback_data: `confirm ${token ?? ""}` }]];
      await this.bot?.api.sendMessage(chat, `<pre>${escaped(part)}</pre>`, {
        parse_mode: "HTML",
        ...(isLast && token !== undefined && { reply_markup: { inline_keyboard: keyboard } }),
      });
    }
  }

  /** What a library says of a failure may have the address in it, and that the token. */
  private textOf(error: unknown): string {
    const text = textOfError(error);
    return text.replaceAll(this.options.token, "•••");
  }
}

/** A bot in chats that are named. */
export const telegram: ServiceKind<TelegramOptions> = {
  name: "telegram",
  summary: "commands in chats of Telegram that are named, with a button to confirm",
  schema,
  make: (options, context) => new TelegramService(options, context),
};

/** Of a message 4,096 characters are taken, as they are read. */
const longestPart = 3_500;

/** A text in parts that can be sent, cut between lines where that is possible. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longestPart) {
    const line = rest.lastIndexOf("\n", longestPart);
    const cut = line > 0 ? line : longestPart;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(line > 0 ? cut + 1 : cut);
  }
  return [...parts, rest === "" ? "–" : rest];
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
