import { createServer, type Server, type Socket } from "node:net";
import { utcText } from "../../interactive-brokers/tws-time.js";
import { Timers } from "../../timers.js";
import { listenHere } from "../wire/listen-here.js";
import type { MessageMishap, RequestName } from "../wire/mishap.js";
import type { Mishaps } from "../wire/mishaps.js";
import { SpoiledStream } from "../wire/spoiled-stream.js";
import { frame, FrameReader, type TwsMessage } from "./tws-frames.js";
import { errorMessage } from "./tws-messages.js";
import { requestOf, serverVersion, type TwsRequest, type TwsRequestKind } from "./tws-requests.js";
import { TwsSession, type TwsSurroundings } from "./tws-session.js";

export interface TwsServerOptions {
  readonly surroundings: TwsSurroundings;
  readonly mishaps: Mishaps;
  /** Counts what was asked for, by name. */
  readonly onRequest: (name: RequestName) => void;
}

/** What a mishap knows a request by; what is left out goes wrong by no mishap. */
const names: Partial<Record<TwsRequestKind, RequestName>> = {
  start: "session",
  time: "time",
  contract: "markets",
  market_rule: "markets",
  history: "market_data",
  ticks: "market_data",
  positions: "account",
  account_summary: "account",
  place: "place",
  cancel: "cancel",
  open_orders: "open_orders",
  all_open_orders: "open_orders",
  completed_orders: "find_order",
  executions: "trades",
};

/** Carries the conversations over TCP on this machine alone, and spoils what it carries. */
export class TwsServer {
  readonly connections = new Set<Connection>();
  private readonly server: Server;
  private readonly timers = new Timers();
  private heldCommissions: (() => void)[] | null = null;
  private isCut = false;
  isFrozen = false;
  /** Whether the program that clients are connected to is connected to the venue behind it. */
  isLinked = true;

  constructor(readonly options: TwsServerOptions) {
    this.server = createServer((socket) => {
      if (this.isCut) socket.destroy();
      else this.connections.add(new Connection(socket, this));
    });
  }

  /** @param port  0 for one that is free */
  listen(port: number): Promise<number> {
    return listenHere(this.server, port);
  }

  /** Breaks all connections, and takes no more. */
  cut(): void {
    this.isCut = true;
    this.breakConnections();
  }

  mend(): void {
    this.isCut = false;
  }

  breakConnections(): void {
    for (const each of [...this.connections]) each.break();
  }

  /** The venue behind goes away and comes back; of data that were followed meanwhile nothing may be left. */
  link(isLinked: boolean, isDataLost: boolean): void {
    this.isLinked = isLinked;
    const [code, text] = isLinked
      ? isDataLost
        ? ([1_101, "restored - data lost"] as const)
        : ([1_102, "restored - data maintained"] as const)
      : ([1_100, "lost"] as const);
    for (const each of this.connections) {
      if (isLinked && isDataLost) each.session?.forgetData();
      each.tellLink(
        errorMessage(-1, code, `Connectivity between IBKR and Trader Workstation has been ${text}.`),
      );
    }
  }

  /** Commissions are told once they are no longer held. */
  holdCommissions(isHeld: boolean): void {
    const held = this.heldCommissions ?? [];
    this.heldCommissions = isHeld ? held : null;
    if (!isHeld) for (const tell of held) tell();
  }

  tellCommission(tell: () => void): void {
    if (this.heldCommissions === null) tell();
    else this.heldCommissions.push(tell);
  }

  later(ms: number, act: () => void): void {
    this.timers.later(ms, act);
  }

  async close(): Promise<void> {
    this.timers.clear();
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** One client, from the first byte on. */
class Connection {
  session: TwsSession | null = null;
  private readonly reader = new FrameReader("API\0");
  private readonly stream: SpoiledStream<TwsMessage>;
  private hasAgreed = false;
  /** What comes is done in the order in which it came. */
  private turn: Promise<void> = Promise.resolve();
  /** What is said while an answer is kept back, or the venue is away. */
  private keptBack: TwsMessage[] | null = null;
  private readonly withheld: (() => void)[] = [];
  private isOver = false;

  constructor(
    private readonly socket: Socket,
    private readonly server: TwsServer,
  ) {
    socket.setNoDelay(true);
    this.stream = new SpoiledStream<TwsMessage>({
      send: (message) => {
        this.send(message);
      },
      later: (ms, act) => {
        server.later(ms, act);
      },
    });
    socket.on("data", (data: Buffer) => {
      this.take(data);
    });
    socket.on("error", () => {
      this.break();
    });
    socket.on("close", () => {
      this.break();
    });
  }

  break(): void {
    this.isOver = true;
    this.session?.end();
    this.session = null;
    this.server.connections.delete(this);
    this.socket.destroy();
  }

  tellLink(message: TwsMessage): void {
    this.send(message);
    if (this.server.isLinked) for (const act of this.withheld.splice(0)) act();
  }

  private take(data: Buffer): void {
    const messages = this.reader.take(data);
    if (messages === null) {
      this.break();
      return;
    }
    for (const fields of messages) this.turn = this.turn.then(() => this.hear(fields)).catch(() => undefined);
  }

  private async hear(fields: readonly string[]): Promise<void> {
    if (this.isOver) return;
    if (!this.hasAgreed) {
      this.agree(fields[0] ?? "");
      return;
    }
    const request = requestOf(fields);
    if (request === undefined) {
      this.send(
        errorMessage(-1, 505, `Fatal Error: Unknown message id ${fields[0] ?? ""}: not offered here.`),
      );
      return;
    }
    await this.spoiled(request);
  }

  /** The client says which versions it talks, as in `v100..193`. */
  private agree(said: string): void {
    const [lowest, highest = lowest] = said.replace("v", "").split("..").map(Number);
    if (!(lowest <= serverVersion && highest >= serverVersion)) {
      this.break();
      return;
    }
    this.hasAgreed = true;
    const { exchange } = this.server.options.surroundings;
    this.send([serverVersion, `${utcText(exchange.now).replace("-", " ")} UTC`]);
  }

  private async spoiled(request: TwsRequest): Promise<void> {
    const { mishaps, onRequest } = this.server.options;
    const name = names[request.kind];
    if (name !== undefined) onRequest(name);
    const mishap = name === undefined ? null : mishaps.ofRequest(name);
    switch (mishap?.kind) {
      case "late_request":
        await this.pause(mishap.ms);
        this.run(request);
        return;
      case "lost_request":
        this.break();
        return;
      case "refused":
        // It does not say which one.
        this.send(errorMessage(-1, 100, "Max rate of messages per second has been exceeded."));
        return;
      case "late_answer": {
        const kept = this.kept(request);
        await this.pause(mishap.ms);
        for (const each of kept) this.send(each);
        return;
      }
      case "lost_answer":
        this.kept(request);
        this.break();
        return;
      case "no_answer":
        this.kept(request);
        return;
      case "done_and_failed":
        this.run(request);
        this.send(errorMessage(idOf(request), 399, "Order Message: Warning: your order will be held."));
        return;
      case "not_found":
        if (request.kind === "cancel")
          this.send(
            errorMessage(
              idOf(request),
              10_147,
              `OrderId ${idOf(request)} that needs to be cancelled is not found.`,
            ),
          );
        return;
      case "doubled":
        this.run(request);
        this.run(request);
        return;
      case "filled_before":
        this.stream.swapNext();
        this.fillShare(request, mishap.share);
        this.run(request);
        return;
      case undefined:
        this.run(request);
    }
  }

  private run(request: TwsRequest): void {
    if (request.kind === "start") {
      this.start(Number(request.said.clientId));
      return;
    }
    const isOrder = request.kind === "place" || request.kind === "cancel";
    if (isOrder && !this.server.isLinked) this.withheld.push(() => this.session?.hear(request));
    else this.session?.hear(request);
  }

  /** An id is connected once: until its connection has gone, nobody else has it. */
  private start(clientId: number): void {
    const { connections, options } = this.server;
    if ([...connections].some(({ session }) => session?.clientId === clientId)) {
      this.send(
        errorMessage(
          -1,
          326,
          "Unable to connect as the client id is already in use. Retry with a unique client id.",
        ),
      );
      this.socket.end();
      return;
    }
    const push = (message: TwsMessage): void => {
      this.push(message);
    };
    this.session = new TwsSession(options.surroundings, clientId, {
      answer: (message) => {
        this.send(message);
      },
      push,
      pushCommission: (message) => {
        this.server.tellCommission(() => {
          push(message);
        });
      },
    });
  }

  private fillShare(request: TwsRequest, share: number): void {
    const { orders, exchange } = this.server.options.surroundings;
    const order = orders.find(this.session?.clientId ?? NaN, idOf(request));
    const there = order === undefined ? null : orders.stateOf(order);
    if (there !== null) exchange.fillShare(there, share);
  }

  private push(message: TwsMessage): void {
    if (!this.server.isLinked) {
      this.withheld.push(() => {
        this.push(message);
      });
      return;
    }
    const { mishaps } = this.server.options;
    const mishap: MessageMishap | null = mishaps.ofMessage();
    this.stream.tell(message, mishap);
    if (mishaps.cuts()) this.server.breakConnections();
  }

  /** What is said while a request is done. */
  private kept(request: TwsRequest): readonly TwsMessage[] {
    this.keptBack = [];
    this.run(request);
    const kept = this.keptBack;
    this.keptBack = null;
    return kept;
  }

  private send(message: TwsMessage): void {
    if (this.keptBack !== null) this.keptBack.push(message);
    else if (!this.isOver && !this.server.isFrozen) this.socket.write(frame(message));
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.server.later(ms, resolve);
    });
  }
}

/** Of the order that a request is about; -1 where it is about none. */
const idOf = ({ said }: TwsRequest): number => ("orderId" in said ? Number(said.orderId) : -1);
