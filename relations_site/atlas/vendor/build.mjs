// Projects the region of the map once: `npm install && npm run build` in this folder.
// Reads Natural Earth's 1:10m countries (package world-atlas), simplifies what no screen shows, clips to the region, and writes
//   ../region.json             the projection, the names' places, and points that a test compares
//   ../../../static/img/region.svg   one path for each country, by its ISO 3166 code
// Another pair of states: change REGION, run again, and put the new checksums into VENDORED.toml.
import { readFileSync, writeFileSync } from "node:fs";
import { geoConicConformal, geoPath } from "d3-geo";
import { merge } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

// Degrees: the frame of the map, the middle meridian and the two parallels that stay true.
const REGION = { west: 43.6, east: 74.6, south: 35.2, north: 47, meridian: 59, parallels: [38, 44] };
const WIDTH = 1000;
// The smallest triangle that is kept, in square degrees.
const DETAIL = 0.0004;
const CODES = {
  "004": "af", "031": "az", "051": "am", "156": "cn", "268": "ge", "356": "in", "364": "ir", "368": "iq", "398": "kz", "417": "kg",
  "586": "pk", "643": "ru", "762": "tj", "792": "tr", "795": "tm", "860": "uz",
};
// Where a name stands better than in the middle of the clipped country: longitude and latitude.
const NAMES = { ir: [54, 35.9], ru: [46, 45.6], kz: [65.8, 45.6], af: [66.6, 35.7], tm: [58.4, 39.3], uz: [62.6, 42.3], az: [48.5, 40.35], tj: [70.2, 38.5], ge: [44.6, 41.9], am: [44.7, 40.6] };
const SEA = [50.9, 42.3];

const source = new URL("./node_modules/world-atlas/countries-10m.json", import.meta.url);
const world = simplify(presimplify(JSON.parse(readFileSync(source))), DETAIL);
const projection = geoConicConformal().rotate([-REGION.meridian, 0]).parallels(REGION.parallels);
const edge = [];
for (let t = 0; t <= 1; t += 0.05) {
  const lon = REGION.west + t * (REGION.east - REGION.west);
  edge.push([lon, REGION.south], [lon, REGION.north]);
}
// The frame touches the corners that lie innermost: no empty paper at its edges.
projection.scale(1).translate([0, 0]);
const at = edge.map(point => projection(point));
const left = projection([REGION.west, REGION.south])[0];
const right = projection([REGION.east, REGION.south])[0];
const top = projection([REGION.meridian, REGION.north])[1];
const bottom = Math.max(...at.map(point => point[1]));
const scale = WIDTH / (right - left);
const HEIGHT = Math.round((bottom - top) * scale);
projection.scale(scale).translate([-left * scale, -top * scale]).clipExtent([[-2, -2], [WIDTH + 2, HEIGHT + 2]]);
const path = geoPath(projection).digits(1);

// Natural Earth holds the ground of Baikonur, which its state has let, as a shape of its own.
const LET = { Baikonur: "kz" };
const shapes = {};
for (const country of world.objects.countries.geometries) {
  if (!path(merge(world, [country]))) continue;
  const code = CODES[country.id] || LET[country.properties.name];
  if (!code) throw new Error(`No code for ${country.id} ${country.properties.name}`);
  (shapes[code] ??= []).push(country);
}
const countries = {};
const paths = [];
for (const [code, parts] of Object.entries(shapes).sort()) {
  const whole = merge(world, parts);
  const point = NAMES[code] ? projection(NAMES[code]) : path.centroid(whole);
  countries[code] = { area: Math.round(path.area(whole)), name: point.map(Math.round) };
  paths.push(`<path id="${code}" vector-effect="non-scaling-stroke" d="${path(whole)}"/>`);
}
const exact = point => projection(point).map(number => Math.round(number * 100) / 100);
const checks = [[49.87, 40.41], [69.28, 41.31], [46.36, 40.68], [72.34, 40.78], [57, 43]].map(point => [...point, ...exact(point)]);
const region = {
  source: "Natural Earth 1:10m by world-atlas 2.0.2, drawn by vendor/build.mjs",
  width: WIDTH, height: HEIGHT,
  meridian: REGION.meridian, parallels: REGION.parallels, scale: projection.scale(), translate: projection.translate(),
  sea: projection(SEA).map(Math.round), countries, checks,
};
writeFileSync(new URL("../region.json", import.meta.url), `${JSON.stringify(region, null, 1)}\n`);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">\n${paths.join("\n")}\n</svg>\n`;
writeFileSync(new URL("../../../static/img/region.svg", import.meta.url), svg);
console.log(`${WIDTH} x ${HEIGHT}, ${Object.keys(countries).length} countries, ${svg.length} bytes`);
