/** What a client signs with. */
export interface Keys {
  readonly apiKey: string;
  readonly secret: string;
}
