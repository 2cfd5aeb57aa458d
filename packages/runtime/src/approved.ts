declare const approved: unique symbol;

/** What the risk gates let through: nobody else can make one, so that an order nobody looked at does not compile. */
export type Approved<Value> = Value & { readonly [approved]: true };

const known = new WeakSet();

/** For the gatekeeper alone. */
export function approve<Value extends object>(value: Value): Approved<Value> {
  known.add(value);
  return value as Approved<Value>;
}

/** Whether a value is what the gates let through and not a copy, where types cannot tell. */
export const isApproved = (value: object): boolean => known.has(value);
