// Reading findings.bin: see src/holdfire/publish/site/columns.py for the format.

type Codes = Uint8Array | Uint16Array | Uint32Array;

export interface Findings {
  rows: number;
  epoch: number; // days since 1970-01-01
  days: number;
  clauses: [id: string, title: string, address: string][];
  acts: string[];
  parties: string[];
  outlets: string[][];
  names: string[];
  areas: [address: string, title: string][];
  areaSets: number[][]; // areas that a place lies in or may lie in
  ownSets: number[][]; // areas that are all that is known of a place
  day: Uint16Array;
  span: Codes;
  certain: Uint8Array;
  clause: Codes;
  act: Codes;
  party: Codes;
  outletsOf: Codes;
  name: Codes;
  place: Codes; // 0: none; else the place's number and one
  placeLon: Float64Array;
  placeLat: Float64Array;
  placeRadius: Uint32Array;
  placeAreas: Codes;
  placeOwn: Codes;
}

export const NO_DAY = 0xffff;
export const NO_RADIUS = 0xffffffff;
const PER_DEGREE = 100_000;
const DAY_MS = 86_400_000;

const KINDS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array } as const;

export async function load(url: string): Promise<Findings> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`${url}: ${answer.status}`);
  const open = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return parse(await new Response(open).arrayBuffer());
}

export function parse(buffer: ArrayBuffer): Findings {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const column = (name: string) => {
    const [kind, at, count] = header.columns[name] as [keyof typeof KINDS, number, number];
    return new KINDS[kind](buffer, 4 + length + at, count);
  };
  const degrees = (name: string) => Float64Array.from(column(name), (value) => value / PER_DEGREE);
  const day = column("day") as Uint16Array;
  const span = column("span") as Codes;
  let days = 0;
  for (let row = 0; row < day.length; row++) {
    if (day[row] !== NO_DAY) days = Math.max(days, day[row]! + listed(span[row]!) + 1);
  }
  return {
    rows: day.length,
    epoch: Date.parse(`${header.epoch}T00:00:00Z`) / DAY_MS,
    days,
    clauses: header.clause, acts: header.act, parties: header.party, outlets: header.outlets,
    names: header.name, areas: header.areas, areaSets: header.areaSets, ownSets: header.ownSets,
    day, span,
    certain: column("certain") as Uint8Array,
    clause: column("clause") as Codes, act: column("act") as Codes,
    party: column("party") as Codes, outletsOf: column("outlets") as Codes,
    name: column("name") as Codes, place: column("place") as Codes,
    placeLon: degrees("placeLon"), placeLat: degrees("placeLat"),
    placeRadius: column("placeRadius") as Uint32Array,
    placeAreas: column("placeAreas") as Codes,
    placeOwn: column("placeOwn") as Codes,
  };
}

// What may have been on more days than these is counted on its first day only, as on the pages.
const SPAN_DAYS = 7;

export function listed(span: number): number {
  return span >= SPAN_DAYS ? 0 : span;
}

export function iso(findings: Findings, day: number): string {
  return new Date((findings.epoch + day) * DAY_MS).toISOString().slice(0, 10);
}

export function dayOf(findings: Findings, text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`) / DAY_MS - findings.epoch;
  return Number.isFinite(at) ? at : null;
}
