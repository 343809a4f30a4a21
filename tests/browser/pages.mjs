// SPDX-License-Identifier: EUPL-1.2
// What holds for every page: axe, valid HTML, no sideways scrolling, a visible focus, forced colours.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { check, openShared, testLooks } from "./lib.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const html = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "no-trailing-whitespace": "off", // of no meaning to anyone who reads the page
    "void-style": "off",
    "long-title": "off", // a page title may hold a name
    "form-dup-name": "off", // the boxes of a list share a name
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
});

// Each page, and the pages that a wrong form gives. `way` brings the page there.
export function pages(ids) {
  const go = (path) => (page) => page.goto(path);
  const send = async (page, button) => {
    await page.click(button);
    await page.waitForLoadState();
  };
  return [
    { name: "login", login: null, way: go("/login") },
    { name: "login refused", login: null, way: async (page) => {
      await page.goto("/login");
      await page.fill("#login", "nobody");
      await send(page, "main button[type=submit]");
    } },
    { name: "today", way: go("/today") },
    { name: "today of the board", login: "quality", way: go("/today") },
    { name: "search without words", way: go("/search") },
    { name: "nobody found", way: async (page) => {
      await page.goto("/search");
      await page.fill("#q", "Zzyzx Qqqq");
      await send(page, ".peil-find button");
    } },
    { name: "my account", way: go("/account") },
    { name: "password refused", way: async (page) => {
      await page.goto("/account");
      await page.fill("#old", "x");
      await send(page, "form[action='/account/password'] button");
    } },
    { name: "saved filters", way: go("/filters") },
    { name: "filter refused", way: async (page) => {
      await page.goto("/waiting?urgency=3");
      await page.click(".peil-save summary");
      await send(page, ".peil-save button");
    } },
    { name: "a saved filter", way: async (page) => {
      await page.goto("/waiting?urgency=2");
      await page.click(".peil-save summary");
      await page.fill("#filter-name", `Gewoon ${Math.random()}`.slice(0, 30));
      await send(page, ".peil-save button");
    } },
    { name: "waiting list", way: go("/waiting") },
    { name: "call round", way: go("/waiting?tab=call") },
    { name: "second page", way: go("/waiting?order=received&page=2") },
    { name: "nobody", way: go("/waiting?page=9999") },
    { name: "search", way: async (page) => {
      await page.goto("/waiting");
      await page.fill("#q", ids.name);
      await send(page, ".peil-find button");
    } },
    { name: "put on the call list", way: async (page) => {
      await page.goto("/waiting");
      await page.locator("input[name=id]").first().check();
      await send(page, ".peil-list-foot > button");
    } },
    { name: "request that waits", way: go(`/requests/${ids.waiting}`) },
    { name: "request that started", way: go(`/requests/${ids.started}`) },
    { name: "call refused", way: async (page) => {
      await page.goto(`/requests/${ids.waiting}`);
      await page.fill("#next", "31-2-2024");
      await send(page, "form[action$='/calls'] button");
    } },
    { name: "end refused", way: async (page) => {
      await page.goto(`/requests/${ids.waiting}/leave`);
      await send(page, "main form.peil-form button[type=submit]");
    } },
    { name: "note refused", way: async (page) => {
      await page.goto(`/requests/${ids.waiting}`);
      await page.click(".peil-summary");
      await send(page, "details.peil-card button");
    } },
    { name: "own case", login: "medewerker-noord", way: go(`/requests/${ids.own}`) },
    ...["talks", "appointments", "no-shows", "told", "plan", "plan/new", "lines", "evaluations", "areas", "close"].map((step) => (
      { name: `step ${step}`, login: "medewerker-noord", way: go(`/requests/${ids.own}/${step}`) })),
    { name: "plan refused", login: "medewerker-noord", way: async (page) => {
      await page.goto(`/requests/${ids.own}/plan/new`);
      await page.fill("#what_1", "");
      await page.fill("#score_2", "11");
      await send(page, "main form .nl-button--primary");
    } },
    { name: "closing refused", login: "medewerker-noord", way: async (page) => {
      await page.goto(`/requests/${ids.own}/close`);
      await send(page, "main form .nl-button--primary");
    } },
    { name: "line of help", login: "medewerker-noord", way: async (page) => {
      await page.goto(`/requests/${ids.own}`);
      await page.click("#card-line ~ ul a");
      await page.waitForLoadState();
    } },
    { name: "what is due", login: "medewerker-noord", way: go("/due?kind=aftercare") },
    { name: "groups", login: "medewerker-noord", way: go("/groups") },
    { name: "new group", login: "medewerker-noord", way: go("/groups/new") },
    { name: "group", login: "medewerker-noord", way: async (page) => {
      await page.goto("/groups");
      await page.locator("main table a").first().click();
      await page.waitForLoadState();
    } },
    { name: "people for a group", login: "medewerker-noord", way: async (page) => {
      await page.goto("/groups");
      await page.locator("main tbody a").first().click();
      await page.click("text=Toevoegen van de wachtlijst");
      await page.waitForLoadState();
    } },
    { name: "client supporters", way: go("/supporters") },
    { name: "new request", way: go("/requests/new") },
    { name: "new request refused", way: async (page) => {
      await page.goto("/requests/new");
      await page.fill("#received", "31-12-2999");
      await send(page, "main form button");
    } },
    { name: "may be the same person", way: async (page) => {
      await page.goto("/requests/new");
      await page.fill("#name", ids.name);
      await page.fill("#birth", ids.birth);
      await page.fill("#question", "Nog een vraag.");
      await page.check("input[name=danger][value=no]");
      await page.check("input[name=urgency][value='2']");
      await send(page, "main form button");
      check(await page.locator("#same-title").count() === 1, "no warning for the same name and birth date");
    } },
    { name: "staff list", way: go("/staff") },
    { name: "staff one", way: go("/staff/1") },
    { name: "staff new refused", way: async (page) => {
      await page.goto("/staff/new");
      await page.fill("#fte", "9");
      await send(page, "main form button");
    } },
    { name: "staff absence", way: go("/staff/absence") },
    { name: "staff absence new", way: go("/staff/absence/new") },
    { name: "staff vacancies", way: go("/staff/vacancies") },
    { name: "staff figures", way: go("/staff/figures?team=1") },
    { name: "staff caseload of a team", way: go("/caseload") },
    { name: "staff caseload of one", way: async (page) => {
      await page.goto("/caseload");
      await page.click("main table a[href^='/caseload/']");
      await page.waitForLoadState();
    } },
    { name: "staff hand over refused", way: async (page) => {
      await page.goto("/caseload");
      const link = await page.locator("main table a[href^='/caseload/']").first().getAttribute("href");
      await page.goto(`${link}/handover`);
      await send(page, "main .peil-list-foot button");
    } },
    { name: "staff to tell", way: go("/caseload/inform") },
    { name: "staff allocate", way: go(`/requests/${ids.waiting}/allocate`) },
    { name: "staff allocate many", way: async (page) => {
      await page.goto("/waiting");
      await page.locator("input[name=id]").nth(1).check();
      await page.locator("input[name=id]").nth(2).check();
      await send(page, "button[formaction='/waiting/allocate']");
    } },
    { name: "staff worker of a request", way: go(`/requests/${ids.waiting}/worker`) },
    { name: "staff transition lists", way: go("/transfers") },
    { name: "staff transition list", way: go("/transfers/1?tab=all") },
    { name: "staff transition add refused", way: async (page) => {
      await page.goto("/transfers/1/add");
      await page.fill("#csv", "naam;gevraagd\nFout;31-2-2024");
      await send(page, "main button[value=dry]");
    } },
    { name: "staff transition resident", way: async (page) => {
      await page.goto("/transfers/1?tab=all");
      await page.click("main table a[href^='/transfers/members/']");
      await page.waitForLoadState();
    } },
    ...peoplePages(ids, go, send),
    { name: "figures", way: go("/figures") },
    { name: "figures of a team", way: go("/figures?team=1&period=12") },
    { name: "help", way: go("/help") },
    { name: "not found", way: go("/nowhere") },
    { name: "forbidden", login: "quality", way: go("/waiting") },
    { name: "figures for quality", login: "quality", way: go("/figures") },
  ];
}

// The resident of the waiting request: each page, and each form refused; a change that a colleague was first with.
function peoplePages(ids, go, send) {
  const person = async (page, more = "") => {
    await page.goto(`/requests/${ids.waiting}`);
    const url = await page.locator("main a[href^='/persons/']").first().getAttribute("href");
    await page.goto(`${url}${more}`);
  };
  const refused = (path, empty = []) => async (page) => {
    if (path.startsWith("/requests") || path === "/emergency") await page.goto(path);
    else await person(page, path);
    for (const id of empty) await page.fill(`#${id}`, "");
    await send(page, "main form.peil-form button[type=submit]");
    check(await page.locator("[data-errors]").count() > 0, "the form was taken");
  };
  return [
    { name: "people resident", way: (page) => person(page) },
    { name: "people data refused", way: refused("/edit", ["name"]) },
    { name: "people data changed by a colleague", way: async (page) => {
      await person(page, "/edit");
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.fill("#language", `Taal ${Math.random()}`.slice(0, 12));
      await send(other, "main form.peil-form button[type=submit]");
      await other.close();
      await page.fill("#language", "Papiaments");
      await send(page, "main form.peil-form button[type=submit]");
      check(await page.locator("#difference").count() === 1, "nobody is told of the difference");
      check(await page.inputValue("#language") === "Papiaments", "what was typed is lost");
    } },
    { name: "people history", way: (page) => person(page, "/history") },
    { name: "people household refused", way: refused("/household") },
    { name: "people helper refused", way: refused("/network") },
    { name: "people regie refused", way: refused(`/requests/${ids.waiting}/regie`) },
    { name: "people escalation refused", way: refused(`/requests/${ids.waiting}/ave`, ["day"]) },
    { name: "people open refused", way: refused(`/requests/${ids.waiting}/open`) },
    { name: "people seal refused", way: refused(`/requests/${ids.waiting}/seal`) },
    { name: "people emergency refused", way: refused("/emergency") },
    { name: "people block refused", way: refused("/block") },
    { name: "people doubles", way: go("/duplicates") },
    { name: "people side by side", way: async (page) => {
      await page.goto("/duplicates");
      await page.click("main table a[href^='/duplicates/']");
      await page.waitForLoadState();
    } },
    { name: "people escalations", way: go("/ave") },
    { name: "people access", login: "fg", way: go("/access") },
    { name: "people access judged", login: "fg", way: async (page) => {
      await page.goto("/access");
      await page.click("main table a[href^='/access/']");
      await page.waitForLoadState();
    } },
    { name: "people blocks", login: "fg", way: go("/access/blocks") },
  ];
}

async function axeProblems(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const result = await page.evaluate((t) => window.axe.run(document, { runOnly: t }), tags);
  return result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
}

async function htmlProblems(page) {
  const report = html.validateStringSync(await page.source);
  return report.results.flatMap((r) => r.messages).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

// The ring: at least 2 pixels, drawn, and inside the window.
async function focusProblems(page) {
  const bad = [], seen = new Set();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      const key = [...document.querySelectorAll("*")].indexOf(e);
      const seen = r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
      return { key, what: e.outerHTML.slice(0, 90), ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, seen };
    });
    if (at === null || seen.has(at.key)) break;
    seen.add(at.key);
    if (!at.ring || !at.seen) bad.push(`${at.ring ? "out of sight" : "no ring"}: ${at.what}`);
  }
  if (seen.size < 2) bad.push("fewer than two tab stops");
  return bad;
}

// In forced colours the browser takes backgrounds away: what tells a control or a state apart must be a border or text.
async function forcedProblems(page) {
  return page.evaluate(() => {
    const bad = [];
    for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, .utrecht-status-badge, [aria-current]")) {
      const s = getComputedStyle(e);
      const native = e.matches("input[type=checkbox], input[type=radio]");
      if (e.checkVisibility() && !native && !e.closest(".peil-nav") && parseFloat(s.borderTopWidth) + parseFloat(s.borderBottomWidth) === 0)
        bad.push(`no border: ${e.outerHTML.slice(0, 90)}`);
    }
    for (const e of document.querySelectorAll(".peil-chart path, .peil-chart circle, .peil-bar rect")) {
      const s = getComputedStyle(e), ground = getComputedStyle(document.body).backgroundColor;
      if (s.fill === ground && (s.stroke === ground || s.stroke === "none")) bad.push(`cannot be seen: ${e.outerHTML.slice(0, 60)}`);
    }
    return bad;
  });
}

const axeAt = (colorScheme, width) => async (page) => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  return axeProblems(page);
};

// Charts and figures on a phone: no text outside its drawing, nothing to move sideways, no name on top of another.
async function phoneProblems(page) {
  await page.setViewportSize({ width: 390, height: 900 });
  return page.evaluate(() => {
    const bad = [];
    for (const svg of document.querySelectorAll("main .peil-chart, main .peil-map")) {
      if (!svg.checkVisibility()) continue;
      const box = svg.getBoundingClientRect();
      const text = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim() !== "");
      const at = text.map((t) => t.getBoundingClientRect());
      at.forEach((r, i) => {
        if (r.left < box.left - 1 || r.right > box.right + 1 || r.height < 9)
          bad.push(`cut off or too small: ${text[i].textContent}`);
        for (let j = i + 1; j < at.length; j++)
          if (Math.min(r.right, at[j].right) - Math.max(r.left, at[j].left) > 1 && Math.min(r.bottom, at[j].bottom) - Math.max(r.top, at[j].top) > 4)
            bad.push(`on top of each other: ${text[i].textContent}, ${text[j].textContent}`);
      });
    }
    for (const e of document.querySelectorAll("main .peil-grid"))
      if (e.checkVisibility() && e.scrollWidth > e.parentElement.clientWidth + 1) bad.push(`a table of ${e.scrollWidth} pixels`);
    return bad;
  });
}

export const looks = [
  ["valid HTML", htmlProblems],
  ["no script error, nothing against the CSP", async (page) => page.problems],
  ["visible focus", focusProblems],
  ["axe, light, 1280", axeAt("light", 1280)],
  ["axe, dark, 1280", axeAt("dark", 1280)],
  ["axe, dark, 390", axeAt("dark", 390)],
  ["axe, light, 390", axeAt("light", 390)],
  ["320 pixels", async (page) => {
    await page.setViewportSize({ width: 320, height: 900 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    return width <= 320 ? [] : [`the page is ${width} pixels wide`];
  }],
  ["charts and figures on a phone", phoneProblems],
  ["forced colours", async (page) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ forcedColors: "active" });
    return forcedProblems(page);
  }],
];

export function pageTests(base, ids) {
  for (const p of pages(ids))
    testLooks(p.name, async () => {
      const page = await openShared(base(), { login: p.login === undefined ? "team_lead" : p.login });
      await p.way(page);
      return page;
    }, looks);
}
