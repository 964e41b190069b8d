// One day at a time: a slider with its buttons; every part of it works from the keyboard.
import { type Findings, dayOf, iso } from "./data";
import type { Found } from "./filter";
import { Words, dayWords, element } from "./words";

const EACH_DAY_MS = 900;

export class Days {
  private readonly each = element("input", { type: "checkbox", id: "each-day" });
  private readonly slider = element("input", { type: "range", min: "0", step: "1" });
  private readonly said = element("output");
  private readonly earlier: HTMLButtonElement;
  private readonly later: HTMLButtonElement;
  private readonly play: HTMLButtonElement;
  private timer = 0;

  constructor(
    box: HTMLElement, private readonly findings: Findings, private readonly words: Words,
    private readonly choose: (day: string | undefined, passing: boolean) => void,
  ) {
    const button = (key: string, sign: string, act: () => void) => {
      const made = element("button", { type: "button", "aria-label": words.say(key) }, sign);
      made.addEventListener("click", act);
      return made;
    };
    this.slider.max = String(Math.max(0, findings.days - 1));
    this.slider.setAttribute("aria-label", words.say("slider"));
    this.earlier = button("earlier", "←", () => this.step(-1));
    this.later = button("later", "→", () => this.step(1));
    this.play = button("play", "▶", () => this.pass());
    this.play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const label = element("label", { for: "each-day" }, this.each, ` ${words.say("each_day")}`);
    this.each.addEventListener("change", () => {
      this.halt();
      this.choose(this.each.checked ? iso(findings, Number(this.slider.value)) : undefined, false);
    });
    this.slider.addEventListener("input", () => {
      this.halt();
      this.choose(iso(findings, Number(this.slider.value)), true);
    });
    this.slider.addEventListener("change", () => this.choose(iso(findings, Number(this.slider.value)), false));
    box.append(label, this.earlier, this.slider, this.later, this.play, this.said);
  }

  show(day: string | undefined, found: Found): void {
    const at = day ? dayOf(this.findings, day) : null;
    this.each.checked = at !== null;
    if (at !== null) this.slider.value = String(at);
    const words = dayWords(iso(this.findings, Number(this.slider.value)));
    this.slider.setAttribute("aria-valuetext", at === null ? this.words.say("all_days") : words);
    this.said.textContent = at === null ? this.words.say("all_days_shown") : this.words.say("day_shown", {
      day: words, certain: found.certain, possible: found.possible,
    });
    this.earlier.disabled = at !== null && at <= 0;
    this.later.disabled = at !== null && at >= this.findings.days - 1;
  }

  private step(by: number): void {
    this.halt();
    this.go(by);
  }

  private go(by: number): boolean {
    const last = this.findings.days - 1;
    const next = Number(this.slider.value) + (this.each.checked ? by : 0);
    this.choose(iso(this.findings, Math.min(Math.max(next, 0), last)), this.timer !== 0);
    return next < last;
  }

  private pass(): void {
    if (this.timer) return this.halt();
    if (Number(this.slider.value) >= this.findings.days - 1) this.slider.value = "0";
    this.play.textContent = "■";
    this.play.setAttribute("aria-label", this.words.say("stop"));
    this.timer = window.setInterval(() => this.go(1) || this.halt(), EACH_DAY_MS);
    this.go(0);
  }

  private halt(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", this.words.say("play"));
  }
}
