// Writes public/world.svg: the outlines of land and the borders between countries, for the map.
// Usage: node scripts/make-world-outlines.mjs
//
// Run it when the outlines should change; what it writes is committed. The data are Natural Earth's, which are
// in the public domain, as the npm package world-atlas prepares them (licences/world-atlas.txt).
// The projection is Natural Earth I by Tom Patterson and Bojan Šavrič; app/src/charts/map.rs places points with
// the same formula and a test there compares the two.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PACKAGE = "world-atlas@2.0.2";
const ARCHIVE = "world-atlas-2.0.2.tgz";
const INTEGRITY = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==";
/** Width of the drawing; its height follows. Coordinates are whole numbers. */
const WIDTH = 2000;
/** Points that lie so near to the line between their neighbours are left out. */
const TOLERANCE = 0.9;
/** Islands smaller than this, in square units, are left out. */
const LEAST_AREA = 3;

const scale = WIDTH / 2 / projected(180, 0)[0];
const height = Math.round(2 * projected(0, 90)[1] * scale);

const topology = JSON.parse(fromPackage("countries-50m.json"));
const arcs = topology.arcs.map(decoded);
const rings = ringsOf(topology.objects.land).flatMap(cutAtDateLine);
const land = rings
  .map((ring) => simplified(ring.map(onPaper)))
  .filter((ring) => ring.length > 3 && Math.abs(area(ring)) >= LEAST_AREA)
  .map((ring) => `${pathOf(ring)}z`);
const borders = sharedArcs(topology.objects.countries)
  .flatMap(cutLine)
  .map((line) => simplified(line.map(onPaper)))
  .filter((line) => line.length > 1)
  .map(pathOf);
const globe = simplified([...meridian(-180, -90, 90), ...meridian(180, 90, -90)].map(onPaper), 0.3);

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">
<path id="globe" d="${pathOf(globe)}z" vector-effect="non-scaling-stroke"/>
<path id="land" d="${land.join("")}" vector-effect="non-scaling-stroke"/>
<path id="borders" d="${borders.join("")}" vector-effect="non-scaling-stroke"/>
</svg>
`;
writeFileSync(new URL("../public/world.svg", import.meta.url), svg);
console.log(`public/world.svg: ${svg.length} bytes, ${WIDTH} by ${height}, ${land.length} outlines, ${borders.length} borders`);

/** A file of the package, fetched with npm and checked. */
function fromPackage(name) {
  const folder = mkdtempSync(path.join(tmpdir(), "world-atlas-"));
  try {
    execFileSync("npm", ["pack", "--silent", PACKAGE], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    const archive = path.join(folder, ARCHIVE);
    const found = createHash("sha512").update(readFileSync(archive)).digest("base64");
    if (found !== INTEGRITY) {
      throw new Error(`${ARCHIVE} is not the file that this script was written for`);
    }
    execFileSync("tar", ["xzf", archive], { cwd: folder });
    return readFileSync(path.join(folder, "package", name), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Longitudes and latitudes of an arc, which are stored as steps on a grid. */
function decoded(arc) {
  const { scale: [stepX, stepY], translate: [startX, startY] } = topology.transform;
  let x = 0;
  let y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * stepX + startX, y * stepY + startY];
  });
}

/** All rings of polygons, each as its points. */
function ringsOf(object) {
  const geometries = object.geometries ?? [object];
  return geometries
    .flatMap(({ type, arcs: parts }) => (type === "Polygon" ? parts : parts.flat()))
    .map((ring) => ring.flatMap((index, place) => pointsOf(index).slice(place === 0 ? 0 : 1)));
}

function pointsOf(index) {
  return index < 0 ? arcs[~index].toReversed() : arcs[index];
}

/** The lines that belong to two countries. */
function sharedArcs(object) {
  const users = new Map();
  for (const { arcs: parts } of object.geometries) {
    for (const index of new Set(parts.flat(2).map((index) => (index < 0 ? ~index : index)))) {
      users.set(index, (users.get(index) ?? 0) + 1);
    }
  }
  return [...users].filter(([, count]) => count > 1).map(([index]) => arcs[index]);
}

/** The same points with longitudes that go on beyond 180 degrees rather than jump. */
function unwrapped(points) {
  let turn = 0;
  return points.map(([longitude, latitude], place) => {
    const step = place === 0 ? 0 : longitude - points[place - 1][0];
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [longitude + turn, latitude];
  });
}

/** A ring in the parts that lie between 180 degrees west and east. */
function cutAtDateLine(ring) {
  const points = unwrapped(ring);
  const [first] = points;
  const last = points.at(-1);
  if (Math.abs(last[0] - first[0]) > 180) {
    // It goes round the south pole: Antarctica.
    points.push([last[0], -90], [first[0], -90], first);
  }
  return [-360, 0, 360]
    .map((shift) => points.map(([longitude, latitude]) => [longitude + shift, latitude]))
    .map((moved) => clipped(clipped(moved, 180, 1), -180, -1))
    .filter((part) => part.length > 2)
    .map(alongDateLine);
}

/** What of a ring lies on one side of a meridian. */
function clipped(ring, edge, side) {
  const isInside = ([longitude]) => (edge - longitude) * side >= 0;
  return ring.flatMap((point, place) => {
    const before = ring.at(place - 1);
    const crossing = () => {
      const share = (edge - before[0]) / (point[0] - before[0]);
      return [edge, before[1] + share * (point[1] - before[1])];
    };
    const entered = isInside(before) !== isInside(point) ? [crossing()] : [];
    return isInside(point) ? [...entered, point] : entered;
  });
}

/** The date line is bent on paper, so edges that lie on it need points in between. */
function alongDateLine(ring) {
  return ring.flatMap((point, place) => {
    const before = ring.at(place - 1);
    const isOnLine = Math.abs(point[0]) === 180 && before[0] === point[0] && before[1] !== point[1];
    return isOnLine ? meridian(point[0], before[1], point[1]).slice(1) : [point];
  });
}

function meridian(longitude, from, to) {
  const steps = Math.max(1, Math.ceil(Math.abs(to - from) / 3));
  return Array.from({ length: steps + 1 }, (_, step) => [longitude, from + ((to - from) * step) / steps]);
}

/** A line in pieces that do not cross the date line. */
function cutLine(points) {
  const pieces = [[points[0]]];
  for (const [place, point] of points.entries()) {
    if (place > 0) {
      const isJump = Math.abs(point[0] - points[place - 1][0]) > 180;
      isJump ? pieces.push([point]) : pieces.at(-1).push(point);
    }
  }
  return pieces;
}

/** Natural Earth I: both angles in degrees to plane coordinates, north up. */
function projected(longitude, latitude) {
  const [lambda, phi] = [longitude, latitude].map((degrees) => (degrees * Math.PI) / 180);
  const square = phi * phi;
  const fourth = square * square;
  return [
    lambda * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))),
    phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))),
  ];
}

function onPaper([longitude, latitude]) {
  const [x, y] = projected(longitude, latitude);
  return [WIDTH / 2 + x * scale, height / 2 - y * scale];
}

/** Douglas and Peucker's way to leave out points. */
function simplified(points, tolerance = TOLERANCE) {
  if (points.length < 3) {
    return points;
  }
  const [start, end] = [points[0], points.at(-1)];
  let farthest = 0;
  let greatest = 0;
  for (let place = 1; place < points.length - 1; place += 1) {
    const distance = distanceToLine(points[place], start, end);
    if (distance > greatest) {
      [farthest, greatest] = [place, distance];
    }
  }
  if (greatest <= tolerance) {
    return [start, end];
  }
  return [
    ...simplified(points.slice(0, farthest + 1), tolerance).slice(0, -1),
    ...simplified(points.slice(farthest), tolerance),
  ];
}

function distanceToLine([x, y], [startX, startY], [endX, endY]) {
  const [lengthX, lengthY] = [endX - startX, endY - startY];
  const length = Math.hypot(lengthX, lengthY);
  return length === 0
    ? Math.hypot(x - startX, y - startY)
    : Math.abs(lengthX * (startY - y) - (startX - x) * lengthY) / length;
}

function area(ring) {
  return ring.reduce((sum, [x, y], place) => {
    const [beforeX, beforeY] = ring.at(place - 1);
    return sum + (beforeX * y - x * beforeY) / 2;
  }, 0);
}

/** The path through points, in whole steps. */
function pathOf(points) {
  const whole = points.map((point) => point.map(Math.round));
  let text = `M${whole[0].join(" ")}`;
  let verb = "l";
  for (const [place, [x, y]] of whole.entries()) {
    const [beforeX, beforeY] = whole[Math.max(0, place - 1)];
    const [dx, dy] = [x - beforeX, y - beforeY];
    if (dx !== 0 || dy !== 0) {
      text += `${verb}${verb === "" && dx >= 0 ? " " : ""}${dx}${dy >= 0 ? " " : ""}${dy}`;
      verb = "";
    }
  }
  return text;
}
