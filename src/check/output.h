/* output: findings in the forms a user can ask for: text for a person, JSON, SARIF 2.1.0, a page. */
#pragma once
#include "check/check.h"
#include <stdio.h>

/* To standard output as check_options say, and a page too where --html names a file: first the page, so that
 * a disk that is full is heard of before anything is shown. */
bool output_write(const struct check *check, const struct findings *findings, struct fault *fault);

/* Each to `out`, a piece at a time. */
void output_json(const struct check *check, const struct findings *findings, FILE *out);
void output_sarif(const struct check *check, const struct findings *findings, FILE *out);
void output_text(const struct check *check, const struct findings *findings, FILE *out);
/* The whole page. */
bool output_html(const struct check *check, const struct findings *findings, struct text *out,
                 struct fault *fault);
