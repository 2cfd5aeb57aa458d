import ts from "typescript";

/** One small change to a source, and where it is: its place in words, so that it is known again when lines move. */
export interface Mutant {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  /** The function it is in, with its class. */
  readonly within: string;
  readonly original: string;
  readonly mutant: string;
}

interface Change {
  readonly node: ts.Node;
  /** What stands there instead; empty for a statement that is left out. */
  readonly text: string;
}

const swaps = new Map<string, readonly string[]>([
  ["+", ["-"]],
  ["-", ["+"]],
  ["*", ["/"]],
  ["/", ["*"]],
  ["**", ["*"]],
  ["<", ["<=", ">="]],
  ["<=", ["<", ">"]],
  [">", [">=", "<="]],
  [">=", [">", "<"]],
  ["===", ["!=="]],
  ["!==", ["==="]],
  ["+=", ["-="]],
  ["-=", ["+="]],
]);

const opposites = new Map([
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["some", "every"],
  ["every", "some"],
  ["up", "down"],
  ["down", "up"],
  ["rise", "fall"],
  ["fall", "rise"],
  ["buy", "sell"],
  ["sell", "buy"],
]);

const comparisons = new Set(["===", "!=="]);
/** One of the two stands alone instead: what notices both, notices `&&` for `||` as well. */
const choosing = new Set(["&&", "||", "??"]);
/** Calls that mean the same whichever of two comes first: sums, products, bounds and equality. */
const symmetric = new Set([
  ...["min", "max", "sum", "between"],
  ...["notional", "notionalDecimal", "isSame", "isSameQuantity"],
]);

/** The mutants of a source, numbered from `first` on, and the source with all of them in it, asleep. */
export function mutate(
  file: string,
  text: string,
  first: number,
): { readonly mutants: readonly Mutant[]; readonly instrumented: string } {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const at = new Map<ts.Node, { readonly id: number; readonly text: string }[]>();
  const visit = (node: ts.Node): void => {
    if (isNoCode(node)) return;
    for (const change of changesOf(node)) {
      const id = first + mutants.length;
      mutants.push(described(source, file, id, change));
      at.set(node, [...(at.get(node) ?? []), { id, text: change.text }]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { mutants, instrumented: written(source, source, at) };
}

/** Types, what is only said to people, and names. */
function isNoCode(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isThrowStatement(node) ||
    ts.isTemplateExpression(node)
  );
}

const changesOf = (node: ts.Node): readonly Change[] =>
  ts.isSourceFile(node) ? [] : [...decided(node), ...instead(node)].map((text) => ({ node, text }));

/** What may stand in the place of a node; empty for a statement that is left out. */
function instead(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    const operator = operatorToken.getText();
    if (choosing.has(operator)) return [left.getText(), right.getText()];
    return (swaps.get(operator) ?? []).map((other) => `${left.getText()} ${other} ${right.getText()}`);
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText();
    if (node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken)
      return [operand];
  }
  if (ts.isPostfixUnaryExpression(node))
    return [`${node.operand.getText()}${node.getText().endsWith("++") ? "--" : "++"}`];
  if (ts.isObjectLiteralExpression(node)) return fieldsLeftOut(node);
  if (ts.isConditionalExpression(node)) return [node.whenTrue.getText(), node.whenFalse.getText()];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"];
  if (ts.isNumericLiteral(node) && !isKey(node)) return [`${node.getText()} + 1`];
  if (ts.isStringLiteral(node) && isChoice(node)) return [JSON.stringify(opposites.get(node.text))];
  if (ts.isCallExpression(node)) return callsInstead(node);
  if (isRemovable(node)) return [""];
  return [];
}

/** What is done whatever a condition says; a loop without end would only take time. */
function decided(node: ts.Node): readonly string[] {
  const { parent } = node;
  if (ts.isIfStatement(parent) && parent.expression === node) return ["true", "false"];
  const isLoop =
    (ts.isForStatement(parent) && parent.condition === node) ||
    (ts.isWhileStatement(parent) && parent.expression === node);
  return isLoop ? ["false"] : [];
}

/** Without one of its fields, or of those that another object brings. */
const fieldsLeftOut = ({ properties }: ts.ObjectLiteralExpression): readonly string[] =>
  properties
    .filter((each) => !isSpreadOut(each) && !isText(each))
    .map((each) => {
      const left = properties.filter((other) => other !== each).map((other) => other.getText());
      return `{ ${left.join(", ")} }`;
    });

/** Fields that stand in braces of their own only to share a line: each of them is looked at there. */
const isSpreadOut = (field: ts.ObjectLiteralElementLike): boolean =>
  ts.isSpreadAssignment(field) && ts.isObjectLiteralExpression(field.expression);

/** What people read. */
const isText = (field: ts.ObjectLiteralElementLike): boolean =>
  ts.isPropertyAssignment(field) &&
  (ts.isTemplateExpression(field.initializer) ||
    (ts.isStringLiteralLike(field.initializer) && field.initializer.text.includes(" ")));

function callsInstead(call: ts.CallExpression): readonly string[] {
  const { expression, arguments: given } = call;
  if (!ts.isPropertyAccessExpression(expression)) return swapped(call, expression.getText());
  const { expression: of, name } = expression;
  const other = opposites.get(name.text);
  const list = given.map((each) => each.getText()).join(", ");
  if (other !== undefined) return [`${of.getText()}.${other}(${list})`];
  if (name.text === "abs") return [list];
  return name.text === "filter" ? [of.getText()] : swapped(call, name.text);
}

/** The first two arguments in each other's place. */
function swapped({ expression, arguments: given }: ts.CallExpression, name: string): readonly string[] {
  const [first, second, ...more] = given.map((each) => each.getText());
  if (second === undefined || first === second || symmetric.has(name) || given.some(ts.isFunctionLike))
    return [];
  return [`${expression.getText()}(${[second, first, ...more].join(", ")})`];
}

/** One of two words that mean the opposite, where it is chosen and not asked for. */
const isChoice = (node: ts.StringLiteral): boolean =>
  opposites.has(node.text) &&
  !isKey(node) &&
  !ts.isCaseClause(node.parent) &&
  !(ts.isBinaryExpression(node.parent) && comparisons.has(node.parent.operatorToken.getText()));

const isKey = (node: ts.Node): boolean => ts.isPropertyAssignment(node.parent) && node.parent.name === node;

const isRemovable = (node: ts.Node): boolean =>
  (ts.isExpressionStatement(node) &&
    !(
      ts.isCallExpression(node.expression) && node.expression.expression.kind === ts.SyntaxKind.SuperKeyword
    )) ||
  ts.isContinueStatement(node) ||
  ts.isBreakStatement(node) ||
  (ts.isReturnStatement(node) && node.expression === undefined);

function described(source: ts.SourceFile, file: string, id: number, { node, text }: Change): Mutant {
  const context = contextOf(node);
  const [from, to] = [node.getStart() - context.getStart(), node.getEnd() - context.getStart()];
  const original = context.getText();
  return {
    ...{ id, file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 },
    within: placeOf(node),
    original: inOneLine(original),
    mutant: inOneLine(original.slice(0, from) + text + original.slice(to)),
  };
}

/** Enough round a change to be known by. */
function contextOf(node: ts.Node): ts.Node {
  let context = node;
  while (
    context.getText().length < 12 &&
    (ts.isExpression(context.parent) ||
      ts.isPropertyAssignment(context.parent) ||
      ts.isVariableDeclaration(context.parent) ||
      ts.isPropertyDeclaration(context.parent) ||
      ts.isIfStatement(context.parent) ||
      ts.isReturnStatement(context.parent)) &&
    context.parent.getText().length < 160
  )
    context = context.parent;
  return context;
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let each = node.parent; !ts.isSourceFile(each); each = each.parent) {
    if (
      ts.isFunctionDeclaration(each) ||
      ts.isMethodDeclaration(each) ||
      ts.isGetAccessor(each) ||
      ts.isClassDeclaration(each) ||
      (ts.isVariableDeclaration(each) && ts.isSourceFile(each.parent.parent.parent))
    )
      names.unshift(each.name?.getText() ?? "");
    if (ts.isConstructorDeclaration(each)) names.unshift("constructor");
  }
  return names.join(".");
}

/** The text of a node in which every mutant waits for its number. */
function written(
  source: ts.SourceFile,
  node: ts.Node,
  at: ReadonlyMap<ts.Node, readonly { readonly id: number; readonly text: string }[]>,
): string {
  let [text, end] = ["", node.getFullStart()];
  ts.forEachChild(node, (child) => {
    text += source.text.slice(end, child.getFullStart()) + written(source, child, at);
    end = child.getEnd();
  });
  text += source.text.slice(end, node.getEnd());
  const mutants = at.get(node);
  if (mutants === undefined) return text;
  const [lead, code] = [
    text.slice(0, node.getStart() - node.getFullStart()),
    text.slice(node.getStart() - node.getFullStart()),
  ];
  if (ts.isStatement(node)) return `${lead}{ if (!$mutant(${mutants[0].id})) ${code} }`;
  const chosen = mutants.map((each) => `$mutant(${each.id}) ? (${each.text}) : `).join("");
  return `${lead}(${chosen}(${code}))`;
}
