// SPDX-License-Identifier: EUPL-1.2
// A consultation hour at a school: promised, five questions without a name and two that become requests, finished; and
// what the sums and the signal say afterwards.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const today = new Date();
const weekday = ((today.getDay() + 6) % 7) + 1;
const day = today.toLocaleDateString("nl-NL");
const questions = async (v) => Number((await v.text()).match(/(\d+) vra(?:ag|gen) in dit spreekuur/)[1]);

export function schoolJourney(base) {
  let round = 0;
  journey("consultation hour at a school", base, async (v) => {
    const name = `Proefschool ${++round} ${Date.now() % 100000}`;
    await v.login("teamleider-oost");
    await v.go("/places/new");
    await v.fill("name", name);
    await v.choose("kind", "school");
    await v.press("Opslaan");
    await v.see("Er klopt nog iets niet"); // the neighbourhood is missing; nothing typed is lost
    check(await v.page.inputValue("main [name=name]") === name, "the name is gone");
    await v.choose("neighbourhood", await v.page.locator("main [name=neighbourhood] option", { hasText: "Rijpelberg" }).getAttribute("value"));
    await v.press("Opslaan");
    await v.see(name, "Nog niet open");
    const place = v.path();
    await v.press("De plek is open");
    await v.press("Opslaan", `main form[action="${place}/open"]`);
    await v.see("Opgeslagen.", "Open");
    if (weekday <= 5) { // promised every week from today on
      await v.press("Beloof een spreekuur");
      await v.choose("weekday", String(weekday));
      await v.fill("starts", "00:00");
      await v.fill("ends", "01:30");
      await v.press("Beloven");
      await v.see("Opgeslagen.", "00:00 - 01:30");
    }

    // the worker of that day, with a telephone in one hand
    await v.login("medewerker-oost");
    await v.page.setViewportSize({ width: 390, height: 800 });
    await v.go("/presence/new");
    await v.choose("place", await v.page.locator("main [name=place] option", { hasText: name }).getAttribute("value"));
    await v.fill("day", day);
    await v.fill("starts", "13:30");
    await v.fill("ends", "15:00");
    await v.press("Opslaan");
    const session = v.path();
    await v.press("Vraag turven");
    const begin = Date.now();
    for (const button of ["Meteen opgelost", "Meteen opgelost", "Meteen opgelost", "Paste niet", "Paste niet"])
      await v.press(button);
    const each = (Date.now() - begin) / 5000;
    check(each < 20, `a question took ${each} s`);
    check(await questions(v) === 5, `it counts ${await questions(v)} questions`);
    await v.press("Paste niet"); // one too many
    await v.press("Laatste terugnemen");
    check(await questions(v) === 5, "the last one was not taken back");
    for (const [i, who] of ["Annelies Schoolplein", "Bertus Schoolplein"].entries()) {
      await v.press("Wordt een aanmelding");
      await v.fill("name", `${who} ${name}`);
      await v.press("Zet op de wachtlijst");
      await v.see("Er klopt nog iets niet");
      await v.fill("question", "Mijn kind slaapt slecht en ik kom er niet uit.");
      await v.choose("danger", "no");
      await v.choose("urgency", "2");
      await v.press("Zet op de wachtlijst");
      if (await v.page.locator("main [name=other]").count() > 0) {
        await v.tick("other");
        await v.press("Zet op de wachtlijst");
      }
      check(await questions(v) === 6 + i, "the request is not counted");
    }
    await v.press("Spreekuur afronden");
    await v.fill("visitors", "8");
    await v.page.locator("main [name=worker]").first().waitFor();
    if (await v.page.locator("main [name=worker]:checked").count() === 0) await v.tick("worker");
    await v.press("Opslaan", `main form[action="${session}/hold"]`);
    await v.see("Opgeslagen.", "Gehouden", "8");
    check(await v.page.evaluate(() => document.documentElement.scrollWidth) <= 390, "the page is wider than a telephone");
    await v.go("/waiting?order=newest"); // asked on that day, by way of the outreach place
    await v.see(`Annelies Schoolplein ${name}`);

    // who looks at the sums sees hours and questions and no names; the session waits to be judged
    await v.login("accountmanager");
    await v.go("/presence/sums");
    await v.see(name);
    await v.seeNot("Schoolplein");
    await v.go(session);
    await v.seeNot("Schoolplein", "Het is gehouden");
    check(await v.status(`${session}/tally`) === 403, "an account manager can tally");
    await v.login("kwaliteit");
    await v.go("/today");
    await v.see("Vragen die bleven liggen", name);
  });
}
