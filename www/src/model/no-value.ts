/** The finding about a parameter that the certificate's subject gives no value. */

/** Its rule. Only JITP has it. */
export const NO_VALUE = "JITP100";

/** Tells the result of another certificate from those of fixes. */
export const SAMPLE_KEY = "sample";
