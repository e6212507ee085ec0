/* feed_fold: what is written in different ways made one way, for names and range words (a small part of
 * Unicode's NFKC): full-width letters, digits and signs as ASCII, half-width kana full, dashes and waves one
 * each, spaces one, ASCII letters small; (R), (TM) and (C) left out. */
#pragma once
#include "base/text.h"

void feed_fold(const char *string, struct text *out);
