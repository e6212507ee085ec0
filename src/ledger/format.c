#include "ledger/format.h"
#include "base/csv.h"
#include "base/text.h"
#include <jansson.h>
#include <string.h>

enum { FORMAT_LINE_MOST = 512 << 20 };

static void put(struct text *line, FILE *out)
{
    fwrite(line->bytes, 1, line->length, out);
    text_empty(line);
}

/* Goes through the rows until the last, a fault, or a reader who is gone. */
static bool each_row(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault, bool *row)
{
    if (ferror(out))
        *row = false;
    else if (!answer_next(answer, row, fault))
        return false;
    *rows += *row;
    return true;
}

static bool csv(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault)
{
    CLEANUP(text_clear) struct text line;
    text_init(&line, FORMAT_LINE_MOST);
    for (size_t i = 0; i < answer_columns(answer); i++) {
        text_add_string(&line, i == 0 ? "" : ",");
        csv_write_cell(&line, answer_name(answer, i), false);
    }
    text_add_string(&line, "\n");
    put(&line, out);
    for (bool row;;) {
        if (!each_row(answer, out, rows, fault, &row))
            return false;
        if (!row)
            return true;
        for (size_t i = 0; i < answer_columns(answer); i++) {
            const char *cell = answer_cell(answer, i);
            text_add_string(&line, i == 0 ? "" : ",");
            csv_write_cell(&line, cell == NULL ? "" : cell, false);
        }
        text_add_string(&line, "\n");
        put(&line, out);
    }
}

static void json_text(const char *string, FILE *out)
{
    json_t *value = json_string(string);
    json_dumpf(value, out, JSON_ENCODE_ANY);
    json_decref(value);
}

/* JSON has no infinity and no NaN (RFC 8259 section 6). */
static bool is_json_number(const char *cell)
{
    return strspn(cell + (cell[0] == '-'), "0123456789") > 0;
}

static void json_cell(const struct answer *answer, size_t column, FILE *out)
{
    const char *cell = answer_cell(answer, column);
    enum answer_kind kind = answer_kind(answer, column);
    if (cell == NULL || (kind == ANSWER_NUMBER && !is_json_number(cell)))
        fputs("null", out);
    else if (kind == ANSWER_TEXT)
        json_text(cell, out);
    else
        fputs(cell, out);
}

static bool json(struct answer *answer, FILE *out, uint64_t *rows, struct fault *fault)
{
    fputs("[", out);
    for (bool row;;) {
        if (!each_row(answer, out, rows, fault, &row))
            return false;
        if (!row)
            break;
        fputs(*rows == 1 ? "\n{" : ",\n{", out);
        for (size_t i = 0; i < answer_columns(answer); i++) {
            fputs(i == 0 ? "" : ", ", out);
            json_text(answer_name(answer, i), out);
            fputs(": ", out);
            json_cell(answer, i, out);
        }
        fputs("}", out);
    }
    fputs(*rows == 0 ? "]\n" : "\n]\n", out);
    return true;
}

const struct format formats[] = {{"table", format_table}, {"csv", csv}, {"json", json}, {0}};
