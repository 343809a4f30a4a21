// SPDX-License-Identifier: EUPL-1.2
// A case to its end: help is started, and the request is closed. Wide with the keyboard alone and without script, and
// narrow with the keyboard alone.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

// Cases of this worker that can be closed, each taken once: another worker than of whom the pages are looked at.
const taken = new Set();
async function nextCase(v) {
  await v.go("/caseload");
  const links = await v.page.locator("main a[href^='/requests/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const link of links.filter((link) => /^\/requests\/\d+$/.test(link) && !taken.has(link))) {
    await v.go(link);
    if (await v.page.locator("main a[href$='/close']").count() === 0) continue;
    taken.add(link);
    return link;
  }
  throw new Error("the worker has no case to close");
}

async function toTheEnd(v) {
  await v.login("medewerker-oost");
  await nextCase(v);
  await v.press("Hulp starten");
  await v.press("Opslaan"); // nothing is filled in
  await v.see("Er klopt nog iets niet");
  await v.choose("kind", "informal");
  await v.fill("provider", "Buurvrouw Van de Wetering-Oosterhuis");
  await v.press("Opslaan");
  await v.see("Buurvrouw Van de Wetering-Oosterhuis");
  await v.press("Afsluiten");
  await v.choose("reason", "helped");
  await v.press("Afsluiten");
  await v.see("Er klopt nog iets niet");
  check(await v.page.locator("main [name=reason]").inputValue() === "helped", "what was chosen is lost");
  await v.choose("where_to", "alone");
  await v.choose("alone", "yes");
  await v.choose("experience", "good");
  await v.tick("end_lines");
  await v.tick("unreviewed");
  await v.fill("note", "Belt zelf als het weer misgaat.");
  await v.press("Afsluiten");
  await v.see("Afgesloten");
  check(await v.page.locator("main a[href$='/close']").count() === 0, "it can be closed twice");
  const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(wide <= 0, `the page is ${wide} pixels too wide`);
}

export function caseJourney(base) {
  journey("help started and a request closed", base, toTheEnd);
  journey("help started and a request closed on a narrow screen", base, async (v) => {
    await v.page.setViewportSize({ width: 390, height: 844 });
    await toTheEnd(v);
  });
}
