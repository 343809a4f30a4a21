// SPDX-License-Identifier: EUPL-1.2
// Figures as somebody uses them: from the front page to one figure, two periods that one chooses, two versions of a definition,
// the records behind it; and a baseline: sealed by one, signed by another, with an erratum beside it.
import { check, password } from "./lib.mjs";
import { journey } from "./journey.mjs";

const day = (back) => new Date(Date.now() - back * 86400e3).toLocaleDateString("nl-NL");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
// What is measured for the first time: with script the page looks again by itself.
async function ready(v) {
  const there = async () => /Gemeten op/.test(await v.text()) && await v.page.locator("[data-reload]").count() === 0;
  for (let i = 0; i < 150 && !await there().catch(() => false); i++) {
    await wait(700);
    if (!v.keyboard) await v.page.reload();
  }
  await v.page.waitForLoadState();
}
const go = async (v, path) => { v.page.setDefaultTimeout(60000); await v.go(path); await ready(v); };

// The cells of a table by its caption, row by row.
const rows = (v, caption) => v.page.locator("main table").filter({ has: v.page.locator("caption", { hasText: caption }) })
  .locator("tbody tr").evaluateAll((all) => all.map((tr) => [...tr.cells].map((td) => td.innerText.trim())));

export function measureJourneys(base) {
  journey("figures: two free periods next to each other", base, async (v) => {
    await v.login("bestuur");
    await go(v, "/indicators");
    await v.press("Wachttijd tot eerste gesprek");
    await ready(v);
    await v.see("Vergelijk twee periodes", "W1, versie 1");
    await v.fill("from", day(30)); // the last day lies before the first one: said at the field, and nothing typed is lost
    await v.fill("to", day(200));
    await v.fill("then_from", day(400));
    await v.fill("then_to", day(230));
    await v.press("Vergelijk", "#compare");
    await v.see("De laatste dag ligt voor de eerste.");
    check(await v.page.inputValue("#compare [name=then_to]") === day(230), "what was typed is gone");
    await v.fill("from", day(200));
    await v.fill("to", day(30));
    await v.press("Vergelijk", "#compare");
    await ready(v);
    const [first] = await rows(v, "Twee periodes naast elkaar");
    check(/\d dagen|\d dag|Nog niet bereikt/.test(first[1]) && Number(first[2].replace(".", "")) >= 10, `no first period: ${first}`);
    check(/\d dagen|\d dag/.test(first[3]) && Number(first[4].replace(".", "")) >= 10, `no second period: ${first}`);
    await v.see("Elke periode zoals die aan het eind bekend was");
  });

  journey("figures: two versions of a definition side by side", base, async (v) => {
    await v.login("kwaliteit");
    await go(v, "/indicators/T1");
    await v.see("Versies van de definitie naast elkaar", "Zo meten wij dit");
    const versions = await rows(v, "Versies van de definitie naast elkaar");
    check(versions.length === 2 && versions.map((r) => r[0]).sort().join() === "1,2", `no two versions: ${versions.map((r) => r[0])}`);
    for (const r of versions) check(/\d %/.test(r[4]) && /\d/.test(r[6]), `a version without value or n: ${r}`);
    check(versions.filter((r) => r[2] === "ja").length === 1, "not one version counts");
  });

  journey("figures: the records behind a figure", base, async (v) => {
    await v.login("aanmeldteam");
    await go(v, "/indicators/W1");
    await v.press("Wat er achter zit");
    await v.see("W1: wat er achter zit", "W1, versie 1", /n\s=\s\d/, "Telt als", "klaar");
    const number = await v.page.locator("main tbody a[href^='/requests/']").first().innerText();
    await v.press("Terug naar W1");
    check(v.path() === "/indicators/W1", `back leads to ${v.path()}`);
    await ready(v);
    await v.press("Wat er achter zit");
    await v.press(number);
    check(/^\/requests\/\d+$/.test(v.path()), `the record leads to ${v.path()}`);

    await v.login("kwaliteit"); // no names, so no requests; single answers with a month and no day
    await go(v, "/indicators/W1");
    await v.seeNot("Wat er achter zit");
    check(await v.status("/indicators/W1/records") === 403, "quality looks behind W1");
    await go(v, "/indicators/E4?period=12");
    await v.press("Wat er achter zit");
    await v.see("E4, versie 1", "antwoord");
    const days = await v.page.locator("main tbody td[data-label='Datum']").allInnerTexts();
    check(days.length > 20 && days.every((d) => d.trim() === "" || d.trim() === "–"), `an answer with a day: ${days[0]}`);

    await v.login("teamleider-oost"); // the own team's days, workers and groups
    await go(v, "/indicators/C2?period=1");
    await v.press("Wat er achter zit");
    await v.see("dag van een team", "Oost");
    await v.seeNot("Noord");
    await go(v, "/indicators/E4");
    await v.seeNot("Wat er achter zit");
  });

  journey("figures: a baseline sealed, signed and with an erratum", base, async (v) => {
    const name = `Nulmeting ${v.mode === "keyboard" ? "een" : "twee"}`;
    await v.login("kwaliteit");
    await v.go("/baselines");
    await v.press("Nulmeting vastleggen");
    await v.fill("name", name);
    await v.fill("at", day(10));
    await v.fill("from", day(375));
    await v.fill("to", day(10));
    await v.press("Leg vast"); // without the tick nothing is sealed
    await v.see("Er klopt nog iets niet", "Zet eerst een vinkje.");
    check(await v.page.inputValue("main [name=name]") === name, "what was typed is gone");
    await v.tick("sure");
    await v.press("Leg vast");
    await v.see(name, "Vastgelegd door", "geen byte veranderd");
    const at = v.path();
    await v.seeNot("Medeondertekenen");

    await v.login("bestuur");
    await v.go(at);
    await v.press("Medeondertekenen");
    await v.fill("password", "iets anders dan dat");
    await v.press("Onderteken");
    await v.see("Er klopt nog iets niet");
    await v.fill("password", password);
    await v.press("Onderteken");
    await v.see("de handtekening klopt");
    await v.seeNot("Medeondertekenen"); // once is enough

    await v.press("Erratum toevoegen");
    await v.fill("about", "Het aantal meldingen van Oost (I1)");
    await v.fill("was", "310");
    await v.fill("is", "312");
    await v.press("Zet het naast de nulmeting");
    await v.see("Er klopt nog iets niet"); // why?
    check(await v.page.inputValue("main [name=was]") === "310", "what was typed is gone");
    await v.fill("why", "Twee meldingen waren nog niet ingevoerd.");
    await v.press("Zet het naast de nulmeting");
    await v.go(at);
    await v.press("Handtekeningen en errata");
    await v.see("Twee meldingen waren nog niet ingevoerd.", "310", "312", "Medeondertekend");
    await v.press("Wat ontbreekt");
    await v.see("twee keer gevraagd", "meer dan een week later ingevoerd");
    await v.press("Normen en instellingen");
    await v.see("norm in werkdagen, gewoon");
    await v.go("/baselines");
    await v.see(name, "heel");
  });
}
