import type { OrderTypeName } from "@bitfever/runtime";
import type { CcxtOrder, CcxtTrade, VenueClient, VenueMarket } from "../venue-client.js";

/** An order that the venue knows, whoever has sent it. */
export interface FoundOrder {
  /** Of the venue. */
  readonly orderId: string;
  readonly clientId: string;
  readonly status: "working" | "filled" | "cancelled" | "rejected";
  readonly side: "buy" | "sell";
  /** Decimal strings. */
  readonly quantity: string;
  readonly filled: string;
  /** The venue itself took it back. */
  readonly hasExpired: boolean;
}

/** What is asked of the venue, in decimals as strings. */
export interface PlacedOrder {
  readonly market: VenueMarket;
  readonly clientId: string;
  readonly side: "buy" | "sell";
  readonly quantity: string;
  /** Null at the market. */
  readonly price: string | null;
  readonly trigger: { readonly price: string; readonly direction: "up" | "down" } | null;
  readonly isPostOnly: boolean;
  readonly force: "IOC" | "FOK" | null;
  /** The venue is to see to it that it opens nothing. */
  readonly isReduceOnly: boolean;
}

/** Money that came, or below zero went, for holding a contract. */
export interface VenueFunding {
  /** Of the venue. */
  readonly id: string;
  /** A decimal string, in the quote currency. */
  readonly amount: string;
  /** Milliseconds UTC by the venue. */
  readonly time: number;
}

/** What one venue does otherwise than others: a plain object in a file of its own. */
export interface VenueDefinition {
  readonly name: string;
  readonly summary: string;
  /** The class of the client library. */
  readonly exchangeClass: string;
  /** What it is made with besides keys. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly kind: "spot" | "linear";
  readonly orders: readonly OrderTypeName[];
  /** Whether an order takes the place of another in one step, under an id of its own. */
  readonly replaces: boolean;
  /** Whether an order that is triggered becomes another one, with a number and an id that nobody has asked for. */
  readonly renames: boolean;
  /** Where a venue server of the same protocol is found, by its address. */
  readonly urls: (url: string) => Readonly<Record<string, unknown>>;
  /**
   * Throws where the account is set up in a way in which the books cannot agree.
   *
   * @param feeCoin  in which it pays its fees, as its owner says
   */
  readonly check: (client: VenueClient, feeCoin: string | undefined) => Promise<void>;
  readonly place: (client: VenueClient, order: PlacedOrder) => Promise<CcxtOrder>;
  /** @param orderId  of the one whose place it takes */
  readonly replace?: (client: VenueClient, orderId: string, order: PlacedOrder) => Promise<CcxtOrder>;
  readonly cancel: (client: VenueClient, market: VenueMarket, clientId: string) => Promise<void>;
  /** Null where the venue knows nothing of it. */
  readonly find: (client: VenueClient, market: VenueMarket, clientId: string) => Promise<FoundOrder | null>;
  /** By its number, where only a trade has told of it. */
  readonly findByNumber: (
    client: VenueClient,
    market: VenueMarket,
    orderId: string,
  ) => Promise<FoundOrder | null>;
  readonly open: (client: VenueClient, market: VenueMarket) => Promise<readonly FoundOrder[]>;
  /** All trades of the account in a market from a venue time on, oldest first. */
  readonly trades: (client: VenueClient, market: VenueMarket, from: number) => Promise<readonly CcxtTrade[]>;
  /** What holding a contract has brought and cost in a market from a venue time on, oldest first; left out on spot. */
  readonly funding?: (
    client: VenueClient,
    market: VenueMarket,
    from: number,
  ) => Promise<readonly VenueFunding[]>;
  /** What is held, signed; a decimal string. */
  readonly position: (client: VenueClient, market: VenueMarket) => Promise<string>;
  /** What the news of a stream says of an order. */
  readonly told: (order: CcxtOrder) => FoundOrder | null;
  /** The client id that a trade says; null where it says none. */
  readonly clientIdOf: (trade: CcxtTrade) => string | null;
  /** In which coin a trade says that its fee was paid, where the client library does not look; null where it does not. */
  readonly feeCoinOf?: (trade: CcxtTrade) => string | null;
  /** What a trade says is left of its order; null where it does not. */
  readonly leftAfter: (trade: CcxtTrade) => string | null;
  /** Whether a refusal says that the client id was used before. */
  readonly isDoubled: (text: string) => boolean;
  /** Whether a refusal says that the price of a trigger has been reached. */
  readonly isPastTrigger: (text: string) => boolean;
  /** Whether a refusal says that there is nothing for an order to close. */
  readonly hasNothingToClose: (text: string) => boolean;
  /** Numbers of refusals behind which an order may have been placed all the same. */
  readonly unsureCodes: readonly number[];
}
