# SPDX-License-Identifier: EUPL-1.2
# The style sheet is generated, but in git: only whoever changes css/ needs Node.
CSS_OUT := $(addprefix src/web/static/,peil.css noto-sans-latin-wght-normal.woff2 noto-sans-latin-ext-wght-normal.woff2)

css/node_modules/.package-lock.json: css/package-lock.json
	cd css && npm ci --loglevel=error --no-fund --no-audit >/dev/null
	touch $@

.PHONY: css css-check
css: css/node_modules/.package-lock.json ## Build src/web/static/peil.css from css/ (needs Node)
	cd css && node build.js ../src/web/static

css-check: css/node_modules/.package-lock.json ## Fails when the style sheet in git is not what css/ makes
	mkdir -p $(BUILD)/css
	cd css && node build.js $(abspath $(BUILD))/css
	for f in $(CSS_OUT); do cmp $$f $(BUILD)/css/$$(basename $$f) || { echo "run make css"; exit 1; }; done
