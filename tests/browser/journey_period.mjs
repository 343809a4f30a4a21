// SPDX-License-Identifier: EUPL-1.2
// Telling the expected period: in a call of the round, with how often such periods are right; who was told one that
// will be missed is on "tell before the date", and is not any more after hearing the new one.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export function periodJourney(base) {
  journey("telling the period", base, async (v) => {
    await v.login("aanmeldteam");
    await v.go("/waiting");
    for (let i = 0; i < 90 && !/klopt bij \d van de 10/.test(await v.text()); i++) { // made behind the readers
      await wait(2000);
      await v.go("/waiting");
    }
    await v.see("Verwachte periode", /klopt bij \d van de 10/);

    // somebody in the round who can be told a period
    await v.go("/calls");
    await v.press("Begin met bellen");
    for (let i = 0; i < 40 && await v.page.locator("main [name=told]").count() === 0; i++) await v.press("Overslaan: later terugkomen");
    await v.see("U bent waarschijnlijk aan de beurt tussen", /Zo'n periode klopt bij \d van de 10 mensen/);
    const called = v.id();
    await v.choose("result", "reached");
    await v.choose("told", "yes");
    await v.press("Opslaan en volgende");
    await v.go(`/requests/${called}`);
    await v.see("Verwachte periode verteld", "Telefonisch", "Het laatst verteld");
    await v.go(`/requests/${called}/period`);
    await v.see("Elke periode die is verteld", "geldt", "Ja, het is duidelijk");

    // who will be missed hears it before the date
    await v.go("/waiting/tell");
    await v.see("Vertel het vóór de datum", "wordt niet gehaald");
    const links = await v.page.$$eval("main table a[href$='/period']", (all) => all.map((a) => a.getAttribute("href")));
    let told;
    for (const path of links.slice(0, 25)) {
      await v.go(path);
      if (await v.page.locator("main [name=channel]").count() > 0) { told = path; break; }
    }
    check(told, "nobody on the list can be told a new period");
    await v.choose("channel", "call");
    await v.choose("understood", "yes");
    await v.press("Vastleggen dat het is verteld");
    await v.see("Vastgelegd: de periode is verteld.");
    await v.go("/waiting/tell");
    check(await v.page.locator(`main table a[href="${told}"]`).count() === 0, "who was told the new period is still listed");

    // anyone may see how often periods are right
    await v.go("/calibration");
    await v.see("Hoe vaak kloppen onze periodes?", "Vergeleken met simpeler manieren");
  });
}
