# SPDX-License-Identifier: EUPL-1.2
# Checks that need no run of the program: the build tools and their tests, style, layers, translations, static analysis.
.PHONY: tools-test

TOOLBIN := $(TOOLS)/mktpl $(TOOLS)/embed

tools-test: $(TOOLBIN) ## the build tools refuse what they must refuse
	@mkdir -p $(GEN)
	tests/tools/run.sh $(BUILD)
