import type { AddressInfo, Server } from "node:net";

/**
 * Lets a server take connections of this machine alone, and says at which port.
 *
 * @param port  0 for one that is free
 */
export async function listenHere(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
