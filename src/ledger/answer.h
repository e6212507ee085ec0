/* answer: what a stranger's SELECT gives, row by row as it is worked out, every cell as text. */
#pragma once
#include "ledger/tables.h"
#include <stddef.h>

enum answer_kind { ANSWER_TEXT, ANSWER_NUMBER, ANSWER_BOOLEAN };

struct answer;
/* Refuses what is not one statement that only reads. NULL on a fault. */
struct answer *answer_open(struct tables *tables, const char *sql, struct fault *fault);
void answer_free(struct answer *answer);
OWNED_TYPE(answer_free, struct answer)

size_t answer_columns(const struct answer *answer);
const char *answer_name(const struct answer *answer, size_t column);
enum answer_kind answer_kind(const struct answer *answer, size_t column);

/* The next row: *row is false after the last one. */
bool answer_next(struct answer *answer, bool *row, struct fault *fault);
/* A cell of this row, NUL-ended, valid until the next; NULL where it is null. */
const char *answer_cell(const struct answer *answer, size_t column);
