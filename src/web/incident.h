// SPDX-License-Identifier: EUPL-1.2
/* Incidents: the list, a new one, one with its terms and steps. */
#ifndef PEIL_WEB_INCIDENT_H
#define PEIL_WEB_INCIDENT_H

#include "web/reply.h"

enum err web_incidents_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_incident_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_incident_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_incident_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_incident_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
