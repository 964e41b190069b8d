// The page's own texts, filled in: nothing is ever put into the page but as text.

export interface Setting {
  data: { rows: number; bytes: number; eachFile: number };
  words: Record<string, string>;
  verdicts: Record<string, string>;
  simulated: boolean;
  tiles: boolean;
}

const lang = document.documentElement.lang || "en";
const figures = new Intl.NumberFormat(lang);
const dates = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

export function number(value: number): string {
  return figures.format(value);
}

export function dayWords(isoDay: string): string {
  return dates.format(Date.parse(`${isoDay}T00:00:00Z`));
}

export function length(metres: number): string {
  return metres < 1000 ? `${number(Math.round(metres))} m` : `${number(Math.round(metres / 100) / 10)} km`;
}

export class Words {
  constructor(private readonly texts: Record<string, string>) {}

  say(key: string, values: Record<string, string | number> = {}): string {
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? number(value) : value;
    });
  }
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, given: Record<string, string> = {}, ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}
