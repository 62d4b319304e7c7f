/** The options of template and plan. */

import type { DryRunOptions, Flow, TemplateOptions } from "jitp";

/** The options of both, in one. */
export interface Options extends TemplateOptions, Omit<DryRunOptions, "parameters"> {
  flow: Flow;
}
