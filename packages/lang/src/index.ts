export { compile, compileExpression, defaultValues, specialise } from "./compile.js";
export type { Compilation, CompiledExpression } from "./compile.js";
export { accountValues, fields } from "./catalogue.js";
export type {
  AccountValue,
  Builtin,
  BuiltinParameter,
  Catalogue,
  FieldName,
  SignatureType,
} from "./catalogue.js";
export { hasErrors, plain, renderDiagnostic } from "./diagnostic.js";
export type { Diagnostic, Fix, Label, Paint } from "./diagnostic.js";
export { BitFeverError, type ErrorDetails } from "./error.js";
export { intervalMs, intervalName } from "./interval.js";
export { isMessageCode, messages, type MessageCode, type Severity } from "./messages.js";
export { columnsOf } from "./plan.js";
export type { ColumnId, Plan, PlanNode, PlannedCosts } from "./plan.js";
export type {
  PlannedAlert,
  PlannedCancel,
  PlannedDuration,
  PlannedEnter,
  PlannedExit,
  PlannedFills,
  PlannedForm,
  PlannedLimit,
  PlannedRule,
  PlannedStop,
  PlannedTarget,
  PlannedTrail,
} from "./planned-rule.js";
export type { Parameter, Program, Range } from "./program.js";
export { positionAt, type Position, type Source, type Span } from "./source.js";
export type { ParameterValues } from "./static.js";
export type { ParameterTypeName } from "./type.js";
export { emitFormats, emitJavaScript, emitTypeScript, type EmitFormat } from "./emit.js";
export { explain } from "./explain.js";
