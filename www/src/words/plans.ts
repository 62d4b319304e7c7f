/** The words of many plans. */

export const plansWords = {
  none: "jitp made no plan for this certificate.",
};
