# SPDX-License-Identifier: EUPL-1.2
# Programs that show that nothing acknowledged is ever lost (tests/crash).
CRASHSRC := $(wildcard tests/crash/*.c)
# The program without its commands: these have a main of their own.
CRASHOBJ := $(filter-out $(BUILD)/src/cli/%,$(OBJ))

$(BUILD)/peil-powercut: $(CRASHOBJ) $(BUILD)/tests/crash/powercut.o $(BUILD)/tests/crash/vfs_record.o
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ $(LIBS)

$(BUILD)/peil-kill9: $(CRASHOBJ) $(BUILD)/tests/crash/kill9.o $(BUILD)/tests/crash/client.o
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ $(LIBS)

-include $(CRASHSRC:%.c=$(BUILD)/%.d)
