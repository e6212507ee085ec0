/* narrow: what people type, made plain: blanks at the ends go, full-width letters and digits become narrow
 * ones where width means nothing, and characters that would turn or hide what is shown (base/text.h) are
 * written out as [U+202E]: nothing that was typed is lost, and none of it is obeyed. */
#pragma once
#include "base/text.h"

enum narrow_how { NARROW_BLANKS, NARROW_WIDTH /* also: U+FF01 to U+FF5E, and every dash is '-' */ };
/* One line: a run of blanks and line ends is one space. `value` is UTF-8 without a NUL. */
void narrow_line(const char *value, size_t length, enum narrow_how how, struct text *out);
/* Many: line ends are '\n', blanks at the end of all go. */
void narrow_lines(const char *value, size_t length, struct text *out);
