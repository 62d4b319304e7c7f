/** Starts the worker for what follows a press. Its script comes with this one. */

import lateSource from "virtual:late-worker-source";
import { makeWorker } from "./script-urls.ts";

export const makeLateWorker = (): Worker => makeWorker(lateSource);
