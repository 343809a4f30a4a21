# SPDX-License-Identifier: EUPL-1.2
# Medians and other quantiles of the month set by R and its package survival: Rscript month_set.R FOLDER NUMBERS
# Written: group, median, P80, P90 (type 1), KM 50 and 80 % (smallest day with S <= 1 - p + 1e-9), -1: none.
suppressMessages(library(survival))
arg <- commandArgs(trailingOnly = TRUE)
r <- read.csv(file.path(arg[1], "request.csv"), header = FALSE,
              col.names = c("received", "started", "left", "closed", "cell", "direct", "reopened"))
k <- read.csv(file.path(arg[1], "calendar.csv"), header = FALSE, col.names = c("day", "month", "year", "working"))
f <- read.csv(file.path(arg[1], "frame.csv"), header = FALSE, col.names = c("months", "cells", "last", "norm"))
month <- function(day) k$month[match(day, k$day)]
year <- function(day) k$year[match(day, k$day)]
wait <- r$started - r$received
event <- !is.na(r$started)
time <- ifelse(event, wait, ifelse(!is.na(r$left), r$left, f$last) - r$received)
start <- proc.time()[["elapsed"]]
none <- function(x) if (length(x) == 0 || is.infinite(x)) -1 else x
flow <- function(w) as.integer(quantile(w, c(.5, .8, .9), type = 1))
cohort <- function(i) {
    s <- survfit(Surv(time[i], event[i]) ~ 1, se.fit = FALSE)
    first <- function(level) none(suppressWarnings(min(s$time[s$surv <= level + 1e-9 & s$n.event > 0])))
    c(first(.5), first(.2))
}
n <- f$months * f$cells
out <- matrix(-1, n + max(k$year) + 1, 5)
fill <- function(flow_group, cohort_group) {
    parts <- split(wait[event], flow_group[event])
    for (g in names(parts)) out[as.integer(g) + 1, 1:3] <<- flow(parts[[g]])
    parts <- split(seq_along(time), cohort_group)
    for (g in names(parts)) out[as.integer(g) + 1, 4:5] <<- cohort(parts[[g]])
}
fill(month(r$started) * f$cells + r$cell, month(r$received) * f$cells + r$cell)
fill(n + year(r$started), n + year(r$received))
cat(sprintf("R %s, survival %s (quantiles and Kaplan-Meier only): %.0f ms\n", getRversion(), packageVersion("survival"),
            1000 * (proc.time()[["elapsed"]] - start)))
write.table(cbind(seq_len(nrow(out)) - 1, out), arg[2], sep = ",", row.names = FALSE, col.names = FALSE)
