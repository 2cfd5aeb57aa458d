// Made in the file of the gatekeeper, where nobody else can call what makes it.
export { isApproved, type Approved } from "./gates/gatekeeper.js";
