import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";

/** Whether there is a Redis to test with. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) console.info("skipped: studies on a queue, because redis-server is not installed");

/** A Redis of one's own, in a folder and on a port that nobody else has. */
export class RedisServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "bitfever-redis-"));
  private child: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly options: readonly string[],
  ) {}

  /** @param options  as on its command line */
  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  address(prefix: string): string {
    return `redis://127.0.0.1:${this.port}?prefix=${prefix}`;
  }

  client(): Redis {
    return new Redis({ port: this.port, maxRetriesPerRequest: null });
  }

  async start(): Promise<void> {
    const place = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.folder];
    this.child = spawn("redis-server", [...place, "--appendonly", "yes", ...this.options], {
      stdio: "ignore",
    });
    const client = new Redis({ port: this.port, retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on("error", () => undefined);
    // What needs a password answers that it does.
    await client.ping().catch(() => undefined);
    client.disconnect();
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child === null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }

  /** Takes all that it knew from it while it is away. */
  async restartEmpty(): Promise<void> {
    await this.stop();
    rmSync(join(this.folder, "appendonlydir"), { recursive: true, force: true });
    rmSync(join(this.folder, "dump.rdb"), { force: true });
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}
