# SPDX-License-Identifier: EUPL-1.2
# How fast it is, against something known, in one run.
.PHONY: bench-csv bench-import
.PRECIOUS: $(BUILD)/tests/bench/%.o

$(BUILD)/bench_%: $(BUILD)/tests/bench/bench_%.o $(filter-out $(BUILD)/src/cli/%,$(OBJ))
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ $(LIBS)

bench-csv: $(BUILD)/bench_csv ## the CSV reader against getline and strsep
	$<
bench-import: $(BUILD)/peil ## one million requests against sqlite3's own .import
	tests/bench/import.sh $<
