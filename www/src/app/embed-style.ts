/** What a playground in a frame needs besides, mostly style sheets. The page itself does not load it. */

import "./embed.css";
import "./embed-bar.css";

export { readLines } from "../model/lines.ts";
