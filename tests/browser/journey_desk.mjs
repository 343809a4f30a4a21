// SPDX-License-Identifier: EUPL-1.2
// Two people at one request: nothing is lost without a word, and who comes second reads first what the other did. And
// where the keyboard is after an action, after a mistake, and on the way to a field that is wrong.
import { check, open, test } from "./lib.mjs";

const focused = (page, selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
const send = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const step = "main form.peil-form button[type=submit]";

async function newRequest(page, name) {
  await page.goto("/requests/new");
  await page.selectOption("#safe_call", "yes");
  await page.fill("#name", name);
  await page.fill("#question", "Ik red het huishouden niet meer.");
  await page.selectOption("#neighbourhood", { index: 1 });
  await page.check("input[name=danger][value=no]");
  await page.check("input[name=urgency][value='2']");
  await send(page, step);
  check(/requests\/\d+/.test(page.url()), `it was not taken: ${await page.locator("main").innerText()}`);
  return new URL(page.url()).pathname;
}

async function toldWhat(page, what, who = /quality|team_lead/) {
  check(await page.locator("[data-news]").count() === 1, `nobody says what the other did: ${await page.locator("main").innerText()}`);
  const news = await page.locator("[data-news]").innerText();
  check(what.test(news) && who.test(news), `it says: ${news}`);
  check(await focused(page, "[data-news]"), "the keyboard does not begin at what the other did");
}

export function deskTests(base) {
  const pair = async (name) => {
    const one = await open(base()), two = await open(base());
    return { one, two, path: await newRequest(one, name) };
  };
  const end = (...pages) => Promise.all(pages.map((p) => p.context().close()));

  test("at the desk: two people: a call, and then another", async () => {
    const { one, two, path } = await pair("Tweede Beller");
    for (const page of [one, two]) await page.goto(path);
    for (const page of [one, two]) {
      await page.check("input[name=result][value=reached]");
      await page.fill("#note", page === one ? "Eerste gesprek." : "Tweede gesprek.");
      await send(page, "form[action$='/calls'] button[type=submit]");
    }
    await toldWhat(two, /Gebeld: gesproken/);
    check(await two.inputValue("#note") === "Tweede gesprek.", "what was typed is lost");
    await send(two, "form[action$='/calls'] button[type=submit]");
    check(await two.locator("[data-done]").count() === 1, "it cannot be saved after reading it");
    await end(one, two);
  });
  test("at the desk: two people: given to a worker twice", async () => {
    const { one, two, path } = await pair("Tweede Toewijzing");
    for (const page of [one, two]) await page.goto(`${path}/allocate`);
    for (const page of [one, two]) {
      await page.locator("main input[name=worker]:not([disabled])").nth(page === one ? 0 : 1).check();
      await send(page, "main form[action$='/allocate'] button[type=submit]");
    }
    await toldWhat(two, /Toegewezen/);
    await end(one, two);
  });
  test("at the desk: two people: a step of a complaint", async () => {
    const one = await open(base(), { login: "klachten" }), two = await open(base(), { login: "klachten" });
    await one.goto("/complaints/new");
    await one.fill("#name", "Trees Tweede Stap");
    await one.fill("#about", "Niemand belde terug.");
    await one.locator("main [name=category]").first().evaluate((el) => (el.tagName === "SELECT" ? (el.value = "unreachable") : document.querySelector("[name=category][value=unreachable]").click()));
    await send(one, step);
    for (const page of [one, two]) await page.goto(new URL(one.url()).pathname);
    for (const page of [one, two]) {
      await page.selectOption("#step", "note");
      await page.fill("#note", page === one ? "Eerst gebeld." : "Daarna geschreven.");
      await send(page, step.replace("main ", "main section "));
    }
    await toldWhat(two, /Notitie/, /· \S/); // by name
    check(await two.inputValue("#note") === "Daarna geschreven.", "what was typed is lost");
    await send(two, step.replace("main ", "main section "));
    check(await two.locator("[data-done]").count() === 1, "it cannot be saved after reading it");
    await end(one, two);
  });
  test("at the desk: two people: the same of the list", async () => {
    const one = await open(base(), { login: "teamleider-noord" }), two = await open(base(), { login: "teamleider-noord" });
    const boxes = (page) => page.locator("tr:not(:has(.nl-data-badge)) input[name=id]");
    for (const page of [one, two]) {
      await page.goto("/waiting");
      for (const i of [0, 1]) await boxes(page).nth(i).check();
    }
    for (const page of [one, two]) await send(page, ".peil-list-foot > button");
    check(/stonden al op de bellijst/.test(await two.locator("main .utrecht-alert").first().innerText()), "the second is told nothing");
    for (const page of [one, two]) {
      await page.goto("/waiting");
      for (const i of [2, 3]) await page.locator("input[name=id]").nth(i).check();
      await send(page, "button[formaction*='allocate'], .peil-list-foot button:has-text('Toewijzen')");
    }
    for (const page of [one, two]) await send(page, "form[action='/waiting/allocate/save'] button[type=submit]");
    const changed = two.locator(".peil-changed");
    check(await changed.count() === 2 && /Intussen: Toegewezen/.test(await changed.first().innerText()), "it does not say what the other did");
    for (const select of await two.locator("select[name^=worker-]").all())
      check(await select.inputValue() === "0", "pressing again undoes what the other did");
    await end(one, two);
  });
  test("at the desk: two people: off the list, and given to a worker", async () => {
    const { one, two, path } = await pair("Weg En Toegewezen");
    await one.goto(`${path}/leave`);
    await two.goto(`${path}/allocate`);
    await one.locator("main input[name=reason]").first().check();
    await send(one, step);
    await send(two, "main form[action$='/allocate'] button[type=submit]");
    await toldWhat(two, /Opgelost/);
    check(/Weg En Toegewezen/.test(await two.locator("h1").innerText()), `it shows: ${await two.locator("h1").innerText()}`);
    await end(one, two);
  });
  test("at the desk: keyboard: after saving it goes on from there", async () => {
    const page = await open(base());
    await newRequest(page, "Verder Met Tab");
    check(await focused(page, "[data-done]"), "the keyboard is not at what was saved");
    await page.keyboard.press("Tab");
    check(await focused(page, "main a"), "Tab does not go on in the page");
    await page.goto("/contacts/new?done=contact");
    check(await focused(page, "#phone"), "the field that waits for the next caller lost the keyboard");
    await end(page);
  });
  test("at the desk: the arrows pass the choices of a filter", async () => {
    const page = await open(base());
    await page.goto("/waiting");
    await page.focus("#urgency");
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await page.waitForTimeout(500);
    check(!/urgency=./.test(page.url()) && await focused(page, "#urgency"), `one arrow sent the filter: ${page.url()}`);
    const chosen = await page.inputValue("#urgency");
    await page.keyboard.press("Tab");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    check(page.url().includes(`urgency=${chosen}`), `the filter did not come: ${page.url()}`);
    await page.locator("#urgency").dispatchEvent("pointerdown");
    await Promise.all([page.waitForNavigation(), page.selectOption("#urgency", { index: 0 })]);
    check(!page.url().includes(`urgency=${chosen}`), "a choice with the mouse is not enough");
    await end(page);
  });
  test("at the desk: when is their turn, of the list of the neighbourhood", async () => {
    const page = await open(base());
    const seen = page.locator("#newcomers h2:visible");
    for (let i = 0; i < 100; i++) {
      await page.goto("/requests/new");
      if (await page.locator("#newcomers h2").count() > 3) break; // of each team
      await page.waitForTimeout(2000); // made behind the readers
    }
    await page.locator("#newcomers > summary").click();
    const all = await seen.count();
    check(all > 1, `${all} lists before a neighbourhood is chosen`);
    await page.selectOption("#neighbourhood", { label: "Binnenstad" });
    check(await seen.count() === 1 && await seen.first().innerText() === "Binnenstad", `it shows ${await seen.allInnerTexts()}`);
    // A team of which no neighbourhood is known is not the list of "no neighbourhood".
    await page.locator("[data-neighbourhoods]").first().evaluate((list) => { list.dataset.neighbourhoods = ""; });
    await page.selectOption("#neighbourhood", { index: 0 });
    check(await seen.count() === all, "without a neighbourhood not all lists come back");
    await end(page);
  }, 240000);
  test("at the desk: a link to a wrong field shows its label and what is wrong", async () => {
    const page = await open(base());
    await page.goto("/requests/new");
    await send(page, step);
    const line = page.locator("[data-errors] a", { hasText: "Wat is de vraag?" });
    check(!/\?:/.test(await line.innerText()), `two marks: ${await line.innerText()}`);
    await line.click();
    check(await focused(page, "#question"), "the link does not go to the field");
    for (const part of ["label[for=question]", "#question-error"]) {
      const box = await page.locator(part).boundingBox();
      check(box.y >= 0 && box.y + box.height <= 900, `${part} is out of sight at ${box.y}`);
    }
    await end(page);
  });
  test("at the desk: a list to choose from looks like one", async () => {
    const page = await open(base());
    await page.goto("/requests/new");
    const arrow = () => page.locator("#neighbourhood").evaluate((el) => [getComputedStyle(el).backgroundImage, getComputedStyle(el).appearance]);
    check(/gradient/.test((await arrow())[0]), "it has no arrow");
    await page.emulateMedia({ forcedColors: "active" });
    check((await arrow())[1] !== "none", "it has no arrow where colours are forced");
    await end(page);
  });
  test("at the desk: a letter on paper: dark letters, the address in the window, no frame", async () => {
    const page = await open(base(), { colorScheme: "dark" });
    const path = await newRequest(page, "Maximiliaan-Alexander van den Oudenhoven-van Waterschoot van der Gracht");
    await page.goto(`${path}/letters/on-list`);
    await page.setViewportSize({ width: 703, height: 1017 }); // A4 within its margins of 12 and 14 mm
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const seen = await page.evaluate(() => {
      const box = document.querySelector(".peil-letter-address").getBoundingClientRect();
      const mm = (px) => px / 96 * 25.4;
      const ink = getComputedStyle(document.querySelector(".peil-letter p:last-child")).color.match(/\d+/g).slice(0, 3).map(Number);
      return { top: mm(box.top) + 14, left: mm(box.left) + 12, width: mm(box.width), dark: Math.max(...ink) < 100 };
    });
    check(seen.dark, "the letters are pale");
    check(seen.top > 43 && seen.top < 52 && seen.left > 19 && seen.left < 26, `the address is at ${seen.top} and ${seen.left} mm`);
    check(seen.width <= 86, `the address is ${seen.width} mm wide`);
    check(!await page.locator(".peil-side").isVisible(), "the menu is printed");
    await end(page);
  });
  test("at the desk: calibration: the own list is open and first, the others fold", async () => {
    const page = await open(base(), { login: "teamleider-oost", width: 390 });
    for (let i = 0; i < 90 && await page.locator(".peil-folded").count() < 2; i++) {
      await page.goto("/calibration");
      if (await page.locator(".peil-folded").count() < 2) await page.waitForTimeout(2000);
    }
    check(/Oost/.test(await page.locator(".peil-folded h2").first().innerText()), "the own list does not stand first");
    check(await page.locator(".peil-folded[open]").count() === 1, "not one list is open");
    check(await page.locator(".peil-folded:not([open]) .peil-conclusion").first().isVisible(), "what a folded list comes to is out of sight");
    await end(page);
  });
}
