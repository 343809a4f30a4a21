// SPDX-License-Identifier: EUPL-1.2
/* Groups differ more than chance makes, as a rule for many small reasons that nobody can do anything about. A
 * funnel of chance alone (measure/standard.h) then calls nearly everybody special. With additive random
 * effects the funnel has room for the usual spread between groups too.
 *
 * Spiegelhalter 2005, Qual. Saf. Health Care 14:347-351, and 2005, Statist. Med. 24:1185-1202, appendix A.3:
 *   z_i   = (y_i - target) / s_i          s_i^2 = target (1 - target) / n_i, or target / n_i for a rate
 *   winsorised: z below the q-th and above the (1 - q)-th quantile (type 7) become that quantile, so that who
 * is really special does not widen the funnel; q is 0.1 as a rule phi   = sum z_w^2 / I tau^2 = (I phi - (I -
 * 1)) / (sum w - sum w^2 / sum w), w_i = 1 / s_i^2; 0 when I phi <= I - 1 limits: target -+ z_p sqrt(s_i^2 +
 * tau^2) A group without size takes no part. */
#ifndef PEIL_MEASURE_OVERDISPERSION_H
#define PEIL_MEASURE_OVERDISPERSION_H

#include "measure/standard.h"

#include <stdbool.h>

#define OVERDISPERSION_WINSOR 0.1
enum { OVERDISPERSION_GROUPS_MIN = 3 };

struct overdispersion {
    size_t n;     /* groups that took part */
    double phi;   /* NAN with fewer than OVERDISPERSION_GROUPS_MIN */
    double tau;   /* between groups, in the unit of the value; 0: chance explains all */
    bool present; /* tau > 0 */
};
/* value[n], size[n]; scratch: room for 2 n. 0 <= winsor < 0.5; 0: as they are. */
struct overdispersion overdispersion_of(enum standard_kind kind, const double *value, const double *size,
                                        size_t n, double target, double winsor, double *scratch);
/* How far a value lies from the target in units of chance and spread together; NAN without size. */
double overdispersion_z(enum standard_kind kind, double value, double size, double target, double tau);
/* Limits with share p below the lower and above the upper one; exact ones of chance alone when tau is 0.
 * Never below 0; a share never above 1. */
struct standard_limits overdispersion_funnel(enum standard_kind kind, double target, double size, double tau,
                                             double p);

#endif
