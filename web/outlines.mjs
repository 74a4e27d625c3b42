// Makes the outlines of the world that the map draws from world-atlas: land and borders, on a coarser grid, without names.
import { readFileSync, writeFileSync } from "node:fs";
import { mesh, quantize, transform } from "topojson-client";

const atlas = JSON.parse(readFileSync(new URL("node_modules/world-atlas/countries-110m.json", import.meta.url)));
const point = transform(atlas.transform);
const plain = {
  type: "Topology",
  arcs: atlas.arcs.map((arc) => arc.map((position, at) => point(position.slice(), at))),
  objects: {
    land: atlas.objects.land,
    countries: {
      type: "GeometryCollection",
      geometries: atlas.objects.countries.geometries.map(({ type, arcs }) => ({ type, arcs })),
    },
  },
};
const coarse = quantize(plain, 3600);
const borders = mesh(coarse, coarse.objects.countries, (one, other) => one !== other);
const rounded = borders.coordinates.map((line) => line.map((at) => at.map((degrees) => Math.round(degrees * 10) / 10)));
delete coarse.objects.countries;
writeFileSync(process.argv[2], JSON.stringify({ land: coarse, borders: { type: "MultiLineString", coordinates: rounded } }));
