// SPDX-License-Identifier: EUPL-1.2
/* The texts themselves. English here, Dutch in po/nl.po; both are what a resident reads. */
#include "base/text.h"
#include "register/letter.h"

const struct letter_kind letter_kinds[LETTERS] = {
    [LETTER_RECEIVED] = { "received", N_("Letter: we have your question"), WAY_LETTER,
                          N_("Dear {name},\n\n"
                             "We received your question on {asked}. Your number is {number}.\n\n"
                             "**What happens now?** We call you on {call_before} at the latest. Then we tell "
                             "you when it is your "
                             "turn.\n\n"
                             "**Free help from someone else.** A client supporter can think with you. This "
                             "person is "
                             "independent and free. Call {supporter_phone}.\n\n"
                             "**Your own plan.** You may write down yourself which help you need. Send it to "
                             "us before "
                             "{plan_before}.\n\n"
                             "**Is it getting worse?** Do not wait then. Call us on {phone}. Are you in "
                             "danger now? Call 112."),
                          NULL },
    [LETTER_RECEIVED_TEXT] = { "received-text", N_("Text message: we have your question"), WAY_TEXT,
                               N_("We received your message on {asked}. We call you on {call_before} at the "
                                  "latest. "
                                  "Questions? Call {phone}."),
                               NULL },
    [LETTER_ON_LIST] = { "on-list", N_("Letter: you are on the waiting list"), WAY_LETTER,
                         N_("Dear {name},\n\n"
                            "You are on the waiting list. We expect that it is your turn between {begin} and "
                            "{end}.\n\n"
                            "**How sure is this?** It is right for {tenths} out of 10 people. Sometimes it "
                            "goes "
                            "faster, sometimes it "
                            "takes longer. Emergencies always go first.\n\n"
                            "**You hear from us.** We call you every 14 days. The next time is on "
                            "{call_before} at the latest. "
                            "Does the period change? Then we tell you at once.\n\n"
                            "**What can you do now?** {bridging} You may do this, but you do not have to. "
                            "You stay on the "
                            "waiting list.\n\n"
                            "**Is it getting worse?** Call us on {phone}. Are you in danger now? Call "
                            "112.\n\n"
                            "We are sorry that you have to wait."),
                         N_("Dear {name},\n\n"
                            "You are on the waiting list. We cannot say yet when it is your turn.\n\n"
                            "**You hear from us.** We call you every 14 days. The next time is on "
                            "{call_before} at the latest. Can we say when it is your turn? Then we tell you "
                            "at once. Emergencies always go first.\n\n"
                            "**What can you do now?** {bridging} You may do this, but you do not have to. "
                            "You stay on the waiting list.\n\n"
                            "**Is it getting worse?** Call us on {phone}. Are you in danger now? Call "
                            "112.\n\n"
                            "We are sorry that you have to wait.") },
    [LETTER_WINDOW_TEXT] = { "window-text", N_("Text message: expected period"), WAY_TEXT,
                             N_("It is probably your turn between {begin} and {end}. That is right for "
                                "{tenths} out of 10 people. We call you on {call_before} at the latest. "
                                "Questions? Call {phone}."),
                             N_("You are on the waiting list. We cannot say yet when it is your turn. We "
                                "call "
                                "you on {call_before} at the latest. Questions? Call {phone}.") },
    [LETTER_CALL_SCRIPT] = { "call-script", N_("Script for a call"), WAY_CALL,
                             N_("Good morning, this is {worker}. Can you talk now? I call because you are "
                                "waiting for a talk. How "
                                "are you doing? Has anything changed? Are you safe at home? Do you still "
                                "want help? It is "
                                "probably your turn between {begin} and {end}. That is right for {tenths} "
                                "out "
                                "of 10 people. Is that clear? Do you know that a client "
                                "supporter can help you for free? I call again within 14 days, on "
                                "{call_before}."),
                             N_("Good morning, this is {worker}. Can you talk now? I call because you are "
                                "waiting for a talk. How are you doing? Has anything changed? Are you safe "
                                "at "
                                "home? Do you still want help? We cannot say yet when it is your turn. Do "
                                "you "
                                "know that a client supporter can help you for free? I call again within 14 "
                                "days, on {call_before}.") },
    [LETTER_MISSED_TEXT] = { "missed-text", N_("Text message: we could not reach you"), WAY_TEXT,
                             N_("We called you today. We try again on {call_before}. You can also call us: "
                                "{phone}."),
                             NULL },
    [LETTER_WINDOW_CHANGED] = { "window-changed", N_("Letter: the period changes"), WAY_LETTER,
                                N_("Dear {name},\n\n"
                                   "We told you that it would be your turn between {old_begin} and "
                                   "{old_end}. That is not going "
                                   "to work. The new period is {begin} to {end}. That is right for {tenths} "
                                   "out of 10 people. The reason is: {reason}. We are sorry.\n\n"
                                   "**Can you not wait that long?** Call us on {phone}. Then we look again "
                                   "how urgent it is."),
                                N_("Dear {name},\n\n"
                                   "We told you when it would be your turn. That is not going to work. We "
                                   "cannot say now when it is your turn. The reason is: {reason}. We are "
                                   "sorry.\n\n"
                                   "**Can you not wait that long?** Call us on {phone}. Then we look again "
                                   "how urgent it is.") },
    [LETTER_TURN] = { "turn", N_("Letter: it is your turn"), WAY_LETTER,
                      N_("Dear {name},\n\n"
                         "Good news: it is your turn. {worker} comes to you on {moment}. Does that not suit "
                         "you? Call {phone}."),
                      NULL },
    [LETTER_SIX_WEEKS] = { "six-weeks", N_("Letter: six weeks have passed"), WAY_LETTER,
                           N_("Dear {name},\n\n"
                              "You asked us for help on {asked}. We had to look into your question within "
                              "six weeks. We did not "
                              "manage that. We are sorry.\n\n"
                              "**What may you do now?** You may apply yourself now. You do not have to wait "
                              "for us. Use the form "
                              "that comes with this letter. The municipality must then decide within two "
                              "weeks.\n\n"
                              "**Do you need help with the form?** Call {phone}."),
                           NULL },
    [LETTER_TOO_LATE] = { "too-late", N_("Letter: we were too late"), WAY_LETTER,
                          N_("Dear {name},\n\n"
                             "We thought that it would be your turn before {end}. That did not work out. "
                             "This is our fault. "
                             "{lead} calls you on {call_before} at the latest."),
                          NULL },
    [LETTER_HANDED_OVER] = { "handed-over", N_("Letter: someone else helps you now"), WAY_LETTER,
                             N_("Dear {name},\n\n"
                                "You get help from {organisation} now. {organisation} helps you from "
                                "{begin}. Together with you "
                                "we talk about what is needed. Your help does not stop. Your new contact "
                                "person is {worker}."),
                             NULL },
    [LETTER_COMPLAINT_RECEIVED] = { "complaint-received", N_("Letter: we have your complaint"), WAY_LETTER,
                                    N_("Dear {name},\n\n"
                                       "We received your complaint on {asked}. {worker} deals with your "
                                       "complaint. This person had "
                                       "nothing to do with it. You may tell your story. You get an answer on "
                                       "{end} at the "
                                       "latest."),
                                    NULL },
    [LETTER_COMPLAINT_CLOSED] = { "complaint-closed", N_("Letter: answer to your complaint"), WAY_LETTER,
                                  N_("Dear {name},\n\n"
                                     "This is what we think of your complaint: {judgement}. This is what we "
                                     "do about it: "
                                     "{measure}.\n\n"
                                     "**Do you not agree with our answer?** Then you can go to the "
                                     "ombudsman. You can do that until "
                                     "{end}."),
                                  NULL },
    [LETTER_COMPLAINT_CHANGED] = { "complaint-changed", N_("Letter: what changed after your complaint"),
                                   WAY_LETTER,
                                   N_("Dear {name},\n\n"
                                      "More people complained about this. That is why we changed this: "
                                      "{measure}."),
                                   NULL },
    [LETTER_OPINION_TEXT] = { "opinion-text", N_("Text message: what do you think?"), WAY_TEXT,
                              N_("We would like to know how it went. Three questions, two minutes: {link}. "
                                 "You take part without "
                                 "your name."),
                              NULL },
    [LETTER_CLOSED] = { "closed", N_("Letter: we close your request"), WAY_LETTER,
                        N_("Dear {name},\n\n"
                           "We agreed together that you can go on without us. We call you on {call_before} "
                           "to hear how you are. "
                           "Are you not doing well before then? Call {phone}. You do not have to tell "
                           "everything again."),
                        NULL },
};

bool letter_find(const char *code, enum letter *ret_letter)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (text_is(letter_kinds[i].code, code)) {
            *ret_letter = (enum letter)i;
            return true;
        }
    return false;
}
