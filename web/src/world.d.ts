/** What web/outlines.mjs makes of world-atlas. */
declare module "outlines" {
  import type { MultiLineString } from "geojson";
  import type { GeometryCollection, Topology } from "topojson-specification";
  const outlines: { land: Topology<{ land: GeometryCollection }>; borders: MultiLineString };
  export default outlines;
}
