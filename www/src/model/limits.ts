/** What is stored, shared and saved is never more than what is read again. Who writes more is told the limit. */

import { LARGEST_WORK, type Work } from "./work.ts";

/** What is beyond a limit, and the limit: a number of characters or of things. */
export interface Beyond {
  what: keyof typeof LIMITS;
  most: number;
}

const { longest, most } = LARGEST_WORK;
const LIMITS = {
  template: longest.template,
  certificates: most.certificates,
  certificate: longest.pem,
  parameters: most.parameters,
  parameter: longest.parameter,
};

/** The part of a work that can be read again, and the limits that the rest is beyond. */
export function fitting(work: Work): { work: Work; beyond: Beyond[] } {
  const beyond = new Set<Beyond["what"]>();
  const within = <T>(all: T[], fits: (one: T) => boolean, limit: Beyond["what"]) => {
    if (all.every(fits)) return all;
    beyond.add(limit);
    return all.filter(fits);
  };
  const fewer = <T>(all: T[], most: number, limit: Beyond["what"]) => {
    if (all.length <= most) return all;
    beyond.add(limit);
    return all.slice(0, most);
  };
  const long = work.template.length > longest.template;
  if (long) beyond.add("template");
  const { chosen, authority } = work;
  const [planned, registered] = [work.certificates[chosen], authority === undefined ? undefined : work.certificates[authority]];
  const certificates = fewer(
    within(work.certificates, ({ pem }) => pem.length <= longest.pem, "certificate"),
    most.certificates,
    "certificates",
  );
  const parameters = fewer(
    within(Object.entries(work.parameters), ([, value]) => value.length <= longest.parameter, "parameter"),
    most.parameters,
    "parameters",
  );
  if (beyond.size === 0) return { work, beyond: [] };
  const { authority: _, ...others } = work;
  const at = registered ? certificates.indexOf(registered) : -1;
  return {
    work: {
      ...others,
      template: long ? "" : work.template,
      certificates,
      chosen: planned ? Math.max(0, certificates.indexOf(planned)) : 0,
      ...(at !== -1 && { authority: at }),
      parameters: Object.fromEntries(parameters),
    },
    beyond: [...beyond].map((what) => ({ what, most: LIMITS[what] })),
  };
}
