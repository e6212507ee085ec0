/* hive: a hive of Windows' registry as libhivex writes one, from a few lines of text:
 *
 *     [Microsoft\Windows NT\CurrentVersion]
 *     "ProductName"="Windows 10 Pro"
 *     @="the default value"
 *     "UBR"=dword:1a2b
 *     "Big"=qword:100000000
 *     "Path"=expand:%SystemRoot%\x
 *     "Many"=multi:one|two
 *     "Raw"=hex:0102ff
 *     "Odd"=7:00          any type by its number, bytes as hex
 *
 * and the same bytes each time. */
#pragma once
#include <stdbool.h>

/* False, with what is wrong on standard error. */
bool made_hive(const char *text, const char *path);
