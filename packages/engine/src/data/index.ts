export { readBars, type ReadOptions, type ReadResult } from "./read-bars.js";
export { readFlows } from "./flow-file.js";
export { readPositions, type ListedPosition } from "./position-file.js";
export { readActions, type ReadActions } from "./action-file.js";
export { readActionColumns } from "./action-columns.js";
export { arrowFile } from "./arrow-file.js";
export { toArrow, writeArrow } from "./to-arrow.js";
export { defectKinds, type Defect, type DefectKind } from "./defects.js";
export { formats, type FormatName } from "./formats/index.js";
