// SPDX-License-Identifier: EUPL-1.2
#include "web/route.h"

#include "web/absence.h"
#include "web/access.h"
#include "web/account.h"
#include "web/allocation.h"
#include "web/ave.h"
#include "web/baseline.h"
#include "web/batch.h"
#include "web/calibration.h"
#include "web/call_round.h"
#include "web/callback.h"
#include "web/capacity.h"
#include "web/caseload.h"
#include "web/closing.h"
#include "web/complaint.h"
#include "web/contact.h"
#include "web/contact_new.h"
#include "web/correction.h"
#include "web/decision.h"
#include "web/due.h"
#include "web/duplicate.h"
#include "web/evaluation.h"
#include "web/figures.h"
#include "web/forecast.h"
#include "web/group.h"
#include "web/health.h"
#include "web/help.h"
#include "web/help_line.h"
#include "web/household.h"
#include "web/import.h"
#include "web/incident.h"
#include "web/indicator.h"
#include "web/late_letter.h"
#include "web/law.h"
#include "web/list_flow.h"
#include "web/list_rule.h"
#include "web/login.h"
#include "web/message.h"
#include "web/network.h"
#include "web/partner.h"
#include "web/person.h"
#include "web/phone.h"
#include "web/place.h"
#include "web/plan.h"
#include "web/presence.h"
#include "web/referral.h"
#include "web/regie.h"
#include "web/request.h"
#include "web/request_new.h"
#include "web/safe_contact.h"
#include "web/saved_filter.h"
#include "web/search.h"
#include "web/setting.h"
#include "web/signal.h"
#include "web/talk.h"
#include "web/team_figures.h"
#include "web/today.h"
#include "web/transfer.h"
#include "web/triage.h"
#include "web/urgent.h"
#include "web/wait_step.h"
#include "web/waiting_list.h"
#include "web/what_if.h"
#include "web/window_tell.h"
#include "web/worker.h"

#include <string.h>

#define GET(path, handler, right, kind)                                                                      \
    {                                                                                                        \
        METHOD_GET, path, handler, RIGHT_##right, ROUTE_##kind, NULL, 0                                      \
    }
#define POST(path, handler, right, kind)                                                                     \
    {                                                                                                        \
        METHOD_POST, path, handler, RIGHT_##right, ROUTE_##kind, NULL, 0                                     \
    }

/* A page and what its form does: stem_get and stem_post, under the same right. */
#define PAGE_FORM(path, stem, right)                                                                         \
    GET(path, stem##_get, right, PAGE), POST(path, stem##_post, right, ACTION)

static const struct route routes[] = {
    GET("/", web_home_get, LOGGED_IN, PAGE),
    GET("/today", web_today_get, LOGGED_IN, PAGE),
    GET("/login", web_login_get, NONE, KEPT),
    POST("/login", web_login_post, NONE, SLOW),
    POST("/logout", web_logout_post, NONE, ACTION),
    GET("/waiting", web_waiting_list_get, WAITING_LIST, PAGE),
    GET("/account", web_account_get, LOGGED_IN, PAGE),
    POST("/account/language", web_account_language_post, LOGGED_IN, ACTION),
    POST("/account/password", web_account_password_post, LOGGED_IN, SLOW),
    GET("/filters", web_saved_filters_get, LOGGED_IN, PAGE),
    POST("/filters", web_saved_filter_add_post, LOGGED_IN, ACTION),
    GET("/filters/{id}", web_saved_filter_get, LOGGED_IN, PAGE),
    POST("/filters/{id}", web_saved_filter_change_post, LOGGED_IN, ACTION),
    GET("/filters/{id}/open", web_saved_filter_open_get, LOGGED_IN, PAGE),
    POST("/filters/{id}/remove", web_saved_filter_remove_post, LOGGED_IN, ACTION),
    PAGE_FORM("/search", web_search, SEARCH),
    POST("/waiting/listed", web_many_post, CALL, ACTION),
    GET("/waiting/rules", web_list_rules_get, WAITING_LIST, PAGE),
    GET("/waiting/flow", web_flow_get, WAITING_LIST, PAGE),
    GET("/forecast", web_forecast_get, FIGURES, PAGE),
    GET("/forecast/capacity", web_capacity_get, FIGURES, PAGE),
    GET("/forecast/what-if", web_what_if_get, FIGURES, SLOW),
    POST("/forecast/what-if", web_what_if_post, ALLOCATE, SLOW),
    GET("/forecast/change", web_forecast_change_get, ALLOCATE, PAGE),
    POST("/forecast/change", web_forecast_change_post, ALLOCATE, ACTION),
    POST("/forecast/change/{id}/undo", web_forecast_change_undo_post, ALLOCATE, ACTION),
    GET("/calibration", web_calibration_get, NONE, PAGE),
    GET("/waiting/tell", web_tell_get, WAITING_LIST, PAGE),
    PAGE_FORM("/requests/{id}/period", web_window, CALL),
    GET("/calls", web_calls_get, CALL, PAGE),
    POST("/calls/next", web_calls_next_post, CALL, ACTION),
    GET("/calls/shift", web_call_shift_get, CALL, PAGE),
    PAGE_FORM("/calls/{id}", web_call, CALL),
    POST("/calls/{id}/skip", web_call_skip_post, CALL, ACTION),
    POST("/calls/{id}/letter", web_call_letter_post, CALL, ACTION),
    POST("/waiting/pause", web_many_pause_post, EVENT, ACTION),
    POST("/waiting/bridge", web_many_bridge_post, EVENT, ACTION),
    POST("/waiting/listed/undo", web_call_list_undo_post, CALL, ACTION),
    GET("/contacts", web_contact_list_get, CONTACT, PAGE),
    POST("/contacts", web_contact_new_post, CONTACT, ACTION),
    GET("/contacts/new", web_contact_new_get, CONTACT, PAGE),
    PAGE_FORM("/contacts/tally", web_tally, CONTACT),
    GET("/contacts/{id}", web_contact_get, CONTACT, PAGE),
    POST("/contacts/{id}/questions", web_contact_settle_post, CONTACT, ACTION),
    POST("/contacts/{id}/withdraw", web_contact_withdraw_post, CONTACT, ACTION),
    PAGE_FORM("/phone", web_phone, CONTACT),
    GET("/import", web_import_get, IMPORT, PAGE),
    POST("/import", web_import_post, IMPORT, UPLOAD),
    GET("/import/{id}/rejects", web_import_rejects_get, IMPORT, FILE),
    PAGE_FORM("/requests/{id}/safe", web_safe, CONTACT),
    GET("/messages", web_not_informed_get, MESSAGE, PAGE),
    PAGE_FORM("/requests/{id}/messages", web_message, MESSAGE),
    PAGE_FORM("/requests/{id}/letters/{word}", web_letter, MESSAGE),
    GET("/callbacks", web_callback_list_get, CONTACT, PAGE),
    POST("/callbacks", web_callback_new_post, CONTACT, ACTION),
    GET("/callbacks/new", web_callback_new_get, CONTACT, PAGE),
    GET("/callbacks/{id}", web_callback_get, CONTACT, PAGE),
    POST("/callbacks/{id}/attempts", web_callback_try_post, CONTACT, ACTION),
    POST("/callbacks/{id}/owner", web_callback_give_post, CONTACT, ACTION),
    GET("/requests/new", web_request_new_get, REGISTER, PAGE),
    POST("/requests", web_request_new_post, REGISTER, ACTION),
    GET("/requests/{id}", web_request_get, REQUEST, PAGE),
    POST("/requests/{id}/calls", web_request_call_post, CALL, ACTION),
    GET("/requests/{id}/law", web_law_get, REQUEST, PAGE),
    GET("/requests/{id}/law/letter", web_late_letter_get, WMO, PAGE),
    GET("/requests/{id}/law/{word}", web_law_step_get, REQUEST, PAGE),
    POST("/requests/{id}/law/undone", web_law_undo_post, REQUEST, ACTION),
    POST("/requests/{id}/law/{word}", web_law_step_post, REQUEST, ACTION),
    PAGE_FORM("/requests/{id}/triage", web_triage, TRIAGE),
    PAGE_FORM("/requests/{id}/pause", web_pause, EVENT),
    POST("/requests/{id}/resume", web_resume_post, EVENT, ACTION),
    PAGE_FORM("/requests/{id}/bridge", web_bridge, EVENT),
    PAGE_FORM("/requests/{id}/leave", web_exit, EVENT),
    PAGE_FORM("/requests/{id}/protect", web_protect, TRIAGE),
    GET("/urgent", web_urgent_get, WAITING_LIST, PAGE),
    GET("/urgent/alarm", web_urgent_alarm_get, LOGGED_IN, PAGE),
    POST("/requests/{id}/events", web_request_event_post, EVENT, ACTION),
    GET("/complaints", web_complaints_get, COMPLAINT_LIST, PAGE),
    GET("/complaints/committee", web_committee_get, COMPLAINT_LIST, PAGE),
    GET("/complaints/new", web_complaint_new_get, COMPLAINT_ENTER, PAGE),
    POST("/complaints", web_complaint_new_post, COMPLAINT_ENTER, ACTION),
    GET("/complaints/{id}", web_complaint_get, COMPLAINT_LIST, PAGE),
    POST("/complaints/{id}", web_complaint_post, COMPLAINT, ACTION),
    GET("/signals", web_signals_get, SIGNAL, PAGE),
    GET("/signals/new", web_signal_new_get, SIGNAL, PAGE),
    POST("/signals", web_signal_new_post, SIGNAL, ACTION),
    PAGE_FORM("/signals/{id}", web_signal, SIGNAL),
    GET("/incidents", web_incidents_get, INCIDENT, PAGE),
    GET("/incidents/new", web_incident_new_get, INCIDENT, PAGE),
    POST("/incidents", web_incident_new_post, INCIDENT, ACTION),
    GET("/incidents/{id}", web_incident_get, INCIDENT, PAGE),
    POST("/incidents/{id}", web_incident_post, INCIDENT_HANDLE, ACTION),
    PAGE_FORM("/requests/{id}/allocate", web_allocate, ALLOCATE),
    POST("/waiting/allocate", web_allocate_many_post, ALLOCATE, ACTION),
    POST("/waiting/allocate/save", web_allocate_many_save_post, ALLOCATE, ACTION),
    GET("/requests/{id}/worker", web_own_worker_get, REQUEST, PAGE),
    POST("/requests/{id}/accept", web_accept_post, CASE, ACTION),
    POST("/requests/{id}/give-back", web_give_back_post, CASE, ACTION),
    POST("/requests/{id}/weight", web_weigh_post, CASE, ACTION),
    POST("/requests/{id}/wishes", web_wish_post, EVENT, ACTION),
    POST("/requests/{id}/co-workers", web_co_worker_post, CASE, ACTION),
    POST("/requests/{id}/co-workers/{id}/end", web_co_worker_end_post, CASE, ACTION),
    GET("/caseload", web_caseload_get, CASE, PAGE),
    PAGE_FORM("/caseload/inform", web_to_tell, CASE),
    GET("/caseload/{id}", web_caseload_one_get, CASE, PAGE),
    PAGE_FORM("/caseload/{id}/handover", web_handover, ALLOCATE),
    GET("/transfers", web_transfer_list_get, TRANSFER, PAGE),
    GET("/transfers/new", web_transfer_new_get, ALLOCATE, PAGE),
    POST("/transfers", web_transfer_new_post, ALLOCATE, ACTION),
    GET("/transfers/{id}", web_transfer_get, TRANSFER, PAGE),
    GET("/transfers/{id}/add", web_transfer_add_get, ALLOCATE, PAGE),
    POST("/transfers/{id}/add", web_transfer_add_post, ALLOCATE, UPLOAD),
    PAGE_FORM("/transfers/{id}/add/one", web_transfer_one, ALLOCATE),
    PAGE_FORM("/transfers/members/{id}", web_member, TRANSFER),
    POST("/transfers/members/{id}/register", web_member_register_post, TRANSFER, ACTION),
    GET("/staff", web_staff_get, STAFF, PAGE),
    POST("/staff", web_worker_new_post, STAFF_EDIT, ACTION),
    GET("/staff/new", web_worker_new_get, STAFF_EDIT, PAGE),
    GET("/staff/figures", web_team_figures_get, FIGURES, PAGE),
    POST("/staff/figures", web_team_established_post, STAFF_EDIT, ACTION),
    GET("/staff/vacancies", web_vacancy_list_get, STAFF, PAGE),
    GET("/staff/vacancies/new", web_vacancy_new_get, STAFF_EDIT, PAGE),
    POST("/staff/vacancies", web_vacancy_new_post, STAFF_EDIT, ACTION),
    PAGE_FORM("/staff/vacancies/{id}", web_vacancy_close, STAFF_EDIT),
    GET("/staff/absence", web_absence_get, ABSENCE, PAGE),
    GET("/staff/absence/new", web_absence_new_get, ABSENCE, PAGE),
    POST("/staff/absence", web_absence_new_post, ABSENCE, ACTION),
    PAGE_FORM("/staff/absence/{id}", web_absence_edit, ABSENCE),
    GET("/staff/{id}", web_worker_get, STAFF, PAGE),
    PAGE_FORM("/staff/{id}/edit", web_worker_edit, STAFF_EDIT),
    POST("/staff/{id}/fte", web_worker_fte_post, STAFF_EDIT, ACTION),
    POST("/staff/{id}/account", web_worker_account_post, STAFF_EDIT, ACTION),
    PAGE_FORM("/requests/{id}/events/{id}/undo", web_correction, EVENT),
    PAGE_FORM("/requests/{id}/talks", web_talk, CASE),
    PAGE_FORM("/requests/{id}/appointments", web_appointment, EVENT),
    PAGE_FORM("/requests/{id}/no-shows", web_no_show, EVENT),
    PAGE_FORM("/requests/{id}/told", web_told, EVENT),
    GET("/requests/{id}/plan", web_plan_get, CASE, PAGE),
    PAGE_FORM("/requests/{id}/plan/new", web_plan_new, CASE),
    POST("/requests/{id}/plan/agreed", web_plan_agreed_post, CASE, ACTION),
    POST("/requests/{id}/plan/given", web_plan_given_post, CASE, ACTION),
    PAGE_FORM("/requests/{id}/lines", web_line_new, CASE),
    GET("/requests/{id}/lines/{id}", web_line_get, CASE, PAGE),
    POST("/requests/{id}/lines/{id}/end", web_line_end_post, CASE, ACTION),
    POST("/requests/{id}/lines/{id}/main", web_line_main_post, CASE, ACTION),
    POST("/requests/{id}/lines/{id}/arrival", web_line_arrival_post, CASE, ACTION),
    PAGE_FORM("/requests/{id}/evaluations", web_evaluation, CASE),
    PAGE_FORM("/requests/{id}/areas", web_areas, CASE),
    PAGE_FORM("/requests/{id}/close", web_close, CASE),
    PAGE_FORM("/requests/{id}/direct", web_direct, CASE),
    PAGE_FORM("/requests/{id}/aftercare", web_aftercare, CALL),
    PAGE_FORM("/requests/{id}/reopen", web_reopen, REGISTER),
    GET("/due", web_due_get, CALL, PAGE),
    GET("/groups", web_group_list_get, GROUP, PAGE),
    PAGE_FORM("/groups/new", web_group_new, GROUP),
    GET("/groups/{id}", web_group_get, GROUP, PAGE),
    PAGE_FORM("/groups/{id}/edit", web_group_edit, GROUP),
    PAGE_FORM("/groups/{id}/join", web_group_join, GROUP),
    POST("/groups/{id}/sessions", web_group_session_post, GROUP, ACTION),
    PAGE_FORM("/groups/{id}/people/{id}/leave", web_group_leave, GROUP),
    GET("/supporters", web_supporter_get, FIGURES, PAGE),
    POST("/batches/{id}/undo", web_batch_undo_post, LOGGED_IN, ACTION),
    GET("/figures", web_figures_get, FIGURES, PAGE),
    GET("/baselines", web_baseline_list_get, FIGURES, PAGE),
    GET("/baselines/new", web_baseline_new_get, BASELINE, PAGE),
    POST("/baselines", web_baseline_new_post, BASELINE, SLOW),
    GET("/baselines/{id}", web_baseline_get, FIGURES, PAGE),
    GET("/baselines/{id}/sign", web_baseline_sign_get, BASELINE_SIGN, PAGE),
    POST("/baselines/{id}/sign", web_baseline_sign_post, BASELINE_SIGN, SLOW),
    GET("/baselines/{id}/errata/new", web_baseline_erratum_get, BASELINE, PAGE),
    POST("/baselines/{id}/errata", web_baseline_erratum_post, BASELINE, ACTION),
    GET("/indicators", web_indicators_get, FIGURES, PAGE),
    GET("/indicators/{word}", web_indicator_get, FIGURES, PAGE),
    GET("/indicators/{word}/records", web_indicator_records_get, FIGURES, PAGE),
    GET("/decisions", web_decisions_get, DECISION, PAGE),
    GET("/law/terms", web_law_list_get, WMO, PAGE),
    GET("/law/letters", web_late_letters_get, WMO, PAGE),
    POST("/law/letters/print", web_late_letters_print_post, WMO, ACTION),
    POST("/law/letters/sent", web_late_letters_sent_post, WMO, ACTION),
    GET("/presence", web_presence_get, PLACE, PAGE),
    POST("/presence", web_presence_new_post, CONTACT, ACTION),
    GET("/presence/new", web_presence_new_get, CONTACT, PAGE),
    GET("/presence/sums", web_presence_places_get, PLACE, PAGE),
    GET("/presence/neighbourhoods", web_presence_neighbourhoods_get, PLACE, PAGE),
    GET("/presence.ics", web_presence_calendar_get, NONE, FILE),
    GET("/appointments.ics", web_appointment_calendar_get, CONTACT, FILE),
    GET("/presence/{id}", web_presence_page_get, PLACE, PAGE),
    PAGE_FORM("/presence/{id}/tally", web_question_tally, CONTACT),
    PAGE_FORM("/presence/{id}/request", web_question_request, REGISTER),
    POST("/presence/{id}/{word}", web_presence_post, CONTACT, ACTION),
    GET("/hours/{id}", web_hour_get, PLACE, PAGE),
    POST("/hours/{id}/change", web_hour_post, PLACE_EDIT, ACTION),
    POST("/hours/{id}/end", web_hour_post, PLACE_EDIT, ACTION),
    GET("/hours/{id}/{word}", web_session_get, PLACE, PAGE),
    POST("/hours/{id}/{word}", web_session_post, CONTACT, ACTION),
    GET("/places", web_places_get, PLACE, PAGE),
    GET("/places/new", web_place_new_get, PLACE_EDIT, PAGE),
    GET("/places/months", web_place_months_get, PLACE, PAGE),
    POST("/places", web_place_new_post, PLACE_EDIT, ACTION),
    GET("/places/{id}", web_place_get, PLACE, PAGE),
    POST("/places/{id}/{word}", web_place_post, PLACE_EDIT, ACTION),
    GET("/partners", web_partners_get, PARTNER, PAGE),
    GET("/partners/new", web_partner_new_get, PARTNER_EDIT, PAGE),
    GET("/partners/stages", web_partner_stages_get, PARTNER, PAGE),
    GET("/partners/referrals", web_partner_referrals_get, PARTNER, PAGE),
    POST("/partners", web_partner_new_post, PARTNER_EDIT, ACTION),
    GET("/partners/{id}", web_partner_get, PARTNER, PAGE),
    GET("/partners/{id}/agreements", web_agreement_sheet_get, PARTNER, PAGE),
    POST("/partners/{id}/{word}", web_partner_post, PARTNER_EDIT, ACTION),
    GET("/agreements", web_agreements_get, PARTNER, PAGE),
    GET("/agreements/{id}", web_agreement_get, PARTNER, PAGE),
    POST("/agreements/{id}/{word}", web_agreement_post, PARTNER_EDIT, ACTION),
    GET("/referrals", web_referrals_get, REFERRAL, PAGE),
    POST("/referrals", web_referral_new_post, REFERRAL, ACTION),
    GET("/referrals/new", web_referral_new_get, REFERRAL, PAGE),
    POST("/referrals/search", web_referral_search_post, REFERRAL, ACTION),
    GET("/referrals/inbox", web_inbox_get, CONTACT, PAGE),
    GET("/referrals/inbox/{id}", web_inbox_page_get, CONTACT, PAGE),
    POST("/referrals/inbox/{id}/{word}", web_inbox_post, CONTACT, ACTION),
    GET("/referrals/{id}", web_referral_get, REFERRAL, PAGE),
    POST("/referrals/{id}/withdraw", web_referral_withdraw_post, REFERRAL, ACTION),
    GET("/requests/{id}/referrals", web_request_referrals_get, CONTACT, PAGE),
    POST("/requests/{id}/referrals/{word}", web_request_referrals_post, CONTACT, ACTION),
    GET("/settings", web_settings_get, SETTINGS, PAGE),
    GET("/settings/changes", web_setting_changes_get, SETTINGS, PAGE),
    GET("/settings/law", web_law_settings_get, SETTINGS, PAGE),
    POST("/settings/law/{word}", web_law_settings_post, SETTINGS, ACTION),
    GET("/settings/neighbourhoods/{id}", web_setting_neighbourhood_get, SETTINGS, PAGE),
    POST("/settings/neighbourhoods/{id}/change", web_setting_neighbourhood_post, SETTINGS, ACTION),
    POST("/settings/{word}", web_settings_post, SETTINGS, ACTION),
    GET("/rules", web_rules_get, LOGGED_IN, PAGE),
    PAGE_FORM("/requests/{id}/regie", web_regie, HOUSEHOLD),
    PAGE_FORM("/requests/{id}/ave", web_ave, HOUSEHOLD),
    GET("/ave", web_ave_list_get, HOUSEHOLD, PAGE),
    GET("/persons/{id}", web_person_get, REQUEST, PAGE),
    PAGE_FORM("/persons/{id}/edit", web_person_edit, HOUSEHOLD),
    GET("/persons/{id}/history", web_person_history_get, REQUEST, PAGE),
    PAGE_FORM("/persons/{id}/household", web_household_add, HOUSEHOLD),
    PAGE_FORM("/household-members/{id}/leave", web_household_leave, HOUSEHOLD),
    PAGE_FORM("/persons/{id}/network", web_network_new, HOUSEHOLD),
    PAGE_FORM("/persons/{id}/block", web_block, REQUEST),
    PAGE_FORM("/persons/{id}/requests", web_request_join, MERGE),
    POST("/persons/{id}/split", web_person_split_post, MERGE, ACTION),
    POST("/requests/{id}/split", web_request_split_post, MERGE, ACTION),
    GET("/duplicates", web_duplicate_list_get, MERGE, PAGE),
    GET("/duplicates/{id}/{id}", web_duplicate_get, MERGE, PAGE),
    POST("/duplicates/{id}/{id}/join", web_duplicate_join_post, MERGE, ACTION),
    POST("/duplicates/{id}/{id}/never", web_duplicate_never_post, MERGE, ACTION),
    POST("/duplicates/{id}/{id}/again", web_duplicate_again_post, MERGE, ACTION),
    PAGE_FORM("/requests/{id}/open", web_open, REQUEST),
    PAGE_FORM("/requests/{id}/seal", web_seal, SEAL),
    GET("/requests/{id}/readers", web_readers_get, SEAL, PAGE),
    PAGE_FORM("/emergency", web_emergency, EMERGENCY),
    GET("/access", web_access_get, ACCESS_LOG, PAGE),
    GET("/access/find", web_access_find_get, ACCESS_LOG, PAGE),
    GET("/access/sealed", web_sealed_get, SEAL, PAGE),
    GET("/access/blocks", web_claims_get, SEAL, PAGE),
    POST("/access/blocks/{id}/confirm", web_claim_confirm_post, SEAL, ACTION),
    PAGE_FORM("/access/blocks/{id}/end", web_claim_end, SEAL),
    GET("/access/accounts/{id}", web_access_account_get, ACCESS_LOG, PAGE),
    PAGE_FORM("/access/{id}", web_access_judge, ACCESS_LOG),
    PAGE_FORM("/network/{id}", web_network, HOUSEHOLD),
    GET("/help", web_help_get, LOGGED_IN, KEPT),
    GET("/gezond", web_health_get, NONE, PAGE),
    GET("/healthz", web_health_get, NONE, PAGE),
};

const struct route *route_all(size_t *ret_n)
{
    *ret_n = COUNT(routes);
    return routes;
}

const char *route_kind_code(enum route_kind kind)
{
    static const char *const codes[] = { "page", "kept", "file", "action", "slow", "upload" };

    return codes[kind];
}

/* A number from 1 without leading zero, at most 18 digits: an address has one spelling. */
static size_t match_id(const char *text, const char *end, struct path_ids *ids)
{
    size_t n = 0;
    int64_t v = 0;

    while (text + n < end && text[n] >= '0' && text[n] <= '9' && n < 19) {
        if (n < 18)
            v = v * 10 + (text[n] - '0');
        n++;
    }
    if (n == 0 || n > 18 || text[0] == '0' || ids->n == PATH_IDS)
        return 0;
    ids->id[ids->n++] = v;
    return n;
}

static size_t match_word(const char *text, const char *end, struct path_ids *ids)
{
    size_t n = 0;

    while (text + n < end && text[n] != '/') {
        char ch = text[n];
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if ((!letter && ch != '_' && ch != '-' && ch != '.') || n + 1 >= sizeof ids->word)
            return 0;
        ids->word[n++] = ch;
    }
    ids->word[n] = '\0';
    return text < end && text[0] == '.' ? 0 : n;
}

static bool matches(const char *pattern, const char *text, const char *end, struct path_ids *ids)
{
    ids->n = 0;
    ids->word[0] = '\0';
    while (*pattern != '\0') {
        if (*pattern == '{') {
            size_t n = pattern[1] == 'i' ? match_id(text, end, ids) : match_word(text, end, ids);
            if (n == 0)
                return false;
            text += n;
            pattern = strchr(pattern, '}') + 1;
        } else if (text < end && *text == *pattern) {
            text++;
            pattern++;
        } else {
            return false;
        }
    }
    return text == end;
}

enum err route_find_in(const struct route *table, size_t n, enum method method, const char *path, size_t len,
                       const struct route **ret_route, struct path_ids *ret_ids)
{
    enum method wanted = method == METHOD_HEAD ? METHOD_GET : method;
    bool known = false;

    for (size_t i = 0; i < n; i++) {
        if (!matches(table[i].path, path, path + len, ret_ids))
            continue;
        if (table[i].method == wanted) {
            *ret_route = &table[i];
            return OK;
        }
        known = true;
    }
    return known ? E_METHOD : E_NOT_FOUND;
}

enum err route_find(enum method method, const char *path, size_t len, const struct route **ret_route,
                    struct path_ids *ret_ids)
{
    return route_find_in(routes, COUNT(routes), method, path, len, ret_route, ret_ids);
}
