import type {
  EnumDeclaration,
  FunctionDeclaration,
  ImportDeclaration,
  Item,
  TypeDeclaration,
} from "../../packages/lang/src/ast.js";
import type { Value } from "./value.js";

/** What a name stands for where it is read. */
export interface Binding {
  /** The clock it lives on; null is the strategy's own. */
  readonly clock: string | null;
  readonly at: (bar: number) => Value;
  /** What `x[k]` reads, where that is not the value itself: a `state` has the value of a bar's end. */
  readonly past?: (bar: number) => Value;
}

/** The declarations of one file, and what its values are. */
export interface File {
  readonly functions: ReadonlyMap<string, UserFunction>;
  /** By `Type.name`. */
  readonly methods: ReadonlyMap<string, UserFunction>;
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly enums: ReadonlyMap<string, EnumDeclaration>;
  readonly modules: ReadonlyMap<string, File>;
  readonly environment: Environment;
}

export interface UserFunction {
  readonly declaration: FunctionDeclaration;
  readonly file: File;
}

/** The names around an expression: those of a call, of a step of a loop, of a file. */
export class Environment {
  readonly bindings = new Map<string, Binding>();
  private readonly inner = new Map<unknown, Map<unknown, Environment>>();

  constructor(
    private readonly parent: Environment | null,
    /** The clock on which values are worked out here. */
    readonly clock: string | null,
    private readonly ownFile: File | null = null,
  ) {}

  get file(): File {
    const file = this.ownFile ?? this.parent?.file;
    if (file === undefined) throw new Error("reference: an expression without a file");
    return file;
  }

  find(name: string): Binding | undefined {
    return this.bindings.get(name) ?? this.parent?.find(name);
  }

  /** The environment that belongs to a place in it (a call, the k-th step of a loop): made once. */
  within(place: unknown, step: unknown, make: () => Environment): Environment {
    const steps = this.inner.get(place) ?? new Map<unknown, Environment>();
    this.inner.set(place, steps);
    const known = steps.get(step) ?? make();
    steps.set(step, known);
    return known;
  }
}

/** The declarations of a file; its environment is still empty. */
export function openFile(
  declarations: readonly Item["declaration"][],
  imports: readonly ImportDeclaration[],
  prelude: File | null,
  openModule: (path: string) => File,
): File {
  const functions = new Map<string, UserFunction>(prelude?.functions);
  const methods = new Map<string, UserFunction>();
  const types = new Map<string, TypeDeclaration>();
  const enums = new Map<string, EnumDeclaration>();
  const modules = new Map(imports.map((each) => [each.name.name, openModule(each.path)]));
  const open = { functions, methods, types, enums, modules };
  const file: File = {
    ...open,
    get environment() {
      return environment;
    },
  };
  const environment = new Environment(null, null, file);
  for (const each of declarations) {
    if (each.kind === "type") types.set(each.name.name, each);
    if (each.kind === "enum") enums.set(each.name.name, each);
    if (each.kind !== "fn") continue;
    if (each.of === null) functions.set(each.name.name, { declaration: each, file });
    else methods.set(`${each.of.name}.${each.name.name}`, { declaration: each, file });
  }
  return file;
}
