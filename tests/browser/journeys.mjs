// SPDX-License-Identifier: EUPL-1.2
// The journeys: everything without script, and a new request by keyboard alone in under a minute.
import { check, enter, measured, open, test } from "./lib.mjs";

const h1 = (page) => page.locator("h1").innerText();
const alert = (page) => page.locator("main .utrecht-alert").first().innerText();

async function fillRequest(page, name) {
  await page.goto("/requests/new");
  await page.selectOption("#safe_call", "yes");
  await page.fill("#name", name);
  await page.fill("#birth", "3-3-1951");
  await page.fill("#question", "Ik red het huishouden niet meer.");
  await page.check("input[name=danger][value=no]");
  await page.check("input[name=urgency][value='2']");
  await page.click("main form button[type=submit]");
  await page.waitForLoadState();
}

function withoutScript(base, ids) {
  const run = (name, steps) => test(`without script: ${name}`, async () => {
    const page = await open(base(), { javaScriptEnabled: false });
    await steps(page);
    await page.context().close();
  });

  run("log in and out", async (page) => {
    check(new URL(page.url()).pathname === "/today", `after logging in: ${page.url()}`);
    await page.click(".peil-user button");
    await page.waitForURL(/login/);
    await page.goto("/waiting");
    check(new URL(page.url()).pathname === "/login", "the list can be seen after logging out");
  });
  run("filter, sort, next page", async (page) => {
    await page.goto("/waiting");
    await page.selectOption("#urgency", "2");
    await page.click(".peil-filter button");
    check(/urgency=2/.test(page.url()), `the filter is not in the address: ${page.url()}`);
    await page.click("thead th:nth-of-type(4) a, thead a >> nth=1");
    check(/order=/.test(page.url()) && /urgency=2/.test(page.url()), `sorting lost the filter: ${page.url()}`);
    await page.goto("/waiting");
    const first = await page.locator(".peil-person a").first().getAttribute("href");
    await page.click("a[rel=next]");
    check((await page.locator(".peil-person a").first().getAttribute("href")) !== first, "page 2 shows the same people");
  });
  run("call list and undo", async (page) => {
    await page.goto("/waiting");
    const listed = async () => Number(await page.locator(".peil-tabs li:nth-child(3) .nl-number-badge").innerText());
    const before = await listed();
    const boxes = page.locator("tr:not(:has(.nl-data-badge)) input[name=id]");
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.click(".peil-list-foot > button");
    check(/2 inwoners/.test(await alert(page)), `it says: ${await alert(page)}`);
    check(await listed() === before + 2, "the call list did not grow by two");
    await page.click("main .utrecht-alert button");
    check(await listed() === before, "undo did not take them off again");
  });
  run("search by name goes by POST", async (page) => {
    await page.fill("#q", ids.name);
    await page.click(".peil-find button");
    check(!page.url().includes(ids.name), `the name is in the address: ${page.url()}`);
    check(await page.locator(".peil-person").count() > 0, "nobody found");
  });
  run("register a call", async (page) => {
    await page.goto(`/requests/${ids.waiting}`);
    const before = await page.locator(".peil-timeline > li").count();
    await page.click("form[action$='/calls'] button[type=submit]");
    check(await page.locator(".utrecht-form-field--invalid").count() > 0, "a call without an outcome was taken");
    await page.fill("#note", "Hulp is nog nodig.");
    await page.check("input[name=result][value=reached]");
    await page.click("form[action$='/calls'] button[type=submit]");
    check(await page.locator(".peil-timeline > li").count() === before + 1, "the call is not in the timeline");
    check((await page.locator(".peil-note").first().innerText()) === "Hulp is nog nodig.", "the note is not there");
  });
  run("an old page does not overwrite", async (page) => {
    await page.goto(`/requests/${ids.waiting}`);
    await page.evaluate(() => 0).catch(() => 0);
    const other = await page.context().newPage();
    for (const p of [page, other]) {
      if (p === other) await p.goto(`/requests/${ids.waiting}`);
      await p.check("input[name=result][value=attempted]");
    }
    await other.click("form[action$='/calls'] button[type=submit]");
    await page.fill("#note", "Dit mag niet verloren gaan.");
    await page.click("form[action$='/calls'] button[type=submit]");
    check(await page.inputValue("#note") === "Dit mag niet verloren gaan.", "what was typed is lost");
    check(await page.locator("[data-errors]").count() === 1, "nobody is told that the request had changed");
  });
  run("new request, warned, same person", async (page) => {
    await fillRequest(page, "Jacoba Proefpersoon");
    check(/Jacoba Proefpersoon/.test(await h1(page)), `it shows: ${await h1(page)}`);
    await fillRequest(page, "Jacoba Proefpersoon");
    check(await page.locator("#same-title").count() === 1, "no warning");
    check(await page.inputValue("#question") === "Ik red het huishouden niet meer.", "what was typed is lost");
    await page.locator("input[name=person]").first().check();
    await page.click("main form button[type=submit]");
    check(/Jacoba Proefpersoon/.test(await h1(page)), `it shows: ${await h1(page)}`);
  });
  run("off the list needs a reason, and a pause", async (page) => {
    await fillRequest(page, "Trijntje Eerstegesprek");
    const here = page.url().split("?")[0];
    const save = async () => {
      await page.click("main form.peil-form button[type=submit]");
      await page.waitForLoadState();
    };
    await page.goto(`${here}/leave`);
    await save();
    check(await page.locator("[data-errors]").count() === 1, "a request left the list without a reason");
    await page.goto(`${here}/pause`);
    const reason = page.locator("select[name=reason]");
    if (await reason.count()) await reason.selectOption({ index: 1 });
    else await page.locator("input[name=reason]").first().check();
    const day = new Date(Date.now() + 14 * 86400e3);
    await page.fill("#until", `${day.getDate()}-${day.getMonth() + 1}-${day.getFullYear()}`);
    await save();
    check(/Gepauzeerd/.test(await page.locator(".nl-data-badge").first().innerText()), "it is not paused");
  });
  run("a note without text is refused, with text it stands in the timeline", async (page) => {
    await page.goto(`/requests/${ids.waiting}`);
    await page.click(".peil-summary");
    await page.click("details.peil-card button");
    check(/niet goed|klopt/.test(await alert(page)), `without text it says: ${await alert(page)}`);
    await page.fill("#remark", "Zoon belt morgen terug.");
    await page.click("details.peil-card button");
    check((await page.locator(".peil-note").first().innerText()) === "Zoon belt morgen terug.", "the note is not there");
  });
  run("figures of a team", async (page) => {
    await page.goto("/figures");
    await measured(page);
    check(await page.locator(".peil-fact").count() === 5, "there are no five figures");
    check(await page.locator("svg.peil-chart:visible > title").count() === 1, "there is not one chart in sight with a title");
    await page.selectOption("#team", { index: 1 });
    await page.click(".peil-filter button");
    check(/team=\d/.test(page.url()), "the team is not in the address");
    await measured(page);
    await page.click("details > summary >> text=tabel");
    check(await page.locator("table tbody tr").count() > 3, "the table is empty");
  });
  run("menu on a small screen", async (page) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto("/waiting");
    check(!(await page.locator(".peil-nav").isVisible()), "the menu is open before it was asked for");
    await page.click(".peil-menu > summary");
    await page.click(".peil-nav a[href='/calls']");
    check(/\/calls/.test(page.url()), `it went to ${page.url()}`);
  });
}

export function journeyTests(base, ids) {
  withoutScript(base, ids);
  test("keyboard: a new request in under a minute", async () => {
    const page = await open(base(), { login: null });
    await enter(page, "team_lead");
    const press = (key) => page.keyboard.press(key);
    const type = (text) => page.keyboard.type(text, { delay: 90 }); // as fast as people type
    const tab = async (n = 1) => {
      for (let i = 0; i < n; i++) await press("Tab");
    };
    const reach = async (id) => {
      for (let i = 0; i < 40; i++) {
        await tab();
        if (await page.evaluate((x) => document.activeElement.id === x, id)) return;
      }
      throw new Error(`${id} cannot be reached by Tab`);
    };
    const begin = Date.now();
    await page.goto("/requests/new");
    await reach("safe_call");
    await type("j");
    await reach("name");
    await type("Toetsenbord de Proef");
    await tab();
    await type("4-5-1960");
    await tab();
    await type("040-7890123");
    await tab();
    await type("Ik kom niet meer rond.");
    await reach("neighbourhood");
    await type("B");
    await reach("danger");
    await press("Space");
    await reach("urgency");
    await press("ArrowRight");
    await press("ArrowRight");
    await press("Control+Enter");
    await page.waitForURL(/requests\/\d+/).catch(() => 0);
    check(/requests\/\d+/.test(page.url()), `it was not taken: ${await page.locator("main").innerText()}`);
    const seconds = (Date.now() - begin) / 1000;
    check(/Toetsenbord de Proef/.test(await h1(page)), `it shows: ${await h1(page)}`);
    check(seconds < 60, `it took ${seconds} s`);
    await page.context().close();
  });
  test("keyboard: / searches, ? helps, the guard asks", async () => {
    const page = await open(base());
    page.ask = true;
    await page.keyboard.press("/");
    check(await page.evaluate(() => document.activeElement.id === "q"), "/ does not go to the search field");
    await page.locator("h1").click();
    await page.keyboard.press("?");
    check(await page.locator("#keys").isVisible(), "? does not show the keys");
    await page.keyboard.press("Escape");
    await page.goto("/waiting");
    await page.locator("[data-select-all]").check();
    check(await page.locator("input[name=id]:not(:checked)").count() === 0, "the box above does not choose all");
    await page.goto("/requests/new");
    await page.fill("#name", "Half getypt");
    const asked = page.waitForEvent("dialog");
    page.goto("/help").catch(() => 0);
    const dialog = await asked;
    check(dialog.type() === "beforeunload", "leaving a changed form does not ask");
    await dialog.accept();
    await page.context().close();
  });
  test("print shows the list without the frame", async () => {
    const page = await open(base());
    await page.goto("/waiting");
    await page.emulateMedia({ media: "print" });
    check(!(await page.locator(".peil-side").isVisible()), "the menu is printed");
    check(await page.locator("table").isVisible(), "the list is not printed");
    await page.context().close();
  });
}

export function emptyTests(base) {
  test("an empty register says what to do first", async () => {
    const page = await open(base());
    await page.goto("/waiting");
    check(await page.locator(".peil-empty a[href='/requests/new']").count() === 1, "no way to the first request");
    await page.goto("/figures");
    check(await page.locator(".peil-empty").count() === 1, "figures of nothing are shown");
    check(!/(^|\s)0 %/.test(await page.locator("main").innerText()), "no data is shown as zero");
    await page.context().close();
  });
  // While the first expectation is made the page is looked at again, and the keyboard keeps its place.
  test("what is being made does not take the focus away", async () => {
    const page = await open(base());
    let asked = 0;
    await page.route("**/forecast", async (route) => {
      const answer = await route.fetch(), text = await answer.text();
      const far = ++asked === 1 ? "" : `<p id="far">${asked} of 4</p>`; // the first time nothing is known yet
      await route.fulfill({ response: answer, body: asked < 4 ? text.replace("</h1>", `</h1><div data-reload>${far}<p>Wait</p></div>`) : text });
    });
    await page.goto("/forecast");
    await page.locator("main a").first().focus();
    for (let i = 0; i < 600 && asked < 3; i++) await page.waitForTimeout(100);
    check(asked === 3, `it was looked at ${asked} times`);
    await page.locator("[data-reload] #far", { hasText: "3 of 4" }).waitFor();
    check(await page.locator("#far").count() === 1, "how far it is stands there twice");
    check(await page.evaluate(() => document.activeElement.tagName) === "A", "the focus is lost");
    await page.locator("[data-reload]").waitFor({ state: "detached" });
    check(asked === 5, "the page does not change when it is there"); // looked at, and asked for
    await page.context().close();
  });
}
