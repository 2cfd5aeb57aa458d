import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** The wire of one process to a server: with the process it ends, and what has not gone over it by then never will. */
export interface Line {
  /** Where the server is found by it, on this machine. */
  readonly port: number;
  readonly end: () => void;
}

export async function lineTo(port: number): Promise<Line> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    keep(near, far);
    keep(far, near);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    end: () => {
      server.close();
      for (const each of sockets) each.destroy();
    },
  };
}
