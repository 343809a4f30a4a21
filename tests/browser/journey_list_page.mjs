// SPDX-License-Identifier: EUPL-1.2
// From today to a resident, a list of one's own, a file of it, and the language: without script, and by keyboard alone.
import { check, open, test } from "./lib.mjs";

const h1 = (page) => page.locator("main h1").innerText();

// Tab until the element that `what` selects has the focus.
async function reach(page, what) {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((x) => document.activeElement.matches(x), what)) return;
  }
  throw new Error(`${what} cannot be reached by Tab`);
}

export function listJourneys(base, ids) {
  test("list page without script: today, search, a saved filter, its file", async () => {
    const page = await open(base(), { javaScriptEnabled: false });
    check(await h1(page) === "Vandaag", `the day begins with: ${await h1(page)}`);
    check(await page.locator(".peil-today__block, .peil-quiet li").count() > 2, "today shows no work");
    await page.fill("#q", ids.name.split(" ")[0]);
    await page.click(".peil-find button");
    check(/\/search$/.test(page.url()), `the name is in the address: ${page.url()}`);
    check(await page.locator("main .peil-card").count() > 0, "nobody found");
    await page.goto("/waiting?tab=over&urgency=1");
    await page.click(".peil-save summary");
    await page.fill("#filter-name", "Te lang");
    await page.click(".peil-save button");
    check(/tab=over/.test(page.url()), `after saving: ${page.url()}`);
    const tab = page.locator(".peil-tabs a", { hasText: "Te lang" });
    check(await tab.getAttribute("aria-current") === "page", "the saved filter is not the present tab");
    await page.goto("/waiting");
    await tab.click();
    check(/urgency=1/.test(page.url()), `the tab leads to: ${page.url()}`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("a[href*='format=csv']")]);
    const text = await (await file.createReadStream()).toArray().then((x) => Buffer.concat(x).toString());
    check(/Filter;"?Over de afspraak; Urgentie: Kan wachten/.test(text), `the file begins: ${text.slice(0, 200)}`);
    await page.goto("/filters");
    await page.locator("li", { hasText: "Te lang" }).locator("button").click();
    check(!/Te lang/.test(await page.locator("main").innerText()), "the filter is still there");
    await page.context().close();
  });
  test("list page without script: another language and back", async () => {
    const page = await open(base(), { javaScriptEnabled: false });
    await page.goto("/account");
    await page.check("input[name=language][value=en]");
    await page.click("form[action='/account/language'] button");
    check(await h1(page) === "My account", `it says: ${await h1(page)}`);
    check(await page.locator("html").getAttribute("lang") === "en", "the page does not say that it is English");
    await page.goto("/today");
    check(await h1(page) === "Today", `it says: ${await h1(page)}`);
    await page.goto("/account");
    await page.check("input[name=language][value=nl]");
    await page.click("form[action='/account/language'] button");
    check(await h1(page) === "Mijn account", `it says: ${await h1(page)}`);
    await page.context().close();
  });
  test("list page by keyboard: search a resident, save and rename a filter", async () => {
    const page = await open(base());
    await page.keyboard.press("/");
    await page.keyboard.type(ids.name);
    await page.keyboard.press("Enter");
    await page.waitForURL(/search/);
    await reach(page, "main a[href^='/requests/']:not([href='/requests/new'])");
    await page.keyboard.press("Enter");
    await page.waitForURL(/requests\/\d+/);
    check(await h1(page) === ids.name, `it shows: ${await h1(page)}`);
    await page.goto("/waiting?urgency=2&order=heard");
    await reach(page, ".peil-save > summary");
    await page.keyboard.press("Enter");
    await reach(page, "#filter-name");
    await page.keyboard.type("Lang stil");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=filter/);
    await reach(page, "a[href='/filters']");
    await page.keyboard.press("Enter");
    await page.waitForURL(/filters/);
    await reach(page, "main a.nl-button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/filters\/\d+/);
    await reach(page, "#name");
    await page.keyboard.press("End");
    await page.keyboard.type(" gehoord");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(/done=filter/);
    check(/Lang stil gehoord/.test(await page.locator("main").innerText()), "the filter kept its old name");
    await page.context().close();
  });
}
