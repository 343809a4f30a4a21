// SPDX-License-Identifier: EUPL-1.2
// A partner refers a resident with consent, sees how it stands, and sees nothing any more once consent is withdrawn.
import { check } from "./lib.mjs";
import { journey } from "./journey.mjs";

export function referralJourney(base) {
  let round = 0;
  journey("referral with consent withdrawn", base, async (v) => {
    const name = `Mirjam Verwezen ${++round}${Date.now() % 100000}`;
    await v.login("partner");
    await v.go("/referrals");
    await v.see("LEVgroep");
    await v.press("Inwoner verwijzen");
    await v.fill("name", name);
    await v.fill("question", "Schulden, en de oudste gaat niet meer naar school.");
    await v.tick("multi_problem");
    await v.tick("stays");
    await v.press("Verwijzing versturen");
    await v.see("Er klopt nog iets niet"); // consent must be said
    check(await v.page.inputValue("main [name=name]") === name, "the name is gone");
    check(await v.page.isChecked("main [name=stays]"), "what was ticked is gone");
    await v.choose("given", "yes");
    await v.choose("given_by", "resident");
    await v.choose("how", "spoken");
    await v.press("Verwijzing versturen");
    await v.see("De verwijzing is verstuurd", name, "Ontvangen");
    await v.press(name);
    await v.see("Ontvangen", "Nog niet");
    const own = v.path();
    const id = v.id();
    check(!decodeURIComponent(v.page.url()).includes("Mirjam"), "the name is in the address");

    await v.login("aanmeldteam"); // arrives at intake, with the referrer
    await v.go(`/referrals/inbox/${id}`);
    await v.see(name, "LEVgroep", "Blijft bij de partner tot wij beginnen");
    await v.choose("answer", "on_list");
    await v.press("Opslaan", `main form[action="/referrals/inbox/${id}/answer"]`);
    await v.see("Opgeslagen.", "De inwoner staat op onze wachtlijst");
    await v.login("partner");
    await v.go(own);
    await v.see("De inwoner staat op onze wachtlijst");

    await v.login("aanmeldteam"); // the resident calls: no longer
    await v.go(`/referrals/inbox/${id}`);
    await v.press("Toestemming van de inwoner", "main details");
    await v.choose("given", "no");
    await v.choose("given_by", "resident");
    await v.choose("how", "phone");
    await v.press("Opslaan", `main form[action="/referrals/inbox/${id}/consent"]`);
    await v.see("Nee: vertel de partner niets");

    await v.login("partner"); // at once: not in the list, the search, the page, a file
    await v.go("/referrals");
    await v.seeNot(name);
    await v.fill("q", "Mirjam Verwezen");
    await v.press("Zoek");
    await v.seeNot(name);
    check(await v.status(own) === 404, "the page of the referral is still there");
    check(await v.status("/referrals?format=csv") === 403, "a partner takes a list out");
    check(await v.status(`/referrals/inbox/${id}`) === 403, "a partner opened our side");
  });
}
