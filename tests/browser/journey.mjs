// SPDX-License-Identifier: EUPL-1.2
// One journey, walked twice: with the keyboard alone, and with forms and links alone (no script). The steps are
// written once, in the words of a visitor:
//     journey("complaint to committee", () => base, async (v) => {
//       await v.login("klachten");            // an account of the demo
//       await v.go("/complaints/new");
//       await v.fill("about", "Niemand belde terug");      // field by its name
//       await v.choose("regime", "awb");                   // radio or <select> by its value
//       await v.tick("serious");
//       await v.press("Klacht opslaan");                   // button or link by its text
//       await v.see("Klacht ontvangen");
//     });
import { check, open, password, test } from "./lib.mjs";

const field = (name, value) => `main [name="${name}"]${value === undefined ? "" : `[value="${value}"]`}`;

class Visitor {
  constructor(base, page, mode) {
    Object.assign(this, { base, page, mode });
  }
  get keyboard() { return this.mode === "keyboard"; }

  async login(name) {
    await this.page.context().clearCookies();
    await this.page.goto("/login");
    await this.page.fill("#login", name);
    await this.page.fill("#password", password);
    await this.page.click("main button[type=submit]");
    await this.page.waitForURL((u) => u.pathname !== "/login");
  }
  async go(path) {
    const answer = await this.page.goto(path);
    check(answer.ok(), `${path}: ${answer.status()}`);
  }
  // The answer that a page gives, for pages that must be refused.
  async status(path) { return (await this.page.goto(path)).status(); }

  // Tab until the element has the focus, as someone without a mouse does. A group of radios is one stop.
  async focus(locator) {
    await locator.waitFor();
    check(await locator.isEnabled(), "the element cannot be used");
    const has = () => locator.evaluate((el) => el === document.activeElement);
    for (let i = 0; i < 250; i++) {
      if (await has()) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${locator}`);
  }
  async fill(name, text) {
    const at = this.page.locator(field(name)).first();
    if (!this.keyboard) return at.fill(text);
    await this.focus(at);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }
  // A file with this name and content; the window in which a browser lets people choose is its own.
  async file(name, called, content) {
    const at = this.page.locator(field(name)).first();
    if (this.keyboard) await this.focus(at);
    await at.setInputFiles({ name: called, mimeType: "text/csv", buffer: Buffer.from(content) });
  }
  async choose(name, value) {
    const select = this.page.locator(`main select[name="${name}"]`);
    if (await select.count() > 0) {
      if (!this.keyboard) return select.first().selectOption(value);
      await this.focus(select.first());
      const options = await select.first().locator("option").evaluateAll((all) => all.map((o) => o.value));
      const now = await select.first().evaluate((el) => el.selectedIndex), to = options.indexOf(value);
      check(to >= 0, `${name} has no choice ${value}: ${options}`);
      for (let i = 0; i < Math.abs(to - now); i++) await this.page.keyboard.press(to > now ? "ArrowDown" : "ArrowUp");
      return check(await select.first().inputValue() === value, `${name} is ${await select.first().inputValue()}`);
    }
    const radio = this.page.locator(field(name, value)).first();
    if (!this.keyboard) return radio.check();
    const group = this.page.locator(`main [type=radio][name="${name}"]`);
    const checked = this.page.locator(`main [type=radio][name="${name}"]:checked`);
    await this.focus(await checked.count() > 0 ? checked.first() : group.first());
    if (await checked.count() === 0) await this.page.keyboard.press("Space");
    for (let i = 0; i < await group.count() && !await radio.isChecked(); i++) await this.page.keyboard.press("ArrowDown");
    check(await radio.isChecked(), `${name} cannot be set to ${value} with the keyboard`);
  }
  // A checkbox; value: which one of a list.
  async tick(name, value) {
    const box = this.page.locator(field(name, value)).first();
    if (!this.keyboard) return box.check();
    await this.focus(box);
    await this.page.keyboard.press("Space");
    check(await box.isChecked(), `${name} did not change`);
  }
  // A slider, step by step with the arrow keys, as also works without script.
  async slide(name, value) {
    const at = this.page.locator(field(name)).first();
    if (this.keyboard) await this.focus(at); else await at.focus();
    const now = Number(await at.inputValue()), step = Number(await at.getAttribute("step"));
    for (let i = 0; i < Math.abs(value - now) / step; i++) await this.page.keyboard.press(value > now ? "ArrowRight" : "ArrowLeft");
    check(Number(await at.inputValue()) === value, `${name} is ${await at.inputValue()}, not ${value}`);
  }
  // A button or link of the page by its text; it leads to another page.
  async press(text, within = "main") {
    const at = this.page.locator(within).locator("button, a, summary").filter({ hasText: text }).first();
    await at.waitFor();
    if (await at.evaluate((el) => el.tagName) === "SUMMARY") {
      if (this.keyboard) { await this.focus(at); await this.page.keyboard.press("Enter"); } else await at.click();
      return;
    }
    const leaves = this.page.waitForEvent("framenavigated");
    if (this.keyboard) { await this.focus(at); await this.page.keyboard.press("Enter"); } else await at.click();
    await leaves;
    await this.page.waitForLoadState();
  }
  async text() { return this.page.locator("main").innerText(); }
  async see(...words) {
    const text = await this.text();
    for (const w of words) check(w instanceof RegExp ? w.test(text) : text.includes(w), `the page does not say "${w}": ${text.slice(0, 400)}`);
  }
  async seeNot(...words) {
    const text = await this.text();
    for (const w of words) check(!text.includes(w), `the page says "${w}"`);
  }
  // The number at the end of the address.
  id() { return Number(new URL(this.page.url()).pathname.match(/(\d+)$/)[1]); }
  path() { return new URL(this.page.url()).pathname; }
}

// ms: how long each way may take, when something is made behind the page first.
export function journey(name, base, steps, ms = 180000) {
  for (const mode of ["keyboard", "without script"])
    test(`journey ${name}: ${mode}`, async () => {
      const page = await open(base(), { login: null, javaScriptEnabled: mode === "keyboard" });
      await steps(new Visitor(base(), page, mode));
      check(page.problems.length === 0, page.problems.join("\n"));
      await page.context().close();
    }, ms);
}
