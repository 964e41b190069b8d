// The list of what was found: a few rows at a time, their details fetched as they come into it.
import { type Findings, NO_DAY, iso } from "./data";
import { type Setting, Words, element } from "./words";

const EACH = 25;
type Detail = [address: string, when: string, what: string, where: string];

export class List {
  private rows: Uint32Array = new Uint32Array(0);
  private shown = 0;
  private turn = 0;
  private readonly files = new Map<number, Promise<Detail[]>>();
  private readonly items = element("ul", { class: "findings" });
  private readonly more = element("button", { class: "more", type: "button" });
  private readonly none = element("p", { class: "nothing" });

  constructor(
    private readonly box: HTMLElement, private readonly findings: Findings,
    private readonly setting: Setting, private readonly words: Words, private readonly root: string,
  ) {
    this.more.textContent = words.say("more");
    this.none.textContent = words.say("none");
    this.more.addEventListener("click", () => {
      const first = this.shown;
      this.add();
      (this.items.children[first] as HTMLElement | undefined)?.focus();
    });
  }

  show(rows: Uint32Array): void {
    this.rows = rows;
    this.shown = 0;
    this.turn++;
    this.items.replaceChildren();
    this.box.replaceChildren(rows.length ? this.items : this.none, this.more);
    this.add();
  }

  private add(): void {
    const until = Math.min(this.rows.length, this.shown + EACH);
    for (; this.shown < until; this.shown++) {
      const row = this.rows[this.rows.length - 1 - this.shown]!;
      this.items.append(this.item(row));
    }
    this.more.hidden = this.shown >= this.rows.length;
  }

  private item(row: number): HTMLLIElement {
    const { findings, setting } = this;
    const verdict = findings.certain[row] ? "yes" : "unknown";
    const day = findings.day[row] === NO_DAY ? this.words.say("undated") : iso(findings, findings.day[row]!);
    const clause = findings.clauses[findings.clause[row]!]![1];
    const party = findings.parties[findings.party[row]!]!;
    const link = element("a", {}, findings.acts[findings.act[row]!]!);
    const facts = element("span", { class: "more-facts" }, `${party} · ${clause}`);
    const turn = this.turn;
    void this.detail(row).then((detail) => {
      if (!detail || turn !== this.turn) return;
      const [address, , what, where] = detail;
      link.setAttribute("href", `${this.root}finding/${encodeURIComponent(address)}/`);
      link.textContent = what;
      facts.textContent = `${where} · ${party} · ${clause}`;
    });
    return element(
      "li", { tabindex: "-1" },
      element("span", { class: `dot ${verdict}`, "aria-hidden": "true" }),
      element("span", { class: "day" }, day),
      element("span", { class: "what" }, link),
      element("span", { class: "verdict" }, setting.verdicts[verdict] ?? verdict),
      facts,
    );
  }

  private async detail(row: number): Promise<Detail | undefined> {
    const each = this.setting.data.eachFile;
    const file = Math.floor(row / each);
    let asked = this.files.get(file);
    if (!asked) {
      asked = fetch(`rows/${file}.json`).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      });
      this.files.set(file, asked);
    }
    try {
      return (await asked)[row % each];
    } catch {
      this.files.delete(file);
      return undefined;
    }
  }
}
