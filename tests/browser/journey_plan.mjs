// SPDX-License-Identifier: EUPL-1.2
// What if: a team lead asks with sliders what more staff does, keeps the plan and reads it later; the account manager counts
// what is needed, with the figures of the register and with other ones.
import { check, expected } from "./lib.mjs";
import { journey } from "./journey.mjs";

export function planJourney(base) {
  journey("what if and what is needed", base, async (v) => {
    v.page.setDefaultTimeout(240000); // plans take seconds, and minutes on a busy machine
    await v.login("team_lead");
    await expected(v.page);
    await v.see("Waar het van afhangt", "werkdagen");
    await v.press("Wat als?");
    await v.see("Uw plan voor");
    await v.slide("workers", 1);
    if (v.keyboard) check(await v.page.locator("#workers-value").textContent() === "+1 medewerker", "one worker is said as more");
    await v.slide("workers", 2);
    await v.slide("presence", -4);
    await v.tick("usual");
    if (v.keyboard) { // with script the result comes by itself, and the slider says its value
      check(await v.page.locator("#workers-value").textContent() === "+2 medewerkers", "the slider does not say its value");
      await v.page.locator("#plan-result table").waitFor({ timeout: 120000 });
      check(new URL(v.page.url()).searchParams.get("workers") === "2", "the plan does not stand in the address");
    }
    await v.press("Berekenen");
    await v.see("Zoals het nu gaat", "Eén medewerker meer", "Eén lijst voor de hele stad", "Over een half jaar wacht de helft");
    check(await v.page.locator("#workers").inputValue() === "2", "the slider does not stand where it was put");
    if (v.keyboard) { // very large text moves the table sideways in its own place, not the page
      const wide = await v.page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
        const w = document.documentElement.scrollWidth - window.innerWidth;
        document.documentElement.style.fontSize = "";
        return w;
      });
      check(wide <= 0, `with text at 200 % the page is ${wide} pixels too wide`);
    }
    const results = await v.text();
    check(!/\([-\u2212]\d/.test(results), "a difference has a sign that its words say already");
    await v.press("Dit plan bewaren"); // without a name: the usual plans stay
    await v.see("Geef het plan een naam", "Eén medewerker meer");
    const name = `Twee erbij, ${v.mode}`;
    await v.fill("name", name);
    await v.press("Dit plan bewaren");
    await v.see("Bewaarde plannen", name, "De helft begint binnen", "80 van de 100", "Het is te vroeg om terug te kijken",
      "Medewerkers: +2 medewerkers; Uren op vindplaatsen: \u22124 uur per week");
    check(await v.page.locator(".peil-kept h3", { hasText: name }).count() === 1, "the plan was kept twice");
    await v.press("Reken dit plan opnieuw uit");
    await v.see("Uw plan", "Over een half jaar wacht de helft");
    check(await v.page.locator("#workers").inputValue() === "2", "the kept plan is not filled in");
    await v.slide("arrivals", 10);
    await v.press("Berekenen");
    await v.fill("name", name); // of another plan
    await v.press("Dit plan bewaren");
    await v.see("Er is al een plan met deze naam");
    await v.go("/forecast");
    await v.press("Wat als?");
    await v.see(name);

    await v.login("accountmanager");
    await v.go("/forecast");
    await v.press("Wat is er nodig?");
    await v.see("Hoe vol het is", "Erlang C", "Erlang A", "Little 1961", "Whitt 2006");
    const now = await v.page.locator("#capacity-list").textContent();
    const hours = await v.page.locator("#hours").inputValue();
    await v.fill("hours", "1,5");
    await v.press("Berekenen");
    await v.see("Er komen meer mensen dan wij kunnen helpen", "nooit");
    check(await v.page.locator("#capacity-list").textContent() !== now, "another figure gives the same answer");
    await v.fill("calls", "veel");
    await v.press("Berekenen");
    await v.see("Vul een getal in van");
    check(await v.page.locator("#calls").inputValue() === "veel", "what was typed is lost");
    await v.press("Terug naar de cijfers uit het register");
    // Other journeys write in the same register meanwhile, so that its sums may have moved a little.
    check(await v.page.locator("#hours").inputValue() === hours && hours !== "1,5", "the figures of the register are not back");
  }, 900000);
}
