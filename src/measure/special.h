// SPDX-License-Identifier: EUPL-1.2
/* The distribution functions that intervals and tests need. Accurate to about 1e-12 relative for the sizes of
 * a register (counts up to some millions); NaN for arguments outside the domain. DLMF: NIST Digital Library
 * of Mathematical Functions, https://dlmf.nist.gov. */
#ifndef PEIL_MEASURE_SPECIAL_H
#define PEIL_MEASURE_SPECIAL_H

/* t with P(T <= t) = p for Student's t with df > 0 degrees of freedom (df need not be whole), 0 < p < 1;
 * Student 1908, Biometrika 6:1-25. Through the incomplete beta function (Abramowitz & Stegun 26.7.1). */
double special_t_quantile(double p, double df);

/* Regularised incomplete gamma functions P(a,x) and Q(a,x) = 1 - P(a,x); a > 0, x >= 0.
 * Series DLMF 8.7.1 below a + 1, continued fraction DLMF 8.9.2 above it. */
double special_gamma_p(double a, double x);
double special_gamma_q(double a, double x);
/* x with P(a,x) = p, 0 <= p < 1. */
double special_gamma_p_inverse(double a, double p);
/* Chance that a chi-square variable with df degrees of freedom exceeds x. */
double special_chisq_tail(double x, double df);

/* Regularised incomplete beta function I_x(a,b), a, b > 0, 0 <= x <= 1; continued fraction DLMF 8.17.22. */
double special_beta(double a, double b, double x);
/* x with I_x(a,b) = p. */
double special_beta_inverse(double a, double b, double p);

/* P(X <= k) for a binomial X of n trials at p (DLMF 8.17.5) and for a Poisson X with this mean (DLMF 8.4.10);
 * k below 0 gives 0. */
double special_binomial_cdf(double k, double n, double p);
double special_poisson_cdf(double k, double mean);

#endif
