#include "ledger/answer.h"
#include "base/memory.h"
#include "ledger/engine.h"
#include <string.h>

enum { ANSWER_ROW_MOST = 256 << 20 };

struct answer {
    duckdb_prepared_statement statement;
    duckdb_result result;
    bool running;
    size_t columns;
    char **names;
    enum answer_kind *kinds;
    duckdb_data_chunk chunk;
    idx_t row, rows; /* in the chunk: the row given last, and how many there are */
    struct text cells;
    size_t *offsets; /* of each cell in `cells`; SIZE_MAX: null */
};

static enum answer_kind kind_of(duckdb_type type)
{
    static const bool numbers[] = {
        [DUCKDB_TYPE_TINYINT] = true,  [DUCKDB_TYPE_SMALLINT] = true, [DUCKDB_TYPE_INTEGER] = true,
        [DUCKDB_TYPE_BIGINT] = true,   [DUCKDB_TYPE_UTINYINT] = true, [DUCKDB_TYPE_USMALLINT] = true,
        [DUCKDB_TYPE_UINTEGER] = true, [DUCKDB_TYPE_UBIGINT] = true,  [DUCKDB_TYPE_FLOAT] = true,
        [DUCKDB_TYPE_DOUBLE] = true,   [DUCKDB_TYPE_HUGEINT] = true,  [DUCKDB_TYPE_UHUGEINT] = true,
        [DUCKDB_TYPE_DECIMAL] = true,
    };
    if (type == DUCKDB_TYPE_BOOLEAN)
        return ANSWER_BOOLEAN;
    return (size_t)type < sizeof numbers / sizeof *numbers && numbers[type] ? ANSWER_NUMBER : ANSWER_TEXT;
}

static bool prepare(struct answer *answer, struct tables *tables, const char *sql, struct fault *fault)
{
    duckdb_destroy_prepare(&answer->statement);
    if (duckdb_prepare(tables_connection(tables), sql, &answer->statement) == DuckDBSuccess)
        return true;
    return engine_fault(fault, duckdb_prepare_error(answer->statement));
}

/* Names and kinds as the user's own statement has them. False where every column is text already. */
static bool describe(struct answer *answer)
{
    bool others = false;
    answer->columns = duckdb_prepared_statement_column_count(answer->statement);
    answer->names = memory_new(answer->columns, sizeof *answer->names);
    answer->kinds = memory_new(answer->columns, sizeof *answer->kinds);
    answer->offsets = memory_new(answer->columns, sizeof *answer->offsets);
    for (size_t i = 0; i < answer->columns; i++) {
        const char *name = duckdb_prepared_statement_column_name(answer->statement, i);
        duckdb_type type = duckdb_prepared_statement_column_type(answer->statement, i);
        answer->names[i] = memory_string(name == NULL ? "" : name);
        duckdb_free((void *)name);
        answer->kinds[i] = kind_of(type);
        others = others || type != DUCKDB_TYPE_VARCHAR;
    }
    return others;
}

/* DuckDB knows best how its types are written: it is asked for text. */
static bool ask_for_text(struct answer *answer, struct tables *tables, const char *sql, struct fault *fault)
{
    CLEANUP(text_clear) struct text wrapped;
    text_init(&wrapped, TABLES_SQL_MOST);
    text_add_string(&wrapped, "SELECT COLUMNS(*)::VARCHAR FROM ");
    tables_add_inside(&wrapped, sql);
    text_add_string(&wrapped, " AS answer(");
    for (size_t i = 0; i < answer->columns; i++)
        text_addf(&wrapped, "%scolumn_%zu", i == 0 ? "" : ", ", i);
    text_add_string(&wrapped, ")");
    if (!text_whole(&wrapped))
        return fault_set(fault, "the statement is too long (expected less than %d bytes)",
                         TABLES_SQL_MOST / 2);
    return prepare(answer, tables, wrapped.bytes, fault);
}

static bool run(struct answer *answer, struct fault *fault)
{
    duckdb_pending_result pending;
    bool begun = duckdb_pending_prepared_streaming(answer->statement, &pending) == DuckDBSuccess;
    if (!begun)
        engine_fault(fault, duckdb_pending_error(pending));
    bool running = begun && duckdb_execute_pending(pending, &answer->result) == DuckDBSuccess;
    if (begun && !running)
        engine_fault(fault, duckdb_result_error(&answer->result));
    answer->running = begun; /* there is a result to destroy, also one that failed */
    duckdb_destroy_pending(&pending);
    return running;
}

struct answer *answer_open(struct tables *tables, const char *sql, struct fault *fault)
{
    if (!tables_reads_only(tables, sql, fault))
        return NULL;
    OWNED(answer_free) struct answer *answer = memory_new(1, sizeof *answer);
    text_init(&answer->cells, ANSWER_ROW_MOST);
    if (!prepare(answer, tables, sql, fault))
        return NULL;
    if (describe(answer) && !ask_for_text(answer, tables, sql, fault))
        return NULL;
    return run(answer, fault) ? HANDOVER(answer) : NULL;
}

void answer_free(struct answer *answer)
{
    if (answer == NULL)
        return;
    if (answer->chunk != NULL)
        duckdb_destroy_data_chunk(&answer->chunk);
    if (answer->running)
        duckdb_destroy_result(&answer->result);
    duckdb_destroy_prepare(&answer->statement);
    for (size_t i = 0; i < answer->columns; i++)
        free(answer->names[i]);
    free(answer->names);
    free(answer->kinds);
    free(answer->offsets);
    text_clear(&answer->cells);
    free(answer);
}

size_t answer_columns(const struct answer *answer)
{
    return answer->columns;
}

const char *answer_name(const struct answer *answer, size_t column)
{
    return answer->names[column];
}

enum answer_kind answer_kind(const struct answer *answer, size_t column)
{
    return answer->kinds[column];
}

static bool next_chunk(struct answer *answer, struct fault *fault)
{
    if (answer->chunk != NULL)
        duckdb_destroy_data_chunk(&answer->chunk);
    answer->row = 0;
    answer->chunk = duckdb_fetch_chunk(answer->result);
    answer->rows = answer->chunk == NULL ? 0 : duckdb_data_chunk_get_size(answer->chunk);
    const char *message = answer->chunk == NULL ? duckdb_result_error(&answer->result) : NULL;
    return message == NULL || message[0] == '\0' || engine_fault(fault, message);
}

static void take_cell(struct answer *answer, size_t column)
{
    duckdb_vector vector = duckdb_data_chunk_get_vector(answer->chunk, column);
    uint64_t *valid = duckdb_vector_get_validity(vector);
    if (valid != NULL && !duckdb_validity_row_is_valid(valid, answer->row)) {
        answer->offsets[column] = SIZE_MAX;
        return;
    }
    duckdb_string_t *string = (duckdb_string_t *)duckdb_vector_get_data(vector) + answer->row;
    answer->offsets[column] = answer->cells.length;
    text_add(&answer->cells, duckdb_string_t_data(string), duckdb_string_t_length(*string));
    text_add_byte(&answer->cells, '\0');
}

bool answer_next(struct answer *answer, bool *row, struct fault *fault)
{
    answer->row++;
    while (answer->chunk == NULL || answer->row >= answer->rows) {
        if (!next_chunk(answer, fault))
            return false;
        if (answer->chunk == NULL) {
            *row = false;
            return true;
        }
    }
    text_empty(&answer->cells);
    for (size_t i = 0; i < answer->columns; i++)
        take_cell(answer, i);
    *row = true;
    return text_whole(&answer->cells) ||
           fault_set(fault, "a row is too long (expected less than %d bytes)", ANSWER_ROW_MOST);
}

const char *answer_cell(const struct answer *answer, size_t column)
{
    return answer->offsets[column] == SIZE_MAX ? NULL : answer->cells.bytes + answer->offsets[column];
}
