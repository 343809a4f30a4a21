# SPDX-License-Identifier: EUPL-1.2
# What the README promises: make demo, make test; and the smaller targets around them.
.PHONY: deps deps-build deps-test demo run test quick check-all help pg

deps: deps-test
deps-build:
	@tools/install-deps.sh build
deps-test:
	@tools/install-deps.sh test

# A make of its own: what was just installed changes how this file is read.
demo: deps-build
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) tools/demo.sh

run: all
	@BUILD=$(BUILD) tools/demo.sh

test: deps-test
	@BUILD=$(BUILD) tests/run.sh

quick: all $(BUILD)/peil-test
	@$(BUILD)/peil-test

# Everything in `test`, and the long runs.
check-all: deps-test
	@BUILD=$(BUILD) tests/run.sh
	@tests/crash/run.sh $(BUILD) full

pg: $(BUILD)/peil-test
	@tests/pg.sh $(BUILD)/peil-test

help:
	@echo 'make              build $(BUILD)/peil'
	@echo 'make demo         install what is missing, build, make a demo register, serve it (PORT=8081 for another port)'
	@echo 'make run          build and serve demo.db again'
	@echo 'make quick        unit tests and pages on SQLite, under ten seconds'
	@echo 'make test         everything, under ten minutes; logs in $(BUILD)/log'
	@echo 'make check-all    also the long runs: kill -9 and power cut'
	@echo 'make pg           the unit tests on a temporary PostgreSQL'
	@echo 'make deps         only install what building and testing needs'
	@echo 'make fmt          lay out the code; make layers, checksrc, clang-tidy, cppcheck, po-check, css-check: one check'
	@echo 'make clean        remove $(BUILD)'
	@echo 'BUILD=folder makes everything there; one suite: tests/run.sh NAME, names: tests/run.sh --list'
