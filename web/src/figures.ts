/** Figures without a map: the timeline and the network. */
import { startFigures } from "./frame.ts";
import { network } from "./network.ts";
import { timeline } from "./timeline.ts";

startFigures("timeline", timeline);
startFigures("network", network);
