/** The style sheets of a playground in a frame. The page itself does not load them. */

import "./embed.css";
import "./embed-bar.css";

export { readLines } from "../model/lines.ts";
