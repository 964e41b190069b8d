// The moving map. Places are drawn as the disks and areas they are known to, never as dots.
import {
  AttributionControl, type ExpressionSpecification, type GeoJSONSource, Map, NavigationControl, Popup,
  ScaleControl, type StyleSpecification, addProtocol, setWorkerUrl,
} from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { type Findings, NO_RADIUS } from "./data";
import { type Found, placeKey } from "./filter";
import { type Setting, Words, dayWords, element, length } from "./words";

type Shape = GeoJSON.Geometry;
interface Ground {
  bounds: [number, number, number, number];
  around: [number, number, number, number];
  land: Shape[];
  areas: [nth: number, title: string, shape: Shape, middle: [number, number]][];
  zones: [title: string, shape: Shape, address: string][];
  lines: [day: string, shape: Shape][];
}
export interface LiveMap {
  show(found: Found, day: string | undefined): void;
}

const METRES_PER_PIXEL = 40_075_016.686 / 512; // at the equator, zoom 0
const SMALLEST_PX = 3;
const ZOOMS = Array.from({ length: 20 }, (_, zoom) => zoom);
const BLUE = "#164a80", DEEP = "#0d3259", OCHRE = "#7a5200";

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: "FeatureCollection", features });
const feature = (geometry: Shape, properties: GeoJSON.GeoJsonProperties = {}): GeoJSON.Feature => ({ type: "Feature", geometry, properties });

export async function openMap(
  box: HTMLElement, findings: Findings, setting: Setting, words: Words,
  choose: (at: string) => void, failed: () => void,
): Promise<LiveMap> {
  await styled();
  setWorkerUrl(new URL("map-worker.js", import.meta.url).href);
  const ground = await (await fetch("map.json")).json() as Ground;
  const background = setting.tiles ? await tiles() : undefined;
  const [west, south, east, north] = ground.bounds;
  const map = new Map({
    container: box, style: style(ground, background), bounds: [west, south, east, north],
    fitBoundsOptions: { padding: 24 }, maxBounds: ground.around, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, attributionControl: false, fadeDuration: 0, maxZoom: 15, renderWorldCopies: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.addControl(new AttributionControl({ compact: false, customAttribution: "Coast: Natural Earth" }));
  map.getCanvas().setAttribute("aria-label", words.say("map"));
  map.on("webglcontextlost", failed);
  await new Promise<void>((done, fail) => {
    map.once("load", () => done());
    map.once("error", (event) => fail(event.error));
  });
  map.addImage("stripes", stripes(), { pixelRatio: 2 });
  map.setLayoutProperty("areas-open", "visibility", "visible");
  return new Drawn(map, box, ground, findings, setting, words, choose);
}

function styled(): Promise<void> {
  return new Promise((done, fail) => {
    const link = element("link", { rel: "stylesheet", href: new URL("map.css", import.meta.url).href });
    link.onload = () => done();
    link.onerror = () => fail(new Error("map.css"));
    document.head.append(link);
  });
}

interface Background {
  kind: "vector" | "raster";
  layers: Set<string>;
}

async function tiles(): Promise<Background> {
  const url = new URL("tiles.pmtiles", location.href).href;
  const file = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol("pmtiles", protocol.tile);
  const header = await file.getHeader();
  const about = await file.getMetadata() as { vector_layers?: { id: string }[] };
  return {
    kind: header.tileType === 1 ? "vector" : "raster",
    layers: new Set((about.vector_layers ?? []).map((one) => one.id)),
  };
}

function style(ground: Ground, background: Background | undefined): StyleSpecification {
  const empty = { type: "geojson" as const, data: collection([]) };
  const made: StyleSpecification = {
    version: 8,
    sources: {
      land: { type: "geojson", data: collection(ground.land.map((shape) => feature(shape))), tolerance: 0.2 },
      zones: { type: "geojson", data: collection(ground.zones.map(([title, shape]) => feature(shape, { title }))) },
      areas: empty, names: empty, line: empty, disks: empty,
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#e6edf1" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": "#faf8f1", "fill-outline-color": "#9aa5ab" } },
    ],
  };
  if (background) under(made, background);
  const has = (name: string): ExpressionSpecification => [">", ["get", name], 0];
  made.layers.push(
    { id: "areas-open", type: "fill", source: "areas", filter: ["!", has("certain")], layout: { visibility: "none" }, paint: { "fill-pattern": "stripes", "fill-opacity": 0.7 } },
    { id: "areas-sure", type: "fill", source: "areas", filter: has("certain"), paint: { "fill-color": BLUE, "fill-opacity": 0.4 } },
    { id: "areas-edge", type: "line", source: "areas", paint: { "line-color": "#6b6b6b", "line-width": 1 } },
    { id: "zones", type: "line", source: "zones", paint: { "line-color": OCHRE, "line-width": 1.6, "line-dasharray": [4, 2.5] } },
    { id: "line-case", type: "line", source: "line", paint: { "line-color": "#fff", "line-width": 5 } },
    { id: "line", type: "line", source: "line", paint: { "line-color": "#1b1b1b", "line-width": 2.2 } },
    { id: "disks-open", type: "circle", source: "disks", filter: ["!", has("certain")], paint: { "circle-radius": radius(), "circle-color": BLUE, "circle-opacity": 0.06, "circle-stroke-color": BLUE, "circle-stroke-width": 1.4, "circle-stroke-opacity": 0.85 } },
    { id: "disks-sure", type: "circle", source: "disks", filter: has("certain"), paint: { "circle-radius": radius(), "circle-color": BLUE, "circle-opacity": ["get", "shade"], "circle-stroke-color": DEEP, "circle-stroke-width": 1 } },
    { id: "names", type: "symbol", source: "names", layout: { "text-field": ["get", "title"], "text-font": ["system-ui", "Noto Sans", "sans-serif"], "text-size": 13, "text-max-width": 8 }, paint: { "text-color": "#1b1b1b", "text-halo-color": "#fff", "text-halo-width": 1.6 } },
  );
  return made;
}

// Land, water and roads only: what a tile file says of borders and names is left out.
function under(made: StyleSpecification, background: Background): void {
  made.sources.tiles = { type: background.kind, url: "pmtiles://" + new URL("tiles.pmtiles", location.href).href, ...(background.kind === "raster" ? { tileSize: 256 } : {}) } as StyleSpecification["sources"][string];
  if (background.kind === "raster") {
    made.layers.push({ id: "tiles", type: "raster", source: "tiles" });
    return;
  }
  const fills: [string, string][] = [["earth", "#faf8f1"], ["land", "#faf8f1"], ["water", "#e6edf1"], ["ocean", "#e6edf1"]];
  for (const [layer, colour] of fills) {
    if (!background.layers.has(layer)) continue;
    made.layers.push({ id: `tiles-${layer}`, type: "fill", source: "tiles", "source-layer": layer, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour } });
  }
  for (const layer of ["roads", "transportation"]) {
    if (!background.layers.has(layer)) continue;
    made.layers.push({ id: `tiles-${layer}`, type: "line", source: "tiles", "source-layer": layer, paint: { "line-color": "#d8d2c4", "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.4, 14, 2] } });
  }
}

// The disk's true size at every zoom: Mercator's metres grow with 1 / cos(latitude).
function radius(): ExpressionSpecification {
  const stops = ZOOMS.flatMap((zoom) => [zoom, ["max", SMALLEST_PX, ["*", ["get", "pixels"], 2 ** zoom]]]);
  return ["interpolate", ["exponential", 2], ["zoom"], ...stops] as unknown as ExpressionSpecification;
}

function stripes(): ImageData {
  const size = 16;
  const made = new ImageData(size, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const ink = (x + y) % 8 < 2;
      made.data.set(ink ? [22, 74, 128, 220] : [197, 214, 232, 90], 4 * (y * size + x));
    }
  }
  return made;
}

class Drawn implements LiveMap {
  private readonly note = element("p", { class: "note" });
  private readonly legend = element("p", { class: "note" });

  constructor(
    private readonly map: Map, box: HTMLElement, private readonly ground: Ground,
    private readonly findings: Findings, setting: Setting, private readonly words: Words,
    choose: (at: string) => void,
  ) {
    if (setting.simulated) box.append(element("span", { class: "stamp-mark", "aria-hidden": "true" }, "SIMULATED"));
    this.legend.textContent = words.say("map_note");
    box.after(this.note, this.legend);
    for (const layer of ["disks-sure", "disks-open"]) {
      map.on("click", layer, (event) => {
        const clicked = event.features?.[0];
        if (clicked) choose(String(clicked.properties.at));
      });
      this.hover(layer, (given) => words.say("map_here", { certain: given.certain, possible: given.possible, radius: length(given.radius) }));
    }
    for (const layer of ["areas-sure", "areas-open"]) {
      this.hover(layer, (given) => words.say("map_area", { name: given.title, certain: given.certain, possible: given.possible }));
    }
  }

  show(found: Found, day: string | undefined): void {
    const { findings } = this;
    const disks: GeoJSON.Feature[] = [];
    const areaCertain = new Uint32Array(findings.areas.length), areaPossible = new Uint32Array(findings.areas.length);
    let placed = 0;
    for (let place = 0; place < findings.placeLon.length; place++) {
      const certain = found.placeCertain[place]!, possible = found.placePossible[place]!;
      if (!certain && !possible) continue;
      placed += certain + possible;
      if (findings.placeRadius[place] === NO_RADIUS) {
        const areas = findings.ownSets[findings.placeOwn[place]!]!;
        // Sure of one area: certain there. In one of several: possible in each.
        for (const area of areas) {
          if (areas.length === 1) areaCertain[area]! += certain;
          areaPossible[area]! += areas.length === 1 ? possible : certain + possible;
        }
        continue;
      }
      disks.push(this.disk(place, certain, possible));
    }
    // The largest first, so that small disks lie on top and can be chosen.
    disks.sort((a, b) => b.properties!.pixels - a.properties!.pixels);
    const crowd = Math.min(0.5, Math.max(0.1, 60 / disks.length));
    for (const one of disks) one.properties!.shade = Math.min(0.75, crowd * (1 + Math.log2(one.properties!.certain || 1) / 3));
    this.set("disks", disks);
    this.set("areas", this.ground.areas
      .filter(([nth]) => areaCertain[nth] || areaPossible[nth])
      .map(([nth, title, shape]) => feature(shape, { title, certain: areaCertain[nth], possible: areaPossible[nth] })));
    this.set("names", this.ground.areas
      .filter(([nth]) => areaCertain[nth] || areaPossible[nth])
      .map(([, title, , middle]) => feature({ type: "Point", coordinates: middle }, { title })));
    this.line(day);
    const unplaced = found.certain + found.possible - placed;
    this.note.replaceChildren(...(unplaced ? [this.words.say("unplaced", { count: unplaced })] : []), ...this.lineWords(day));
  }

  private disk(place: number, certain: number, possible: number): GeoJSON.Feature {
    const { findings } = this;
    const lat = findings.placeLat[place]!, metres = findings.placeRadius[place]!;
    const pixels = metres / (METRES_PER_PIXEL * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
    return feature(
      { type: "Point", coordinates: [findings.placeLon[place]!, lat] },
      { certain, possible, pixels, radius: metres, shade: 0.5, at: placeKey(findings, place) },
    );
  }

  private dated(day: string | undefined): [string, Shape] | undefined {
    const { lines } = this.ground;
    return day ? lines.findLast(([when]) => when <= day) : lines.at(-1);
  }

  private line(day: string | undefined): void {
    const dated = this.dated(day);
    this.set("line", dated ? [feature(dated[1])] : []);
  }

  private lineWords(day: string | undefined): string[] {
    const said = this.ground.zones.length ? [` ${this.words.say("zone")}`] : [];
    if (!this.ground.lines.length) return said;
    const dated = this.dated(day);
    return [...said, ` ${dated ? this.words.say("line", { day: dayWords(dated[0]) }) : this.words.say("no_line")}`];
  }

  private set(source: string, features: GeoJSON.Feature[]): void {
    (this.map.getSource(source) as GeoJSONSource).setData(collection(features));
  }

  private hover(layer: string, says: (given: Record<string, any>) => string): void {
    const popup = new Popup({ closeButton: false, closeOnClick: false, maxWidth: "18rem" });
    this.map.on("mousemove", layer, (event) => {
      const first = event.features?.[0];
      if (!first) return;
      this.map.getCanvas().style.cursor = layer.startsWith("disks") ? "pointer" : "";
      popup.setLngLat(event.lngLat).setText(says(first.properties)).addTo(this.map);
    });
    this.map.on("mouseleave", layer, () => {
      this.map.getCanvas().style.cursor = "";
      popup.remove();
    });
  }
}
