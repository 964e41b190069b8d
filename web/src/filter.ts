// Which findings fit the filters: one pass over the columns, tables of allowed codes made before.
import { type Findings, NO_DAY, dayOf, listed } from "./data";

export const FIELDS = ["clause", "sure", "act", "party", "area", "outlet", "from", "to", "q", "day", "at"] as const;
export type Field = (typeof FIELDS)[number];
export type Wanted = Partial<Record<Field, string>>;

export interface Found {
  rows: Uint32Array; // in order of time
  certain: number;
  possible: number;
  dayCertain: Uint32Array; // by day, without the filter for one day
  dayPossible: Uint32Array;
  placeCertain: Uint32Array; // by place
  placePossible: Uint32Array;
}

export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function placeKey(findings: Findings, place: number): string {
  return `${findings.placeLat[place]!.toFixed(4)},${findings.placeLon[place]!.toFixed(4)}`;
}

type Test = (row: number) => boolean;

export function filter(findings: Findings, wanted: Wanted): Found {
  const tests = made(findings, wanted);
  const day = wanted.day ? dayOf(findings, wanted.day) : null;
  const rows = new Uint32Array(findings.rows);
  const found = {
    certain: 0, possible: 0,
    dayCertain: new Uint32Array(findings.days), dayPossible: new Uint32Array(findings.days),
    placeCertain: new Uint32Array(findings.placeLon.length),
    placePossible: new Uint32Array(findings.placeLon.length),
  };
  let count = 0;
  next: for (let row = 0; row < findings.rows; row++) {
    for (const test of tests) if (!test(row)) continue next;
    const sure = findings.certain[row] === 1;
    const first = findings.day[row]!;
    const last = first === NO_DAY ? -1 : first + listed(findings.span[row]!);
    const byDay = sure ? found.dayCertain : found.dayPossible;
    for (let at = first; at <= last; at++) byDay[at]!++;
    if (day !== null && (first > day || last < day)) continue;
    rows[count++] = row;
    if (sure) found.certain++;
    else found.possible++;
    const place = findings.place[row]!;
    if (place > 0) (sure ? found.placeCertain : found.placePossible)[place - 1]!++;
  }
  return { rows: rows.subarray(0, count), ...found };
}

function made(findings: Findings, wanted: Wanted): Test[] {
  const tests: Test[] = [];
  const equal = (column: ArrayLike<number>, values: string[], value: string | undefined) => {
    const code = value === undefined ? -1 : values.indexOf(value);
    if (code >= 0) tests.push((row) => column[row] === code);
  };
  equal(findings.clause, findings.clauses.map(([id]) => id), wanted.clause);
  equal(findings.act, findings.acts, wanted.act);
  equal(findings.party, findings.parties, wanted.party);
  if (wanted.sure === "certain" || wanted.sure === "possible") {
    const value = wanted.sure === "certain" ? 1 : 0;
    tests.push((row) => findings.certain[row] === value);
  }
  if (wanted.outlet) {
    const fits = Uint8Array.from(findings.outlets, (some) => Number(some.includes(wanted.outlet!)));
    tests.push((row) => fits[findings.outletsOf[row]!] === 1);
  }
  if (wanted.area) {
    const area = findings.areas.findIndex(([address]) => address === wanted.area);
    const sets = Uint8Array.from(findings.areaSets, (some) => Number(some.includes(area)));
    if (area >= 0) tests.push(placed(findings, (place) => sets[findings.placeAreas[place]!] === 1));
  }
  if (wanted.at) tests.push(placed(findings, (place) => placeKey(findings, place) === wanted.at));
  spanned(findings, wanted, tests);
  for (const word of plain(wanted.q ?? "").split(/\s+/).filter(Boolean)) tests.push(says(findings, word));
  return tests;
}

function placed(findings: Findings, fits: (place: number) => boolean): Test {
  const table = Uint8Array.from(findings.placeLon, (_, place) => Number(fits(place)));
  return (row) => {
    const place = findings.place[row]!;
    return place > 0 && table[place - 1] === 1;
  };
}

function spanned(findings: Findings, wanted: Wanted, tests: Test[]): void {
  const from = wanted.from ? dayOf(findings, wanted.from) : null;
  const to = wanted.to ? dayOf(findings, wanted.to) : null;
  if (from !== null) {
    tests.push((row) => findings.day[row] !== NO_DAY && findings.day[row]! + findings.span[row]! >= from);
  }
  if (to !== null) tests.push((row) => findings.day[row]! <= to);
}

function says(findings: Findings, word: string): Test {
  const table = (texts: string[]) => Uint8Array.from(texts, (text) => Number(plain(text).includes(word)));
  const clause = table(findings.clauses.map(([, title]) => title));
  const act = table(findings.acts);
  const party = table(findings.parties);
  const name = table(findings.names);
  const outlets = table(findings.outlets.map((some) => some.join(" ")));
  const titles = findings.areas.map(([, title]) => title);
  const areas = table(findings.areaSets.map((some) => some.map((one) => titles[one]).join(" ")));
  return (row) => {
    const place = findings.place[row]!;
    return (
      act[findings.act[row]!] === 1 || clause[findings.clause[row]!] === 1
      || party[findings.party[row]!] === 1 || name[findings.name[row]!] === 1
      || outlets[findings.outletsOf[row]!] === 1
      || (place > 0 && areas[findings.placeAreas[place - 1]!] === 1)
    );
  };
}

export function read(query: string): Wanted {
  const given = new URLSearchParams(query);
  const wanted: Wanted = {};
  for (const field of FIELDS) {
    const value = given.get(field);
    if (value) wanted[field] = value.slice(0, 200);
  }
  return wanted;
}

export function written(wanted: Wanted): string {
  const given = new URLSearchParams();
  for (const field of FIELDS) if (wanted[field]) given.set(field, wanted[field]);
  const text = given.toString();
  return text ? `?${text}` : location.pathname;
}
