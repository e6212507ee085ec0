/* markup: the little SVG and HTML that is written in C: escaped, and named for who cannot see it. */
#pragma once
#include "base/text.h"
#include <stddef.h>

void markup_text(struct text *out, const char *bytes, size_t length); /* & < > " ' escaped */
void markup_svg_open(struct text *out, double width, double height, const char *id);
void markup_named(struct text *out, const char *id, const char *title, const char *description);

/* Six small bars, the last in the accent's colour: beside a key figure. Purely decorative, hidden from
 * readers aloud. */
void markup_spark(struct text *out, const unsigned long *values, size_t count);
