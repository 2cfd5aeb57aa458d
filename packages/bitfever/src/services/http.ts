import { BitFeverError, textOfError } from "@bitfever/lang";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Doorkeeper } from "./doorkeeper.js";
import { peer } from "./peers.js";
import { rateOf, RateLimiter, type Rate } from "./rate-limiter.js";
import type { Caller, CommandAnswer, Service, ServiceContext, ServiceKind } from "./service.js";
import { isSameSecret, SeenOnce, signatureOf } from "./signatures.js";
import { readAlert, type AlertMessage } from "./tradingview.js";

const secret = z.string().min(16, "a secret has at least 16 characters");

const schema = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.number().int().min(0).max(65_535).default(8_787),
  callers: z
    .array(
      z
        .strictObject({ name: z.string().min(1), token: secret.optional(), hmac_secret: secret.optional() })
        .refine(
          ({ token, hmac_secret: hmac }) => (token ?? hmac) !== undefined,
          "give `token`, `hmac_secret` or both",
        ),
    )
    .default([]),
  tradingview: z.strictObject({ secret, max_age_seconds: z.number().positive().default(300) }).optional(),
  rate: z
    .strictObject({
      per_minute: z.number().positive().default(30),
      burst: z.number().int().positive().default(10),
    })
    .prefault({}),
  window_seconds: z.number().positive().default(30),
});

export type HttpOptions = z.infer<typeof schema>;

/** Of all that was ever sent: commands are a line, and alerts a few. */
const longestBody = 16_384;
/** How long a request may take to come, in milliseconds. */
const requestMs = 10_000;
/** How long the end waits for what is still being answered, in milliseconds. */
const graceMs = 2_000;
/** Wrong secrets from one address. */
const failures: Rate = { perMinute: 10, burst: 10 };

const statusOf: Readonly<Record<CommandAnswer["outcome"], number>> = {
  done: 200,
  confirm: 202,
  unreadable: 400,
  refused: 422,
};

/**
 * Commands over HTTP: `POST /command`, `GET /state`, and `POST /webhook/tradingview` for alerts. Who calls says so by a token, or by a
 * signature that is good once; nobody else is told more than that.
 */
export class HttpService implements Service {
  private app: FastifyInstance | undefined;
  private readonly door: Doorkeeper;
  private readonly wrong = new RateLimiter(failures);
  private readonly signed: SeenOnce;
  private readonly alerts: SeenOnce;

  constructor(
    private readonly options: HttpOptions,
    private readonly context: ServiceContext,
  ) {
    this.door = new Doorkeeper(context, rateOf(options.rate));
    this.signed = new SeenOnce(options.window_seconds * 1_000);
    this.alerts = new SeenOnce((options.tradingview?.max_age_seconds ?? 0) * 1_000);
  }

  /** Where it listens, once it has started. */
  get url(): string {
    const address = this.app?.server.address();
    if (typeof address !== "object" || address === null) throw new Error("http: it has not started");
    const { host } = this.options;
    return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
  }

  /** @throws BitFeverError BF5346 where fastify is not installed, BF5341 where the port cannot be had */
  async start(): Promise<void> {
    const { host, port } = this.options;
    const { fastify } = await peer("fastify", "commands over HTTP", () => import("fastify"));
    const app = fastify({
      ...{ bodyLimit: longestBody, trustProxy: false, exposeHeadRoutes: false },
      requestTimeout: requestMs,
    });
    this.app = app;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      ["application/json", "text/plain"],
      { parseAs: "string" },
      (_request, body, done) => {
        done(null, body);
      },
    );
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "there is nothing here" }));
    app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500) return reply.code(status).send({ error: error.message });
      this.context.log.error(`a request has failed: ${error.message}`);
      return reply.code(500).send({ error: "a fault of BitFever, which is logged" });
    });
    app.get("/state", async (request, reply) => {
      const by = this.admitted(request, reply);
      return by === null ? reply : reply.send(this.context.state());
    });
    app.post("/command", async (request, reply) => {
      const by = this.admitted(request, reply);
      if (by === null) return reply;
      const words = wordsOf(bodyOf(request));
      if (words === null) return reply.code(400).send({ error: 'the body is {"command":"…"}' });
      return this.answered(reply, words, by);
    });
    app.post("/webhook/tradingview", async (request, reply) => this.alerted(request, reply));
    try {
      await app.listen({ host, port });
    } catch (cause) {
      await app.close();
      const why = textOfError(cause);
      throw new BitFeverError("BF5341", `nothing can listen at ${host}:${port}: ${why}`, {
        cause,
        hint: "give another `port`, or look who has it",
      });
    }
    this.context.log.info(`commands are taken at ${this.url}`);
  }

  /** Who holds a connection open does not hold the end up. */
  async stop(): Promise<void> {
    const { app } = this;
    if (app === undefined) return;
    const forget = this.context.clock.after(graceMs, () => {
      app.server.closeAllConnections();
    });
    await app.close();
    forget();
  }

  /** Who calls; null where nobody does who may, who is told so. */
  private admitted(request: FastifyRequest, reply: FastifyReply): Caller | null {
    const words = commandIn(bodyOf(request));
    const name = this.nameByToken(request) ?? this.nameBySignature(request);
    if (name === null) {
      this.fail(words, request, reply);
      return null;
    }
    const by: Caller = { mouth: "http", who: name };
    return this.admits(words, by, reply) ? by : null;
  }

  private admits(words: string, by: Caller, reply: FastifyReply): boolean {
    if (this.door.admits(words, by)) return true;
    void reply
      .code(429)
      .header("retry-after", String(Math.ceil(this.door.waitMs(by) / 1_000)))
      .send({ error: "too many commands", code: "BF5339" });
    return false;
  }

  /** Who has the right secret is let in however often others from there had a wrong one: behind a proxy all have one address. */
  private fail(words: string, { ip }: FastifyRequest, reply: FastifyReply): void {
    if (!this.wrong.take(ip, this.context.clock.now())) {
      void reply
        .code(429)
        .header("retry-after", "60")
        .send({ error: "too many wrong secrets", code: "BF5339" });
      return;
    }
    this.door.turnAway(words, { mouth: "http", who: `unknown at ${ip}` }, "BF5338", "no such secret");
    void reply
      .code(401)
      .header("www-authenticate", "Bearer")
      .send({ error: "who is calling?", code: "BF5338" });
  }

  /** All are compared, whichever it is. */
  private nameByToken({ headers }: FastifyRequest): string | null {
    const given = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? "")?.[1];
    if (given === undefined) return null;
    let found: string | null = null;
    for (const { name, token } of this.options.callers)
      if (token !== undefined && isSameSecret(given, token)) found = name;
    return found;
  }

  private nameBySignature(request: FastifyRequest): string | null {
    const [name, timestamp, nonce, signature] = ["key", "timestamp", "nonce", "signature"].map((each) => {
      const value = request.headers[`x-bitfever-${each}`];
      return typeof value === "string" ? value : "";
    });
    const hmac = this.options.callers.find((each) => each.name === name)?.hmac_secret;
    // An unknown name takes as long as a wrong signature.
    const meant = signatureOf(hmac ?? "nobody's", { timestamp, nonce, body: bodyOf(request) });
    const isRight = isSameSecret(signature.toLowerCase(), meant);
    if (hmac === undefined || !isRight || !/^[\w-]{8,64}$/.test(nonce) || !/^\d{12,14}$/.test(timestamp))
      return null;
    return this.signed.admits(`${name} ${nonce}`, Number(timestamp), this.context.clock.now()) ? name : null;
  }

  private async alerted(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { tradingview } = this.options;
    if (tradingview === undefined) return reply.code(404).send({ error: "there is nothing here" });
    const body = bodyOf(request);
    const signer = this.nameBySignature(request);
    // Who signs is who it is everywhere; an alert is nobody.
    const by: Caller =
      signer === null ? { mouth: "tradingview", who: "alert" } : { mouth: "http", who: signer };
    const read = alertIn(body);
    if (read instanceof BitFeverError) {
      // Who has no secret is not told what is wrong with a message.
      const isKnown = signer !== null || body.includes(tradingview.secret);
      if (isKnown) void reply.code(400).send({ error: read.message, code: read.code });
      else this.fail("", request, reply);
      return reply;
    }
    const { words, time } = read;
    if (signer === null && !isSameSecret(read.secret ?? "", tradingview.secret)) {
      this.fail(words, request, reply);
      return reply;
    }
    if (signer === null && !this.alerts.admits(body, time, this.context.clock.now())) {
      this.door.turnAway(words, by, "BF5338", "an alert that was seen before, or is not of now");
      void reply.code(401).send({
        error: 'say when it was sent, "time":"{{timenow}}": each alert is taken once, and soon',
        code: "BF5338",
      });
      return reply;
    }
    return this.admits(words, by, reply) ? this.answered(reply, words, by) : reply;
  }

  private async answered(reply: FastifyReply, words: string, by: Caller): Promise<FastifyReply> {
    const answer = await this.context.command(words, by);
    return reply.code(statusOf[answer.outcome]).send(answer);
  }
}

/** `POST /command` and `GET /state` for programs, and alerts of TradingView. */
export const http: ServiceKind<HttpOptions> = {
  name: "http",
  summary: "commands and state over HTTP, for programs, `bf shell --connect` and alerts of TradingView",
  schema,
  make: (options, context) => new HttpService(options, context),
};

const bodyOf = ({ body }: FastifyRequest): string => (typeof body === "string" ? body : "");

function wordsOf(body: string): string | null {
  try {
    const read = JSON.parse(body) as { readonly command?: unknown } | null;
    return typeof read?.command === "string" ? read.command : null;
  } catch {
    return null;
  }
}

/** What somebody wanted who was not let in: what is no command is not kept, since it may be a secret. */
const commandIn = (body: string): string => wordsOf(body) ?? (body.startsWith("{") ? "" : body);

function alertIn(body: string): AlertMessage | BitFeverError {
  try {
    return readAlert(body);
  } catch (error) {
    if (error instanceof BitFeverError) return error;
    throw error;
  }
}
