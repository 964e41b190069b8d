// The page that filters, lists and draws the findings. Its address holds what is looked at.
import { Chart } from "./chart";
import { type Findings, iso, load } from "./data";
import { Days } from "./days";
import { type Field, type Found, type Wanted, filter, read, written } from "./filter";
import { List } from "./list";
import type { LiveMap } from "./map";
import { type Setting, Words, element } from "./words";

const WIDE = "(min-width: 821px)";

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found;
}

class Explorer {
  private wanted: Wanted = read(location.search);
  private found: Found;
  private readonly controls = new Map<Field, HTMLInputElement | HTMLSelectElement>();
  private readonly list: List;
  private readonly chart: Chart;
  private readonly days: Days;
  private readonly words: Words;
  private readonly status = byId("found");
  private readonly here = element("p", { class: "note" });
  private map: LiveMap | undefined;

  constructor(private readonly findings: Findings, private readonly setting: Setting, root: string) {
    this.words = new Words(setting.words);
    this.found = filter(findings, this.wanted);
    const choose = (from: string, to: string) => this.change({ from, to });
    this.chart = new Chart(byId("timeline"), findings, this.words, choose);
    const days = element("div", { class: "days", role: "group", "aria-label": this.words.say("slider") });
    byId("place").before(this.here, days);
    this.days = new Days(days, findings, this.words, (day, passing) => this.change({ day }, passing));
    this.list = new List(byId("list"), findings, setting, this.words, root);
    this.form(byId("filters") as HTMLFormElement);
    addEventListener("popstate", () => {
      this.wanted = read(location.search);
      this.show();
    });
    this.show();
    this.offerMap();
  }

  private form(form: HTMLFormElement): void {
    const { findings, words } = this;
    const options = (texts: string[]) => [...new Set(texts)].sort((a, b) => a.localeCompare(b)).map((text) => [text, text] as [string, string]);
    this.input(form, "q", "search", words.say("search_hint"));
    const wide = matchMedia(WIDE);
    const more = element("details", { class: "more-filters" }, element("summary", {}, words.say("filters")));
    const fields = element("div", { class: "fields" });
    more.open = wide.matches || Object.keys(this.wanted).some((name) => name !== "q" && name !== "day");
    wide.addEventListener("change", () => { more.open ||= wide.matches; });
    more.append(fields);
    this.select(fields, "clause", findings.clauses.map(([id, title]) => [id, title]));
    this.select(fields, "sure", [["certain", words.say("certain")], ["possible", words.say("possible")]], "verdict");
    this.select(fields, "act", options(findings.acts));
    this.select(fields, "party", options(findings.parties));
    if (findings.areas.length) this.select(fields, "area", findings.areas);
    this.select(fields, "outlet", options(findings.outlets.flat()));
    for (const name of ["from", "to"] as const) {
      const input = this.input(fields, name, "date", "");
      if (!findings.days) continue;
      input.min = iso(findings, 0);
      input.max = iso(findings, findings.days - 1);
    }
    const reset = element("button", { type: "button" }, words.say("reset"));
    reset.addEventListener("click", () => {
      this.wanted = {};
      this.change({});
    });
    fields.append(reset);
    form.append(more);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = this.wanted.q ?? "";
      if (/^F-[A-Za-z0-9.-]+$/.test(asked)) location.assign(`../finding/${asked}/`);
    });
    form.hidden = false;
  }

  private select(form: HTMLElement, name: Field, options: [string, string][], key: string = name): void {
    const made = element("select", { name });
    made.append(new Option(this.words.say(`any_${key}`), ""), ...options.map(([value, text]) => new Option(text, value)));
    this.add(form, name, key, made);
  }

  private input(form: HTMLElement, name: Field, type: "search" | "date", hint: string): HTMLInputElement {
    const made = element("input", { type: type, name, autocomplete: "off", ...(hint ? { placeholder: hint } : {}) });
    this.add(form, name, name === "q" ? "search" : name, made);
    return made;
  }

  private add(form: HTMLElement, name: Field, key: string, made: HTMLInputElement | HTMLSelectElement): void {
    form.append(element("label", {}, this.words.say(key), made));
    made.addEventListener("input", () => this.change({ [name]: made.value || undefined }, name === "q"));
    this.controls.set(name, made);
  }

  // While a slider moves or a word is typed the address is replaced, so that "back" goes back a step.
  private change(changed: Wanted, passing = false): void {
    this.wanted = { ...this.wanted, ...changed };
    const address = written(this.wanted);
    if (passing) history.replaceState(null, "", address);
    else if (address !== `${location.search || location.pathname}`) history.pushState(null, "", address);
    this.show();
  }

  private show(): void {
    const begun = performance.now();
    const { wanted, words } = this;
    this.found = filter(this.findings, wanted);
    for (const [name, control] of this.controls) {
      if (control.value !== (wanted[name] ?? "")) control.value = wanted[name] ?? "";
    }
    const { certain, possible } = this.found;
    const all = this.findings.rows;
    this.status.textContent = words.say(certain + possible < all ? "found_of" : "found", { certain, possible, all });
    this.lookUp(wanted.q ?? "");
    this.chart.show(this.found);
    this.days.show(wanted.day, this.found);
    this.place(wanted.at);
    this.list.show(this.found.rows);
    performance.measure("filtered", { start: begun });
    this.map?.show(this.found, wanted.day);
  }

  private lookUp(asked: string): void {
    if (!/^F-[A-Za-z0-9.-]+$/.test(asked)) return;
    const link = element("a", { href: `../finding/${asked}/` }, this.words.say("open_finding", { id: asked }));
    this.status.append(" ", link);
  }

  private place(at: string | undefined): void {
    if (!at) return this.here.replaceChildren();
    const clear = element("button", { type: "button", class: "more" }, this.words.say("clear_place"));
    clear.addEventListener("click", () => this.change({ at: undefined }));
    this.here.replaceChildren(`${this.words.say("here")} `, clear);
  }

  private offerMap(): void {
    const frugal = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
    if (matchMedia(WIDE).matches && !frugal) {
      void this.openMap();
      return;
    }
    const button = element("button", { type: "button", class: "more" }, this.words.say("show_map"));
    button.addEventListener("click", () => {
      button.remove();
      void this.openMap();
    });
    byId("place").before(button);
  }

  private async openMap(): Promise<void> {
    const drawn = byId("place");
    const box = element("div", { class: "live-map" });
    const failed = () => {
      box.replaceWith(element("p", { class: "note" }, this.words.say("map_failed")));
      drawn.hidden = false;
    };
    try {
      const { openMap } = await import("./map.js") as typeof import("./map");
      drawn.before(box);
      this.map = await openMap(box, this.findings, this.setting, this.words, (at) => this.change({ at }), failed);
      drawn.hidden = true;
      this.map.show(this.found, this.wanted.day);
    } catch (error) {
      console.info(error);
      failed();
    }
  }
}

async function begin(): Promise<void> {
  const box = byId("explore");
  const setting = JSON.parse(byId("setting").textContent ?? "") as Setting;
  const words = new Words(setting.words);
  const status = byId("found");
  const told = status.textContent ?? "";
  try {
    status.textContent = words.say("loading", { count: setting.data.rows });
    const findings = await load("findings.bin");
    status.textContent = told;
    new Explorer(findings, setting, box.dataset.root ?? "../");
    document.documentElement.dataset.ready = "true";
  } catch (error) {
    console.info(error);
    status.textContent = words.say("failed");
  }
}

const style = element("link", { rel: "stylesheet", href: new URL("chart.css", import.meta.url).href });
document.head.append(style);
void begin();
