# SPDX-License-Identifier: EUPL-1.2
# What the README promises: make demo, make test; and the smaller targets around them.
.PHONY: deps deps-build deps-test demo run test quick check-all help pg

demo: deps-build ## installs what is missing, builds, makes a demo register, serves it (PORT=8081 for another port)
	@$(MAKE) --no-print-directory -s -j2 all
	@BUILD=$(BUILD) tools/demo.sh

test: deps-test ## everything; logs in $(BUILD)/log; one suite: tests/run.sh NAME
	@BUILD=$(BUILD) tests/run.sh

quick: all $(BUILD)/peil-test ## the tests that take no time, on SQLite: pages too, no simulations
	@$(BUILD)/peil-test --quick

run: all ## builds and serves demo.db
	@BUILD=$(BUILD) tools/demo.sh

pg: $(BUILD)/peil-test ## all tests of the program on a temporary PostgreSQL
	@tests/pg.sh $(BUILD)/peil-test

check-all: deps-test ## what `test` runs, and the long runs: kill -9 and power cuts
	@BUILD=$(BUILD) tests/run.sh
	@tests/crash/run.sh $(BUILD) full

deps: deps-test ## only installs what building and testing needs
deps-build:
	@tools/install-deps.sh build
deps-test:
	@tools/install-deps.sh test

help: ## this list
	@echo 'make               builds $(BUILD)/peil; make BUILD=folder builds there'
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf 'make %-13s %s\n' "$$name" "$$what"; done
