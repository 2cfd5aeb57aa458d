import { once } from "@bitfever/lang";

/** What of WebAssembly is used: the types of the language know it in browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum?: number;
    readonly shared?: boolean;
  }) => CodeMemory;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly engine: { readonly memory: CodeMemory } },
  ) => { readonly exports: { readonly run: Program } };
};

/** Memory of code. */
export interface CodeMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages; says how many there were. */
  grow(pages: number): number;
}

interface CompiledModule {
  readonly isCompiled?: never;
}

/** A function of whole numbers. */
export type Program = (...places: readonly number[]) => number;

const pageBytes = 65_536;
/** All that code can tell the places of. */
export const mostPages = 65_536;

const pagesOf = (bytes: number): number => Math.ceil(bytes / pageBytes);

/** Memory of a size. */
export const memoryOf = (bytes: number): CodeMemory => new WebAssembly.Memory({ initial: pagesOf(bytes) });

/** Memory that grows, which threads may share: what lies in it stays where it is. */
export const growingMemory = (): CodeMemory =>
  new WebAssembly.Memory({ initial: 0, maximum: mostPages, shared: true });

/** Adds so many bytes and perhaps some more; where they begin, and where what is there ends. */
export function addTo(memory: CodeMemory, bytes: number): readonly [from: number, to: number] {
  const pages = pagesOf(bytes);
  const from = memory.grow(pages) * pageBytes;
  return [from, from + pages * pageBytes];
}

/** Whether code can be made here: pages may forbid it, and some environments have none. */
export const canCompile = once((): boolean => compiles(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));

/** Whether a module can be made: not every environment knows all that one may say. */
export function compiles(module: Uint8Array): boolean {
  try {
    return new WebAssembly.Module(module) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/** Modules that were compiled, the newest last: what runs once mostly runs again. */
const modules = new Map<string, CompiledModule>();
const mostModules = 64;

/**
 * The program of a shape on a memory.
 *
 * @param shape  says all that its code depends on
 * @param write  makes a module that exports it as `run`, where there is none of the shape
 */
export function programOn(memory: CodeMemory, shape: string, write: () => Uint8Array): Program {
  return new WebAssembly.Instance(compiled(shape, write), { engine: { memory } }).exports.run;
}

function compiled(shape: string, write: () => Uint8Array): CompiledModule {
  const known = modules.get(shape);
  if (known !== undefined) return known;
  const [oldest] = modules.keys();
  if (modules.size === mostModules) modules.delete(oldest);
  const module = new WebAssembly.Module(write());
  modules.set(shape, module);
  return module;
}
