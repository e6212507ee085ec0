#include "ledger/functions.h"
#include "base/address.h"
#include "base/memory.h"
#include <stdlib.h>
#include <string.h>

struct function {
    const char *name;
    duckdb_scalar_function_t run;
    duckdb_type result;
    duckdb_type parameters[2];
};

static const void *input(duckdb_data_chunk chunk, idx_t column)
{
    return duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column));
}

static void address_texts(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output)
{
    (void)info;
    const uint64_t *high = input(chunk, 0), *low = input(chunk, 1);
    char text[ADDRESS_TEXT_SIZE];
    for (idx_t i = 0, count = duckdb_data_chunk_get_size(chunk); i < count; i++) {
        address_text(text, (struct address){high[i], low[i]});
        duckdb_vector_assign_string_element(output, i, text);
    }
}

struct day_of {
    const char *path;
    size_t length;
    int32_t day;
};
struct day_index {
    struct day_of *items; /* by path */
    size_t count;
};

static int compare(const char *a, size_t a_length, const struct day_of *b)
{
    if (a_length != b->length)
        return a_length < b->length ? -1 : 1;
    return memcmp(a, b->path, a_length);
}

static int compare_days_of(const void *a_, const void *b_)
{
    const struct day_of *a = a_;
    return compare(a->path, a->length, b_);
}

static const struct day_of *find(const struct day_index *index, const char *path, size_t length)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(path, length, &index->items[middle]);
        if (order == 0)
            return &index->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static void file_days(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output)
{
    const struct day_index *index = duckdb_scalar_function_get_extra_info(info);
    const struct day_of *found = NULL;
    duckdb_string_t *paths = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0));
    int32_t *days = duckdb_vector_get_data(output);
    for (idx_t i = 0, count = duckdb_data_chunk_get_size(chunk); i < count; i++) {
        const char *path = duckdb_string_t_data(&paths[i]);
        size_t length = duckdb_string_t_length(paths[i]);
        if (found == NULL || compare(path, length, found) != 0) /* a chunk is mostly of one file */
            found = find(index, path, length);
        if (found == NULL) {
            duckdb_scalar_function_set_error(info, "file_day() knows the ledger's files only");
            return;
        }
        days[i] = found->day;
    }
}

static const struct function address_function = {
    "address_text", address_texts, DUCKDB_TYPE_VARCHAR, {DUCKDB_TYPE_UBIGINT, DUCKDB_TYPE_UBIGINT}};
static const struct function day_function = {"file_day", file_days, DUCKDB_TYPE_DATE, {DUCKDB_TYPE_VARCHAR}};

/* `extra` belongs to the function from here on. */
static bool add(struct engine *engine, const struct function *function, void *extra,
                duckdb_delete_callback_t free_extra)
{
    duckdb_scalar_function made = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(made, function->name);
    for (size_t i = 0; i < 2 && function->parameters[i] != DUCKDB_TYPE_INVALID; i++) {
        duckdb_logical_type type = duckdb_create_logical_type(function->parameters[i]);
        duckdb_scalar_function_add_parameter(made, type);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_logical_type result = duckdb_create_logical_type(function->result);
    duckdb_scalar_function_set_return_type(made, result);
    duckdb_destroy_logical_type(&result);
    duckdb_scalar_function_set_extra_info(made, extra, free_extra);
    duckdb_scalar_function_set_function(made, function->run);
    duckdb_state state = duckdb_register_scalar_function(engine->connection, made);
    duckdb_destroy_scalar_function(&made);
    return state == DuckDBSuccess;
}

static void index_files(struct day_index *index, const struct snapshot_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        index->items[index->count++] =
            (struct day_of){files->items[i].path, strlen(files->items[i].path), files->items[i].day};
}

static void index_free(void *index_)
{
    struct day_index *index = index_;
    free(index->items);
    free(index);
}

static struct day_index *index_new(const struct snapshot *snapshot)
{
    struct day_index *index = memory_new(1, sizeof *index);
    index->items =
        memory_new(snapshot->sightings.count + snapshot->summaries.count + 1, sizeof *index->items);
    index_files(index, &snapshot->sightings);
    index_files(index, &snapshot->summaries);
    qsort(index->items, index->count, sizeof *index->items, compare_days_of);
    return index;
}

bool functions_register(struct engine *engine, const struct snapshot *snapshot, struct fault *fault)
{
    return (add(engine, &address_function, NULL, NULL) &&
            add(engine, &day_function, index_new(snapshot), index_free)) ||
           fault_set(fault, "DuckDB takes no function");
}
