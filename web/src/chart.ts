// Findings by day, certain below possible; the table under it holds the same.
import uPlot from "uplot";
import { type Findings, iso } from "./data";
import type { Found } from "./filter";
import { Words, dayWords, element, number } from "./words";

const DAY_S = 86_400;
const HEIGHT = 130;

export class Chart {
  private plot: uPlot | undefined;
  private readonly frame = element("div", { role: "img" });
  private readonly details = element("details");
  private readonly table = element("div", { class: "scroll", tabindex: "0", role: "region" });
  private found: Found | undefined;

  constructor(
    private readonly box: HTMLElement, private readonly findings: Findings, private readonly words: Words,
    private readonly choose: (from: string, to: string) => void,
  ) {
    this.table.setAttribute("aria-label", words.say("chart_table"));
    this.details.append(element("summary", {}, words.say("chart_table")), this.table);
    this.details.addEventListener("toggle", () => this.fill());
    box.replaceChildren(this.frame, this.details);
    new ResizeObserver(() => this.plot?.setSize({ width: this.frame.clientWidth, height: HEIGHT })).observe(box);
  }

  show(found: Found): void {
    this.found = found;
    const { findings } = this;
    const xs: number[] = [], all: number[] = [], sure: number[] = [];
    let most = 0;
    for (let day = 0; day < findings.days; day++) {
      xs.push((findings.epoch + day) * DAY_S);
      sure.push(found.dayCertain[day]!);
      all.push(found.dayCertain[day]! + found.dayPossible[day]!);
      if (all[day]! > all[most]!) most = day;
    }
    this.box.hidden = findings.days === 0;
    if (!findings.days) return;
    this.frame.setAttribute("aria-label", this.words.say("chart", {
      certain: sure.reduce((sum, one) => sum + one, 0),
      possible: all.reduce((sum, one, at) => sum + one - sure[at]!, 0),
      day: dayWords(iso(findings, most)), most: all[most]!,
    }));
    if (this.plot) this.plot.setData([xs, all, sure]);
    else this.plot = this.drawn([xs, all, sure]);
    this.fill();
  }

  private drawn(data: uPlot.AlignedData): uPlot {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink").trim() || "#1b1b1b";
    const bars = uPlot.paths.bars!({ size: [0.82, 60], align: 0 });
    const axis = {
      stroke: ink, font: '12px system-ui, "Noto Sans", sans-serif',
      grid: { show: false }, ticks: { stroke: "#6f6f6f", size: 4 },
    };
    return new uPlot(
      {
        width: this.frame.clientWidth, height: HEIGHT, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
        legend: { show: false }, cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        scales: {
          x: { time: true, range: (_, low, high) => [low - DAY_S / 2, high + DAY_S / 2] },
          y: { range: (_, __, high) => [0, Math.max(1, high)] },
        },
        axes: [
          { ...axis, size: 26, values: [
            [DAY_S * 365, "{YYYY}", null, null, null, null, null, null, 1],
            [DAY_S * 28, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
            [DAY_S, "{D} {MMM}", null, null, null, null, null, null, 1],
          ] },
          { ...axis, size: 46, grid: { show: true, stroke: "#dededb", width: 1 },
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
            values: (_, ticks) => ticks.map((tick) => number(tick)), space: 36 },
        ],
        series: [
          {},
          { fill: "#c5d6e8", stroke: "#164a80", width: 0.75, paths: bars, points: { show: false } },
          { fill: "#164a80", stroke: "#164a80", width: 0.75, paths: bars, points: { show: false } },
        ],
        hooks: { setSelect: [(plot) => this.selected(plot)] },
      },
      data, this.frame,
    );
  }

  private selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const at = (x: number) => {
      const day = Math.round(plot.posToVal(x, "x") / DAY_S) - this.findings.epoch;
      return iso(this.findings, Math.min(Math.max(day, 0), this.findings.days - 1));
    };
    const from = at(left), to = at(left + width);
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.choose(from, to);
  }

  private fill(): void {
    if (!this.details.open || !this.found) return;
    const body = element("tbody");
    for (let day = this.findings.days - 1; day >= 0; day--) {
      const sure = this.found.dayCertain[day]!, open = this.found.dayPossible[day]!;
      if (!sure && !open) continue;
      body.append(element(
        "tr", {}, element("th", { scope: "row" }, iso(this.findings, day)),
        element("td", { class: "n" }, number(sure)), element("td", { class: "n" }, number(open)),
      ));
    }
    const heads = ["chart_day", "chart_certain", "chart_possible"].map((key, at) =>
      element("th", { scope: "col", ...(at ? { class: "n" } : {}) }, this.words.say(key)));
    this.table.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body));
  }
}
