# SPDX-License-Identifier: EUPL-1.2
# How fast it is, against something known, in one run.
.PHONY: bench-csv bench-import
.PRECIOUS: $(BUILD)/tests/bench/%.o
-include $(patsubst %.c,$(BUILD)/%.d,$(wildcard tests/bench/bench_*.c))

$(BUILD)/bench_%: $(BUILD)/tests/bench/bench_%.o $(filter-out $(BUILD)/src/cli/%,$(OBJ))
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ $(LIBS)

bench-csv: $(BUILD)/bench_csv ## the CSV reader against getline and strsep
	$<
bench-import: $(BUILD)/peil ## one million requests against sqlite3's own .import
	tests/bench/import.sh $<

$(BUILD)/bench_bare: tests/bench/peers/bare.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(CFLAGS) $(WARN) -o $@ $< -lmicrohttpd -lsqlite3

.PHONY: bench
bench: $(BUILD)/peil $(BUILD)/bench_register $(BUILD)/bench_bare ## the waiting list page against libmicrohttpd alone, Node and Django
	tests/bench/waiting_list.sh $(BUILD)

.PHONY: bench-writes
bench-writes: $(BUILD)/peil $(BUILD)/bench_register $(BUILD)/bench_calls ## registering a call: shared commits against one for each
	tests/bench/writes.sh $(BUILD)

.PHONY: bench-search
.PHONY: bench-pages
bench-pages: $(BUILD)/peil ## every page over 200,000 residents and a million events, on one core
	tests/bench/pages.sh $(BUILD)

bench-search: $(BUILD)/bench_search ## finding a person among 200,000 on one core
	@rm -rf $(BUILD)/bench-search.db*
	taskset -c 0 $< $(BUILD)/bench-search.db
	taskset -c 0 $< $(BUILD)/bench-search.db

.PHONY: bench-figures
bench-figures: $(BUILD)/bench_figures ## the pages of the figures after a commit, from the register and from the extract: REGISTER=file.db, which gets some calls
	$< $(REGISTER)

$(BUILD)/bench_measure: $(BUILD)/tests/stat/month_data.o
.PHONY: bench-measure
bench-measure: $(BUILD)/bench_measure ## the month set against DuckDB, PostgreSQL, SQLite and R, every number compared
	tests/bench/measure.sh $(BUILD)

.PHONY: bench-opinion
bench-opinion: $(BUILD)/peil ## the core figures in C against SQL on SQLite, PostgreSQL, and PostgreSQL in partitions
	tests/bench/opinion.sh $(BUILD)

$(BUILD)/bench_towns: $(BUILD)/tests/stat/world.o $(BUILD)/tests/stat/people.o
.PHONY: towns
towns: $(BUILD)/bench_towns ## the forecast in towns whose future is known, 200 seeds each, beside the simple ways
	$<

$(BUILD)/bench_places: $(BUILD)/tests/stat/places.o $(BUILD)/tests/stat/people.o
.PHONY: places
places: $(BUILD)/bench_places ## what is lost by estimating: a list of which the model is true, with true parameters one kind at a time
	$<

$(BUILD)/bench_forecast: $(BUILD)/tests/stat/model_data.o
.PHONY: bench-forecast
bench-forecast: $(BUILD)/bench_forecast $(BUILD)/bench_towns ## the forecast against the event loop and SimPy, 100 what-ifs, a back-test of three years
	tests/bench/forecast.sh $(BUILD)
