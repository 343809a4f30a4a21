// SPDX-License-Identifier: EUPL-1.2
// A hand-over list from nothing to zero: lines out of a spreadsheet, three agreements, letters, outcomes.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

const day = (days) => new Date(Date.now() + days * 86400e3).toLocaleDateString("nl-NL");

async function member(v, name) {
  await v.press(name);
  return v.path();
}

export function transitionJourney(base) {
  journey("transition list to zero", base, async (v) => {
    const list = `De Zijde ${v.mode}`;
    await v.login("teamleider-oost");
    await v.go("/transfers");
    await v.press("Nieuwe lijst");
    await v.fill("name", list);
    await v.fill("from", "De Zijde");
    await v.fill("to", "Sociale Teams Helmond");
    await v.fill("starts", day(-40));
    await v.fill("due", day(-41));
    await v.press("Opslaan");
    await v.see("Er klopt nog iets niet");
    check(await v.page.inputValue("main [name=from]") === "De Zijde", "what was typed is gone");
    await v.fill("due", day(-1)); // the day has passed already: who is left is late
    await v.press("Opslaan");

    await v.fill("csv", `nummer;naam;gevraagd\nA-1;Trees Proefpersoon;${day(-90)}\nA-2;Kees Oefening;${day(-80)}\nA-3;Fout;31-2-2024`);
    await v.press("Eerst proberen");
    await v.see("er is niets bewaard", "2 inwoners zouden erbij komen", "Regel 4");
    check(/Trees Proefpersoon/.test(await v.page.inputValue("main [name=csv]")), "the lines are gone after the try");
    await v.press("Op de lijst zetten");
    await v.see("2 inwoners zijn toegevoegd");
    await v.press(`Terug naar ${list}`);
    await v.see("2 van 2 inwoners hebben geen uitkomst", "Trees Proefpersoon", "Kees Oefening", "Te laat");

    const path = await member(v, "Trees Proefpersoon");
    await v.choose("outcome", "transferred");
    await v.fill("outcome_on", day(-2));
    await v.press("Opslaan");
    await v.see("Vul eerst de drie dagen in"); // on paper is not handed over
    for (const name of ["agreed_resident", "agreed_provider", "agreed_team"]) await v.fill(name, day(-10));
    await v.fill("informed", day(-12));
    await v.choose("kept", "yes");
    await v.press("Opslaan");
    await v.see("Overgedragen", "Uitkomst vastgelegd");
    await v.press("Aanmelding maken");
    await v.see("Trees Proefpersoon");
    await v.go(path);
    await v.see("Open de aanmelding");

    await v.press(`Terug naar ${list}`);
    await member(v, "Kees Oefening");
    await v.choose("exception", "treatment");
    await v.fill("exception_until", day(60));
    await v.press("Opslaan");
    await v.press(`Terug naar ${list}`);
    await v.see("1 van 2 inwoners", "0 daarvan zijn geen uitzondering", "Uitzondering");
    await member(v, "Kees Oefening");
    await v.choose("exception", "");
    await v.fill("exception_until", "");
    await v.choose("outcome", "ended");
    await v.fill("outcome_on", day(0));
    await v.choose("not_informed", "in_person");
    await v.press("Opslaan");
    await v.press(`Terug naar ${list}`);
    await v.see("Iedereen op deze lijst heeft een uitkomst");

    await v.login("kwaliteit");
    check(await v.status("/transfers") === 403, "quality sees the names of a hand-over list");
  });
}
