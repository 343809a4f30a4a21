# SPDX-License-Identifier: EUPL-1.2
# Checks that need no run of the program: the build tools and their tests, style, layers, translations, static analysis.
.PHONY: tools-test layers checksrc unused po po-check fmt fmt-check tidy cppcheck check-static rights rights-check

TOOLBIN   := $(TOOLS)/mksql $(TOOLS)/mktpl $(TOOLS)/embed $(TOOLS)/layers $(TOOLS)/checksrc
TPLC      := $(TPL:src/web/tpl/%.html=$(GEN)/tpl_%.c)
CHECKED   := '*.c' '*.h' '*.sql' '*.html' '*.css' '*.js' '*.mjs' '*.sh' '*.mk' Makefile \
             ':!tests/tools/*/good*' ':!tests/tools/*/bad*' ':!tests/data' ':!tests/golden'
# A file that git knows but that is gone from the folder cannot be checked.
IN_GIT     = $(shell git ls-files --cached --others --exclude-standard -- $(1) | sort -u | while read -r f; do test -f "$$f" && echo "$$f"; done)

# The tools with more than one source.
$(TOOLS)/mktpl: $(wildcard tools/mktpl*.c) tools/mktpl.h
$(TOOLS)/mksql: $(wildcard tools/mksql*.c) tools/mksql.h
$(TOOLS)/mktpl $(TOOLS)/mksql:
	@mkdir -p $(@D)
	@echo "  TOOL $@"; gcc -std=c17 -D_GNU_SOURCE -O1 -g $(WARN) -o $@ $(filter %.c,$^)

tools-test: $(TOOLBIN) ## the build tools refuse what they must refuse
	@mkdir -p $(GEN)
	tests/tools/run.sh $(BUILD)

check-static: layers checksrc unused fmt-check po-check rights-check cppcheck tidy ## all checks that only read the source

rights-check: $(BUILD)/peil ## every route has a line in tests/rights/matrix.csv
	@tools/rights.sh $(BUILD)/peil tests/rights/matrix.csv

rights: $(BUILD)/peil-test ## writes what every role gets into tests/rights/matrix.csv, to look at before it is kept
	@PEIL_RIGHTS_WRITE=$(BUILD)/matrix.csv $(BUILD)/peil-test rights_ >/dev/null && mv $(BUILD)/matrix.csv tests/rights/matrix.csv

layers: $(TOOLS)/layers ## includes go down the layers, never up and never in a circle
	@$(TOOLS)/layers $(sort $(wildcard src/*.[ch] src/*/*.[ch]))

checksrc: $(TOOLS)/checksrc ## house style: lengths, banned functions, SPDX, SQL outside its folder
	@$(TOOLS)/checksrc tools/exceptions.txt $(call IN_GIT,$(CHECKED))

unused: $(OBJ) $(TESTOBJ) $(BUILD)/src/main.o ## what is in a header is used by another file
	@tools/unused.sh $^

po: $(TPLC) ## collects the texts for translation into po/nl.po
	@tools/po.sh update po/nl.po $(sort $(wildcard src/*.c src/*/*.[ch])) $(sort $(TPLC))

po-check: $(TPLC) ## every text has a translation with the same slots
	@tools/po.sh check po/nl.po $(sort $(wildcard src/*.c src/*/*.[ch])) $(sort $(TPLC))

FORMATTED  = $(call IN_GIT,'src/*.[ch]' 'tools/*.[ch]' 'tests/*.[ch]' ':!tests/tools/*/bad*')
fmt: ## lays out the C code
	clang-format -i $(FORMATTED)

fmt-check: ## fails where make fmt would change something
	@clang-format --dry-run -Werror $(FORMATTED)

# How many states of a function the analyzer looks at. Its own 225000 takes three times as long; TIDY_NODES=225000 is for
# who looks for something.
TIDY_NODES ?= 75000
# clang-tidy goes over a source again when the source or a header of it changed: then its object is newer than the stamp.
TIDY      := $(SRC:%.c=$(BUILD)/tidy/%.ok)
tidy: ## clang-tidy over what changed
	@$(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j2) -k $(TIDY)
$(BUILD)/tidy/%.ok: $(BUILD)/%.o .clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet $*.c -- -std=c17 -D_GNU_SOURCE -Isrc -I$(GEN) $(PGINC) \
	    -Xclang -analyzer-config -Xclang max-nodes=$(TIDY_NODES) 2> $@.log || { cat $@.log >&2; exit 1; }
	@touch $@

cppcheck: generated ## a second static analysis
	@mkdir -p $(BUILD)/cppcheck
	@cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --suppressions-list=tools/cppcheck.txt --inline-suppr --std=c11 -j2 \
	    --cppcheck-build-dir=$(BUILD)/cppcheck --suppress=missingInclude --suppress=missingIncludeSystem -D_GNU_SOURCE \
	    -Isrc -I$(GEN) src tools
