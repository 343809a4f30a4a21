// SPDX-License-Identifier: EUPL-1.2
#include "measure/special.h"

#include "base/normal.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define TERMS_MAX 100000 /* the fractions need about sqrt(a) terms */
#define EPS 1e-16
#define TINY 1e-300

static double log_gamma(double a)
{
    int sign;

    return lgamma_r(a, &sign); /* lgamma would write a global */
}

/* x in [low, high] with f(par, x) = p for a rising f: halving until the two ends are neighbours. Slower than
 * Newton and never wrong, which suits a function that is called a few times a figure. */
static double invert(double (*f)(const double *par, double x), const double *par, double p, double low,
                     double high)
{
    for (int i = 0; i < 300; i++) {
        double middle = low + (high - low) / 2;

        if (middle <= low || middle >= high)
            break;
        if (f(par, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

/* exp(-x) x^a / Gamma(a + 1) */
static double gamma_front(double a, double x)
{
    return exp(a * log(x) - x - log_gamma(a + 1));
}

static double gamma_series(double a, double x)
{
    double term = 1, sum = 1;

    for (int i = 1; i < TERMS_MAX && term > sum * EPS; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return sum * gamma_front(a, x);
}

/* Continued fraction by the modified Lentz method (Thompson & Barnett 1986, J. Comput. Phys. 64:490-509). */
static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;

    for (int i = 1; i < TERMS_MAX; i++) {
        double an = -i * (i - a), step;

        b += 2;
        d = an * d + b;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = b + an / c;
        c = fabs(c) < TINY ? TINY : c;
        step = d * c;
        h *= step;
        if (fabs(step - 1) < EPS * 4)
            break;
    }
    return h * a * gamma_front(a, x);
}

double special_gamma_p(double a, double x)
{
    if (!(a > 0 && x >= 0))
        return NAN;
    if (x == 0)
        return 0;
    return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

double special_gamma_q(double a, double x)
{
    if (!(a > 0 && x >= 0))
        return NAN;
    if (x == 0)
        return 1;
    return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

static double gamma_cdf(const double *par, double x)
{
    return special_gamma_p(par[0], x);
}

double special_gamma_p_inverse(double a, double p)
{
    double high = a + 1;

    if (!(a > 0 && p >= 0 && p < 1))
        return NAN;
    if (p == 0)
        return 0;
    while (special_gamma_p(a, high) < p)
        high *= 2;
    return invert(gamma_cdf, &a, p, 0, high);
}

double special_chisq_tail(double x, double df)
{
    return special_gamma_q(df / 2, x / 2);
}

/* One half-step of the Lentz method; true when the fraction no longer changes. */
static bool lentz(double an, double *c, double *d, double *h)
{
    double step;

    *d = 1 + an * *d;
    *d = 1 / (fabs(*d) < TINY ? TINY : *d);
    *c = 1 + an / *c;
    *c = fabs(*c) < TINY ? TINY : *c;
    step = *d * *c;
    *h *= step;
    return fabs(step - 1) < EPS * 4;
}

static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1), h;

    d = 1 / (fabs(d) < TINY ? TINY : d);
    h = d;
    for (int m = 1; m < TERMS_MAX; m++) {
        lentz(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), &c, &d, &h);
        if (lentz(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), &c, &d, &h))
            break;
    }
    return h;
}

double special_beta(double a, double b, double x)
{
    double front;

    if (!(a > 0 && b > 0 && x >= 0 && x <= 1))
        return NAN;
    if (x == 0 || x == 1)
        return x;
    front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) /* where the fraction converges fast */
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

static double beta_cdf(const double *par, double x)
{
    return special_beta(par[0], par[1], x);
}

double special_beta_inverse(double a, double b, double p)
{
    const double par[2] = { a, b };

    if (!(a > 0 && b > 0 && p >= 0 && p <= 1))
        return NAN;
    return invert(beta_cdf, par, p, 0, 1);
}

/* In the tail: Newton's steps on the logarithms of t and tail. That curve is concave, so that from the
 * second step on they come from one side and cannot run away; five or six do. */
static double t_quantile_tail(double tail, double df)
{
    const double scale = log_gamma((df + 1) / 2) - log_gamma(df / 2) - 0.5 * log(df * acos(-1));
    double t = normal_quantile(1 - tail);

    t += (t * t * t + t) / (4 * df); /* Abramowitz & Stegun 26.7.5 */
    for (int i = 0; i < 50; i++) {
        double area = special_beta(df / 2, 0.5, df / (df + t * t)) / 2;
        double density = exp(scale - (df + 1) / 2 * log1p(t * t / df));
        double step = log(area / tail) * area / (t * density);

        t *= exp(step);
        if (fabs(step) < 1e-14)
            break;
    }
    return t;
}

/* In the upper half df / (df + t^2) is beta distributed; near the middle its complement keeps the digits. */
double special_t_quantile(double p, double df)
{
    double tail, x, rest;

    if (!(p > 0 && p < 1 && df > 0))
        return NAN;
    if (p == 0.5)
        return 0;
    if (p < 0.5)
        return -special_t_quantile(1 - p, df);
    if (p > 0.9 && df >= 1)
        return t_quantile_tail(1 - p, df);
    tail = 2 * (1 - p);
    rest = special_beta_inverse(0.5, df / 2, 1 - tail);
    x = special_beta_inverse(df / 2, 0.5, tail);
    return rest < 0.5 ? sqrt(df * rest / (1 - rest)) : sqrt(df * (1 - x) / x);
}

double special_binomial_cdf(double k, double n, double p)
{
    k = floor(k);
    if (k < 0)
        return 0;
    return k >= n ? 1 : special_beta(n - k, k + 1, 1 - p);
}

double special_poisson_cdf(double k, double mean)
{
    k = floor(k);
    if (k < 0)
        return 0;
    return mean > 0 ? special_gamma_q(k + 1, mean) : 1;
}
