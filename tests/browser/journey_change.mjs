// SPDX-License-Identifier: EUPL-1.2
// A team lead writes down that colleagues fell ill, after a slip of the pen, sees it with what to expect, and takes it
// back. A long word in the note does not make the page wider.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

export function changeJourney(base) {
  journey("a change that somebody knows of", base, async (v) => {
    const note = `Twee collega's zijn ziek, zie ${"lang".repeat(40)}`;
    await v.login("teamleider-oost");
    await v.go("/forecast/change");
    await v.see("Er is iets veranderd", "Schrijf geen namen");
    await v.choose("what", "starts");
    await v.fill("day", "1-1-2099");
    await v.fill("note", note);
    await v.press("Opslaan");
    await v.see("Vul in sinds welke dag", "Opslaan");
    check(await v.page.inputValue("[name=note]") === note, "the note that was typed is lost");
    await v.fill("day", "1-9-2026");
    await v.press("Opslaan");
    for (let i = 0; i < 60 && await v.page.locator("#changes").count() === 0; i++) { // made behind the readers
      await v.page.waitForTimeout(2000);
      await v.go("/forecast");
    }
    await v.see("Wat er is veranderd", note, "Sinds 1 sep 2026");
    await v.page.setViewportSize({ width: 390, height: 800 });
    const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `the page is ${wide} too wide`);
    await v.page.setViewportSize({ width: 1280, height: 900 });
    await v.press("Terugnemen");
    await v.see("Dit is teruggedraaid");
    await v.seeNot(note);
  }, 240000);
}
