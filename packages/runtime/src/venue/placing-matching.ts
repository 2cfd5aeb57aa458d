import { Matching } from "@bitfever/engine";

/** A simulated market that says when what protects an entry comes into force. */
export class PlacingMatching extends Matching {
  protected override readonly tellsPlacing = true;
}
