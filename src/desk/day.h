/* day: a day as people in Japan write it: 2026-11-03, 2026/11/3, 2026.11.3, 20261103, 2026年11月3日,
 * 令和8年11月3日, R8.11.3, and the eras before. In narrow characters (desk/narrow.h). */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* False: not a day that exists. */
bool day_parse(const char *string, int32_t *day);
