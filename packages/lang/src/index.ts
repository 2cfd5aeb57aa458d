export { compile, compileExpression, defaultValues, specialise } from "./compile.js";
export type { Compilation, CompiledExpression, CompileOptions } from "./compile.js";
export { accountValues, calendarValues, fields, instrumentValues } from "./catalogue.js";
export type {
  AccountValue,
  Builtin,
  BuiltinOutput,
  BuiltinParameter,
  CalendarValue,
  Catalogue,
  FieldName,
  InstrumentValue,
  NamedType,
  SignatureType,
} from "./catalogue.js";
export {
  carryModels,
  commissionModels,
  misfit,
  slippageModels,
  usageOf,
  type CarryModelName,
  type CommissionModelName,
  type CostModel,
  type CostModels,
  type CostValues,
  type CostParameter,
  type SlippageModelName,
} from "./cost-models.js";
export { hasErrors, plain, renderDiagnostic } from "./diagnostic.js";
export type { Diagnostic, Fix, Label, Paint } from "./diagnostic.js";
export { BitFeverError, type ErrorDetails } from "./error.js";
export { intervalMs, intervalName } from "./interval.js";
export type { FindModule } from "./namespace.js";
export { isMessageCode, messages, type MessageCode, type Severity } from "./messages.js";
export { nearest } from "./nearest.js";
export { textOfError } from "./text-of-error.js";
export { once } from "./once.js";
export { clockNameOf, columnsOf } from "./plan.js";
export type { ColumnId } from "./column.js";
export type { Plan, PlanNode, PlannedClock, PlannedCosts, PlannedMarket, PlannedOutput } from "./plan.js";
export type { PlannedHold, PlannedRebalance, PlannedUniverse } from "./planned-universe.js";
export type {
  PlannedAlert,
  PlannedCancel,
  PlannedDuration,
  PlannedEnter,
  PlannedExit,
  PlannedFills,
  PlannedForm,
  PlannedLimit,
  PlannedPrice,
  PlannedRule,
  PlannedStop,
  PlannedTarget,
  PlannedTrail,
} from "./planned-rule.js";
export { profileNames, type ProfileName } from "./planned-rule.js";
export { languageWords } from "./tokens.js";
export { warmupName } from "./program.js";
export type {
  LawName,
  Parameter,
  PlotLook,
  PlotStyle,
  Program,
  Range,
  Reducer,
  Test,
  TestTable,
  TypedExpectation,
  TypedExpression,
} from "./program.js";
export { requirementsOf } from "./requirements.js";
export { positionAt, type Position, type Source, type Span } from "./source.js";
export type { ParameterValues } from "./static.js";
export { writtenValue, type ParameterTypeName } from "./type.js";
export { emitDeclaration, emitFormats, emitJavaScript, emitTypeScript, type EmitFormat } from "./emit.js";
export { explain, type NodeCost } from "./explain.js";
export { format } from "./format.js";
export type { WeightingName } from "./weightings.js";
export { commandForms, readCommand } from "./commands/read-command.js";
export {
  commandDurations,
  profitPeriods,
  type Amount,
  type CloseCommand,
  type CommandDuration,
  type EntryForm,
  type Level,
  type ProfitPeriod,
  type TradeCommand,
  type TradingCommand,
} from "./commands/trading-command.js";
