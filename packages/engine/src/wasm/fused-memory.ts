import { once } from "@bitfever/lang";

/** What of WebAssembly is used: the types of the language know it in browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly engine: { readonly memory: object } },
  ) => { readonly exports: { readonly run: Program } };
};

interface CompiledModule {
  readonly isCompiled?: never;
}

/** A function that computes columns at the positions `[from, to)`, and says on how many bars there is a signal. */
export type Program = (from: number, to: number) => number;

/** Whether code can be made here: pages may forbid it, and some environments have none. */
export const canCompile = once((): boolean => {
  try {
    return (
      new WebAssembly.Module(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0)) instanceof WebAssembly.Module
    );
  } catch {
    return false;
  }
});

const pageBytes = 65_536;

/** Memory that code runs on: columns one after the other, and programs that were made for it. */
export class FusedMemory {
  private readonly memory: { readonly buffer: ArrayBuffer };
  private readonly programs = new Map<string, Program>();
  private used = 0;

  constructor(private readonly bytes: number) {
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  }

  /** What was taken is free. */
  clear(): void {
    this.used = 0;
  }

  doubles(length: number): Float64Array {
    return new Float64Array(this.memory.buffer, this.take(length * Float64Array.BYTES_PER_ELEMENT), length);
  }

  words(length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.take(length * Uint32Array.BYTES_PER_ELEMENT), length);
  }

  /**
   * The program of a shape.
   *
   * @param shape  says all that its code depends on
   * @param write  makes a module that exports it as `run`, where there is none of the shape
   */
  program(shape: string, write: () => Uint8Array): Program {
    const made = this.programs.get(shape);
    if (made !== undefined) return made;
    const imports = { engine: { memory: this.memory } };
    const { run } = new WebAssembly.Instance(compiled(shape, write), imports).exports;
    this.programs.set(shape, run);
    return run;
  }

  private take(bytes: number): number {
    const at = this.used;
    this.used += Math.ceil(bytes / 8) * 8;
    if (this.used > this.bytes) throw new Error(`wasm: ${this.used} bytes are wanted of ${this.bytes}`);
    return at;
  }
}

/** Modules that were compiled, the newest last: what runs once mostly runs again. */
const modules = new Map<string, CompiledModule>();
const mostModules = 64;

function compiled(shape: string, write: () => Uint8Array): CompiledModule {
  const known = modules.get(shape);
  if (known !== undefined) return known;
  const [oldest] = modules.keys();
  if (modules.size === mostModules) modules.delete(oldest);
  const module = new WebAssembly.Module(write());
  modules.set(shape, module);
  return module;
}
