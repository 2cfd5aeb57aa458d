import { library } from "../../tsup.base.js";

// Who carries this package inside and asks for a part that needs no decimals gets none.
export default library([], []);
