/** The words of what a plan changes in the account. */

export const accountWords = {
  property: "Property",
  before: "Before",
  after: "After",
  /** There is no such thing. */
  none: "none",
  empty: "(empty)",
};
