import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { written } from "../src/cli/written.js";

const slowly = (pass: (text: string) => Error | null): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      setTimeout(() => {
        done(pass(chunk.toString()));
      }, 5);
    },
  });

it("waits for a slow reader", async () => {
  let read = "";
  const stream = slowly((text) => {
    read += text;
    return null;
  });
  stream.write("all of ");
  stream.write("it");
  await written(stream);
  expect(read).toBe("all of it");
});

it("waits for nobody where all is written, or nobody reads on", async () => {
  await written(slowly(() => null));
  const broken = slowly(() => new Error("EPIPE"));
  broken.on("error", () => undefined);
  broken.write("to nobody");
  await written(broken);
  expect(broken.destroyed).toBe(true);
});
