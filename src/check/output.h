/* output: findings in the forms a user can ask for: text for a person, JSON, SARIF 2.1.0, a page. */
#pragma once
#include "check/check.h"

/* To standard output, or the file of --html, by check_options. */
bool output_write(const struct check *check, const struct findings *findings, struct fault *fault);
