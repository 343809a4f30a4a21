# SPDX-License-Identifier: EUPL-1.2
# How things are built: tools, then generated code, then the program and its tests.
MAPS    := $(sort $(wildcard src/exchange/mappings/*.map))
OBJ     += $(BUILD)/gen/mappings.o

.DEFAULT_GOAL := all
.PHONY: all clean
.SECONDARY:

all: $(BUILD)/peil

$(BUILD)/peil: $(OBJ) $(BUILD)/src/main.o
	@echo "  LD $@"; $(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/peil-test: $(OBJ) $(TESTOBJ)
	@echo "  LD $@"; $(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c | generated
	@mkdir -p $(@D)
	@echo "  CC $<"; $(CC) $(ALL_CFLAGS) -c -o $@ $<

# The forecast counts in loops that are worth the largest code.
FASTEST := $(if $(filter -O2,$(CFLAGS)),-O3)
$(BUILD)/src/forecast/simulate%.o $(BUILD)/src/forecast/level_filter.o $(BUILD)/src/forecast/estimate_duration.o: ALL_CFLAGS += $(FASTEST)

$(BUILD)/gen/%.o: $(GEN)/%.c | generated
	@mkdir -p $(@D)
	@echo "  CC $<"; $(CC) $(ALL_CFLAGS) -c -o $@ $<

# Headers that sources include must exist before the first compilation; -MMD knows the rest.
.PHONY: generated
generated: $(GEN)/store/sql.h $(GEN)/web/tpl.h

$(TOOLS)/%: tools/%.c
	@mkdir -p $(@D)
	@echo "  TOOL $@"; gcc -std=c17 -D_GNU_SOURCE -O1 -g $(WARN) -o $@ $< -lz

$(GEN)/store/sql.h: $(TOOLS)/mksql $(SQL)
	@mkdir -p $(@D)
	@$(TOOLS)/mksql --header $(SQL) > $@.new && mv $@.new $@
$(GEN)/sql_%.c: src/store/sql/%.sql $(TOOLS)/mksql
	@mkdir -p $(@D)
	@$(TOOLS)/mksql $< > $@.new && mv $@.new $@
$(GEN)/sql_all.c: $(TOOLS)/mksql $(SQL)
	@mkdir -p $(@D)
	@$(TOOLS)/mksql --all $(SQL) > $@.new && mv $@.new $@
$(GEN)/schema.c: $(TOOLS)/mksql $(SCHEMA)
	@mkdir -p $(@D)
	@$(TOOLS)/mksql --schema $(SCHEMA) > $@.new && mv $@.new $@
$(GEN)/web/tpl.h: $(TOOLS)/mktpl $(TPL)
	@mkdir -p $(@D)
	@$(TOOLS)/mktpl --header $(TPL) > $@.new && mv $@.new $@
$(GEN)/tpl_%.c: src/web/tpl/%.html $(TOOLS)/mktpl
	@mkdir -p $(@D)
	@$(TOOLS)/mktpl $< > $@.new && mv $@.new $@
$(GEN)/assets.c: $(TOOLS)/embed $(STATIC)
	@mkdir -p $(@D)
	@$(TOOLS)/embed $(STATIC) > $@.new && mv $@.new $@
$(GEN)/catalogue.c: po/nl.po
	@mkdir -p $(@D)
	@msgfmt --check-format -o $(GEN)/nl.mo $<
	@{ echo '#include <stddef.h>'; echo 'extern const unsigned char catalogue_nl[]; extern const size_t catalogue_nl_len;'; \
	  echo 'const unsigned char catalogue_nl[] __attribute__((aligned(8))) = {'; od -An -v -tu1 $(GEN)/nl.mo | sed 's/[0-9][0-9]*/&,/g'; echo '};'; \
	  echo 'const size_t catalogue_nl_len = sizeof catalogue_nl;'; } > $@.new && mv $@.new $@

$(GEN)/mappings.c: $(MAPS)
	@mkdir -p $(@D)
	@{ echo '#include "exchange/mapping.h"'; for f in $(MAPS); do n=$$(basename $$f .map); \
	  echo "static const char map_$$n[] = {"; od -An -v -td1 $$f | sed 's/[0-9][0-9]*/&,/g'; echo '0 };'; done; \
	  echo 'const struct mapping_ready mapping_ready[] = {'; \
	  for f in $(MAPS); do n=$$(basename $$f .map); echo "{ \"$$n\", map_$$n },"; done; echo '};'; \
	  echo 'const size_t mapping_ready_count = sizeof mapping_ready / sizeof mapping_ready[0];'; } > $@.new && mv $@.new $@

clean:
	rm -rf $(BUILD)

-include $(OBJ:.o=.d) $(TESTOBJ:.o=.d) $(BUILD)/src/main.d
