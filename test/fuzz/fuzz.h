/* fuzz: what a target is. It stops the process (abort) where something that must hold does not. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            abort();                                                                                         \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
