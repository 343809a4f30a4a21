// SPDX-License-Identifier: EUPL-1.2
/* How long a waiting list may be when nearly everybody has to start within a target, and what capacity that
 * takes. Fong, Mushtaq, House, Gordon, Chen, Griffiths, Ahmad & Walton 2022, "Understanding Waiting Lists
 * Pressures" (medRxiv 2022.08.23.22279117): with exponential waits a mean of a quarter of the target lets 1.8
 * % wait longer than it (factor 4), of a sixth 0.25 % (factor 6). The same formulas as R's NHSRwaitinglist.
 * Demand and capacity are numbers a week, target in weeks. */
#ifndef PEIL_FORECAST_LIST_SIZE_H
#define PEIL_FORECAST_LIST_SIZE_H

#define LIST_SIZE_FACTOR 4.0

/* Above 1 the list grows for ever. */
double list_size_load(double demand, double capacity);
double list_size_target_mean(double target, double factor);
double list_size_target(double demand, double target, double factor);
/* Capacity that keeps a list at its target size; cvd and cvc are the coefficients of variation of demand and
 * capacity, 1 for Poisson. */
double list_size_capacity(double demand, double target, double factor, double cvd, double cvc);
/* Capacity that brings a list down to its target size in so many weeks. */
double list_size_relief(double demand, double queue, double target_queue, double weeks);
/* 1: the list is as it should be with a factor of 2; more: it presses. */
double list_size_pressure(double mean_wait, double target);

#endif
