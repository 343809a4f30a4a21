// SPDX-License-Identifier: EUPL-1.2
// Calls of the telephone exchange as a file: tried, seen what is wrong, imported, found on the phone page.
import { check, isoDay } from "./lib.mjs";
import { journey } from "./journey.mjs";

const day = (days) => new Date(Date.now() + days * 86400e3).toLocaleDateString("nl-NL").replace(/\b\d\b/g, "0$&");

export function importJourney(base) {
  journey("calls of the exchange from a file", base, async (v) => {
    const hour = v.keyboard ? "09" : "11";
    const lines = `nummer;binnengekomen;opgenomen\n${v.mode}-1;${day(-1)} ${hour}:03:00;${day(-1)} ${hour}:03:20\n` +
      `${v.mode}-2;${day(-1)} ${hour}:04:00;\n${v.mode}-3;32-01-2024 09:00:00;\n`;
    await v.login("aanmeldteam");
    await v.go("/phone");
    await v.press("Gesprekken van de telefooncentrale inlezen");
    await v.press("Eerst proberen");
    await v.see("Kies een bestand.");
    await v.file("file", "kleuren.csv", "kleur;maat\nrood;3\n");
    await v.press("Eerst proberen");
    await v.see("zijn hier niet bekend");
    await v.file("file", "gesprekken.csv", lines);
    await v.choose("mapping", "phone");
    const said = [];
    if (v.keyboard) { // with script the form says that it is busy, and a second press does nothing
      await v.page.exposeFunction("heard", (text) => said.push(text));
      await v.page.evaluate(() => {
        const out = document.querySelector("form [data-busy-text]"), form = out.closest("form");
        form.addEventListener("submit", () => setTimeout(() => {
          let again;
          form.addEventListener("submit", (event) => { again = event; }, { once: true });
          form.requestSubmit();
          window.heard(`${out.textContent} refused: ${again.defaultPrevented}`);
        }), { once: true });
      });
    }
    await v.press("Eerst proberen");
    if (v.keyboard) check(/Wij lezen het bestand.* refused: true$/.test(said.join()), `the form said: ${said}`);
    await v.see("gesprekken.csv is geprobeerd: er is nog niets bewaard.", "Nieuwe oproepen: 2", "Regel 4, kolom binnengekomen");
    await v.press("Lees gesprekken.csv in");
    await v.see("Het bestand is ingelezen.", "gesprekken.csv");
    check(await v.page.locator("main a[href$='/rejects']").count() === 1, "the rejected lines cannot be fetched");
    await v.go(`/phone?day=${isoDay(new Date(Date.now() - 86400e3))}`);
    await v.see(`${hour}:00-${hour}:30`);
  });
  journey("a hand-over list from a file", base, async (v) => {
    await v.login("teamleider-oost");
    await v.go("/transfers/new");
    for (const [name, value] of [["name", `Uit een bestand ${v.mode}`], ["from", "De Zijde"], ["to", "Sociale Teams Helmond"]])
      await v.fill(name, value);
    await v.fill("starts", day(-1));
    await v.fill("due", day(30));
    await v.press("Opslaan");
    await v.file("file", "lijst.csv", `nummer;naam;gevraagd\nB-1;Fr\u00e9 Bestand;${day(-20)}\n`);
    await v.press("Eerst proberen");
    await v.see("1 inwoner zou erbij komen");
    check(/Fr\u00e9 Bestand/.test(await v.page.inputValue("main [name=csv]")), "the lines of the file are not there to be kept");
    await v.press("Op de lijst zetten");
    await v.see("1 inwoner is toegevoegd");
  });
}
