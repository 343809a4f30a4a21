// SPDX-License-Identifier: EUPL-1.2
// A call round of twenty people: spoken, not reached, call back, no longer needed, more urgent, put off; three
// tries and a letter; and the page for who takes over.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const number = async (v) => Number((await v.text()).match(/(\d+) inwoners? moe/)[1]);

export function callRoundJourney(base) {
  journey("call round of twenty", base, async (v) => {
    await v.login("aanmeldteam");
    await v.go("/calls");
    await v.see("Deze belronde kost ongeveer", "moeten gebeld worden");
    const before = await number(v);
    check(before >= 25, `only ${before} people must be called`);
    await v.press("Begin met bellen");
    const called = [];
    let spoken = 0;
    for (let i = 0; i < 20; i++) {
      await v.see("Dit kunt u zeggen", "Belt het nu goed uit?", "Niets gehoord");
      const id = v.id();
      check(!called.includes(id), `resident ${id} came twice`);
      called.push(id);
      const outcome = ["reached", "missed", "reached", "back", "reached", "not_needed", "reached", "more_urgent", "reached", "skip"][i % 10];
      if (outcome === "skip") {
        await v.press("Overslaan: later terugkomen");
        await v.see("komt later in deze belronde terug");
        continue;
      }
      await v.choose("result", outcome);
      await v.fill("note", `Gebeld, nummer ${i}.`);
      if (outcome === "back") {
        await v.press("Opslaan en volgende");
        await v.see("Vul in wanneer u terugbelt.");
        check(await v.page.inputValue("main [name=note]") === `Gebeld, nummer ${i}.`, "the note is gone");
        const later = new Date(Date.now() + 3 * 86400e3);
        await v.fill("back_at", `${later.getDate()}-${later.getMonth() + 1}-${later.getFullYear()} 10:30`);
      }
      await v.press("Opslaan en volgende");
      spoken += ["reached", "more_urgent"].includes(outcome);
      if (outcome === "not_needed") {
        await v.see("U haalt iemand van de wachtlijst. Kies een reden. Deze reden komt in het verslag.");
        await v.press("Van de lijst halen");
        await v.see("Er klopt nog iets niet"); // never without a reason
        await v.choose("reason", "solved");
        await v.press("Van de lijst halen");
        await v.press("Begin met bellen");
      }
      if (outcome === "more_urgent") {
        await v.choose("danger", "no");
        await v.choose("children", "no");
        const now = (await v.text()).match(/Nu: (\S+)/)[1];
        await v.choose("urgency", now === "Dringend" ? "2" : "3");
        await v.choose("change", now === "Dringend" ? "better" : "worse");
        await v.fill("why", "Het gaat hard achteruit.");
        await v.press("Opslaan");
        await v.see("De urgentie is opgeslagen.");
        await v.press("Begin met bellen");
      }
    }
    await v.go("/calls");
    check(await number(v) <= before - spoken, "who was spoken to is still in the round");
    await v.see(/Vandaag gesproken: \d+/, /Vandaag niet bereikt: \d+/);

    // who takes over sees who is left, who was put off, and what was promised
    await v.press("Belronde overdragen");
    await v.see("Belronde overdragen", "nog te bellen");
    for (let page = 2; !(await v.text()).includes("overgeslagen") && page < 9; page++) await v.go(`/calls/shift?page=${page}`);
    await v.see("overgeslagen");

    // a call can be registered at any time, also outside the round and twice a day
    await v.go(`/calls/${called[1]}`);
    await v.choose("result", "missed");
    await v.press("Opslaan en volgende");
    await v.go(`/calls/${called[1]}`);
    await v.choose("result", "missed");
    await v.press("Opslaan en volgende");
    await v.go(`/calls/${called[1]}`);
    await v.see("Drie keer niet bereikt. Stuur een brief. De inwoner blijft op de wachtlijst.");
    await v.press("De brief is verstuurd");
    await v.see("De brief is genoteerd. De inwoner blijft op de wachtlijst.");
    await v.go(`/requests/${called[1]}`);
    await v.see("Brief omdat wij de inwoner niet bereikten");
    await v.press("Van de wachtlijst halen"); // not reached is no reason for intake to take anyone off
    await v.choose("reason", "unreachable");
    await v.press("Van de lijst halen");
    check(/teamleider|Er klopt nog iets niet|niet/.test(await v.text()), "intake took someone off as unreachable");
    await v.go(`/requests/${called[1]}`);
    await v.see("Van de wachtlijst halen");
  });
}
