import { parseFile } from "../../packages/lang/src/parse.js";

/**
 * The forms of the language that a program uses, read off its text: `record`, `latest`, `reset week`, `fn with state`.
 */
export function constructsIn(text: string): ReadonlySet<string> {
  const { items, imports, strategy } = parseFile({ name: "program.bf", text });
  const found = new Set<string>();
  if (imports.length > 0) found.add("import");
  if (strategy !== null && strategy.calendar !== null) found.add("calendar");
  found.add(`on ${strategy?.clock?.name ?? ""}`);
  for (const node of nodesIn([items, strategy?.body])) {
    found.add(String(node["kind"]));
    switch (node["kind"]) {
      case "call":
        found.add(nameOf(node["callee"]));
        if (isNode(firstOf(node["arguments"])?.["value"], "loop"))
          found.add(`${nameOf(node["callee"])} of a loop`);
        if (isNode(firstOf(node["arguments"])?.["value"], "window")) found.add("fold of a window");
        break;
      case "member":
      case "method":
        if (isLatest(node["of"])) found.add("latest of a record");
        break;
      case "name":
        found.add(String(node["name"]));
        break;
      case "binary":
      case "prefix":
        found.add(String(node["operator"]));
        break;
      case "number":
        if (typeof node["unit"] === "string") found.add(`in ${node["unit"]}`);
        break;
      case "loop":
        found.add(node["to"] === null ? "loop over a window" : "loop over a range");
        if (node["filter"] !== null) found.add("loop with a filter");
        break;
      case "state":
        if (isNode(node["reset"])) found.add(`reset ${String(node["reset"]["kind"])}`);
        break;
      case "when":
        if (Array.isArray(node["otherwise"]) && node["otherwise"].length > 0) found.add("when with else");
        break;
      case "match":
        if (
          Array.isArray(node["cases"]) &&
          node["cases"].some((each) => isNode(each) && each["name"] === null)
        )
          found.add("match with else");
        break;
      case "on":
        found.add(`on ${nameOf(node["clock"])} block`);
        if (
          nodesIn(node["definitions"]).some(
            (each) => each["kind"] === "call" && nameOf(each["callee"]) === "latest",
          )
        )
          found.add("latest in a block");
        if (nodesIn(node["definitions"]).some((each) => each["kind"] === "state"))
          found.add("state in a block");
        break;
      case "let": {
        if (node["parts"] !== null) found.add("let of parts");
        const names = nodesIn(node["value"])
          .filter((each) => each["kind"] === "name")
          .map((each) => each["name"]);
        if (isNode(node["name"]) && names.includes(node["name"]["name"])) found.add("let from its own past");
        break;
      }
      case "fn": {
        found.add(node["of"] === null ? "fn" : "method of a type");
        const { parameters, definitions } = node;
        const each = Array.isArray(parameters) ? parameters.filter((one) => isNode(one)) : [];
        if (each.some((one) => one["type"] !== null)) found.add("fn with types");
        if (each.some((one) => one["default"] !== null)) found.add("fn with a default");
        if (nodesIn(definitions).some((one) => one["kind"] === "state")) found.add("fn with a state");
        break;
      }
      default:
        break;
    }
  }
  return found;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (of: unknown, kind?: string): of is Node =>
  typeof of === "object" && of !== null && (kind === undefined || ("kind" in of && of.kind === kind));

const firstOf = (of: unknown): Node | undefined =>
  Array.isArray(of) ? of.find((each) => isNode(each)) : undefined;

const nameOf = (of: unknown): string => (isNode(of) ? String(of["name"]) : "");

/** `latest(…)`, also as it was some bars ago. */
const isLatest = (of: unknown): boolean =>
  isNode(of, "history") ? isLatest(of["of"]) : isNode(of, "call") && nameOf(of["callee"]) === "latest";

/** Everything in a tree that says what it is. */
function nodesIn(of: unknown): Node[] {
  if (!isNode(of)) return [];
  const inner = Object.values(of).flatMap(nodesIn);
  return "kind" in of ? [of, ...inner] : inner;
}
