/* pe: a program file of Windows that holds nothing but what it says of its version, from a few lines of text:
 *
 *     bits=64                 or 32
 *     file=115.0.2.0
 *     product=115.0.2.0
 *     CompanyName=Mozilla     any text of the version resource
 */
#pragma once
#include <stdbool.h>

/* False, with what is wrong on standard error. */
bool made_pe(const char *text, const char *path);
