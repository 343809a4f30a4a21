# SPDX-License-Identifier: EUPL-1.2
# The front door. `make help` lists what there is.
ifeq ($(origin CC),default)
CC      := gcc
endif
BUILD   ?= build
CFLAGS  ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LDFLAGS ?= -Wl,-z,relro,-z,now
SAN     ?=
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
           -Wwrite-strings -Wcast-qual -Wformat=2 -Werror
PGINC   := $(shell pkg-config --cflags libpq 2>/dev/null)
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(CFLAGS) $(SAN) $(WARN) -Isrc -I$(BUILD)/gen -I$(BUILD) -Itests $(PGINC) -MMD -MP
LIBS    := -lmicrohttpd -lsqlite3 -lpq -lsodium -lexpat -ljansson -lical -lxlsxwriter -lz -lm -lpthread

GEN     := $(BUILD)/gen
TOOLS   := $(BUILD)/tools
SRC     := $(wildcard src/base/*.c src/store/*.c src/register/*.c src/measure/*.c src/forecast/*.c src/account/*.c \
           src/exchange/*.c src/web/*.c src/cli/*.c)
SQL     := $(wildcard src/store/sql/*.sql)
TPL     := $(wildcard src/web/tpl/*.html)
STATIC  := $(sort $(wildcard src/web/static/*))
SCHEMA  := $(sort $(wildcard src/store/schema/*.sql))
TESTSRC := $(wildcard tests/unit/*.c tests/store/*.c tests/http/*.c tests/stat/*.c)
GENSRC  := $(SQL:src/store/sql/%.sql=$(GEN)/sql_%.c) $(TPL:src/web/tpl/%.html=$(GEN)/tpl_%.c) $(GEN)/assets.c $(GEN)/sql_all.c $(GEN)/schema.c $(GEN)/catalogue.c
OBJ     := $(SRC:%.c=$(BUILD)/%.o) $(GENSRC:$(GEN)/%.c=$(BUILD)/gen/%.o)
TESTOBJ := $(TESTSRC:%.c=$(BUILD)/%.o)

include mk/install.mk
include mk/rules.mk
include mk/css.mk
include mk/check.mk
include mk/crash.mk
include mk/bench.mk
