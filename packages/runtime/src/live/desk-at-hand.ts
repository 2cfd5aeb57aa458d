import { Desk } from "../desk/desk.js";
import { patienceAtHand, type Member } from "../desk/member.js";
import type { Gatekeeper } from "../gates/gatekeeper.js";

/**
 * A desk beside a simulated venue in its process. Whoever tells a journal again needs the same one: another patience asks the
 * venue at other times.
 */
export const deskAtHand = (members: readonly Member[], gates: Gatekeeper): Desk =>
  new Desk({ members, gates, separates: true, patience: patienceAtHand });
