// SPDX-License-Identifier: EUPL-1.2
/* The one table of commands. */
#include "cli/cli.h"
#include "cli/stats.h"

const struct command commands[] = {
    { "init", "REGISTER [--municipality NAME]", N_("an empty register"), command_init, false, NULL },
    { "demo", "REGISTER [--seed N] [--from D] [--to D] [--scale X] [--password P] [--truth FILE]",
      N_("a made-up municipality with a known truth"), command_demo, false, NULL },
    { "serve",
      "REGISTER [--listen 127.0.0.1:8080] [--extract FILE] [--behind-proxy] [--tls-cert FILE --tls-key FILE] "
      "[--quiet]",
      N_("the screens, for a browser"), command_serve, false, NULL },
    { "http", "REGISTER --as ROLE [--worker NUMBER] [--team NUMBER] < REQUEST",
      N_("one request from standard input, for tests"), command_http, false, NULL },
    { "import",
      "REGISTER FILE... [--mapping NAME|FILE] [--dry-run] [--rejects FILE] [--progress] "
      "[--format table|json]",
      N_("read files: CSV, CSV.gz, XES"), command_import, false, NULL },
    { "measure",
      "REGISTER [--indicator ID] [--from D] [--to D] [--at D] [--since D] [--by team,urgency,...] "
      "[--only team=NAME,...] [--all] [--net] [--utc] [--quantiles 0.5,0.8] [--times 30,90] "
      "[--then-from D --then-to D | --baseline NUMBER] [--catalogue FILE] [--extract FILE,...] [--conf "
      "log-log|log|plain] "
      "[--rule midpoint|step] [--format table|csv|json]",
      N_("the figures"), command_measure, false, NULL },
    { "opinion", "REGISTER [--alone] [--format table|csv]",
      N_("the core figures a second time, in SQL: does the catalogue say the same?"), command_opinion, false,
      NULL },
    { "stats",
      "STATISTIC [FILE] ... [--by COL] [--only COL=VALUE,...] [--rows 1-30] [--level 0.95] [--format "
      "table|json]",
      N_("the same statistics on any CSV file; alone: which there are"), command_stats, true, stats_usage },
    { "forecast",
      "REGISTER [--at D] [--request NUMBER] [--team NAME] [--backtest | --what-if FILE] [--seed N] "
      "[--replications N] "
      "[--threads N] [--keep] [--format table|json] [--needed] [--demand N] [--duration W] [--hours N] "
      "[--caseload N] "
      "[--queue N] [--leave L] [--share 0.8] [--within W] [--weeks W] [--calls N] [--handling S] [--patience "
      "S] "
      "[--phone-share 0.8] [--phone-within S] [--agents N]",
      N_("in which period it is whose turn, and how often that is right"), command_forecast, false, NULL },
    { "change",
      "REGISTER [add|undo NUMBER] [--what starts|requests|help] [--from D] [--team NAME] [--note TEXT] "
      "[--format "
      "table|json]",
      N_("what somebody knows to have changed on a waiting list, for the forecast"), command_change, false,
      NULL },
    { "extract", "REGISTER FILE [--at D | --follow [--every SECONDS]] [--requests] [--whole]",
      N_("the columns that figures are made of, without persons, as a file that grows"), command_extract,
      false, NULL },
    { "months", "FILE... [--format table|csv]",
      N_("thirteen figures for each month, neighbourhood and urgency, of one or more extracts"),
      command_months, true, NULL },
    { "map", "REGISTER FILE.geojson [--name-field NAME] [--source TEXT]",
      N_("the outlines of the neighbourhoods, for maps of figures"), command_map, false, NULL },
    { "baseline",
      "REGISTER seal|list|show|compare|verify|cosign|erratum [NUMBER|FILE] [--name NAME] [--at D] [--from D] "
      "[--to D] [--files FILE] [--block NAME] [--login NAME] [--password-file FILE] [--about TEXT] [--was "
      "TEXT] "
      "[--is TEXT] [--why TEXT]",
      N_("a first measurement (nulmeting) that nobody can change"), command_baseline, false, NULL },
    { "export", "REGISTER [--table NAME] [--format csv|json] [--identities]",
      N_("one table of the register; without --table: which ones there are"), command_export, false, NULL },
    { "check", "REGISTER [--alarms]", N_("is everything in the register as it should be?"), command_check,
      false, NULL },
    { "user",
      "add|list REGISTER [--login NAME] [--role ROLE] [--name NAME] [--team TEAM] [--partner NAME] "
      "[--password-file FILE]",
      N_("accounts"), command_user, true, NULL },
    { "routes", "[--format table|csv|json]", N_("every page with the right that it needs"), command_routes,
      true, NULL },
};
const size_t command_count = COUNT(commands);
