/** The words of the page of the rules. The rules have their own. */

export const pagesWords = {
  shown: (shown: number, all: number) => `${shown} of ${all} rules`,
};
