#include "ledger/parquet.h"
#include "base/memory.h"
#include "ledger/engine.h"
#include <string.h>

enum { PARQUET_BATCH = 4096, PARQUET_SQL_MOST = 1 << 16 };

/* PARQUET_VERSION V2 gives DELTA_BINARY_PACKED for sorted sources and times; beyond 4096 distinct values a
 * dictionary of them costs more than the deltas (measured: bench/README.md). */
static const char copy_options[] =
    " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION 'V2', DICTIONARY_SIZE_LIMIT 4096,"
    " USE_TMP_FILE false)";

struct parquet {
    struct engine engine;
    const struct points *points;
    struct sightings_in in;
    struct sighting *batch;
    size_t at, count;
    struct sighting last; /* the one before the next, where there is one */
    bool begun;
    int32_t day; /* being written */
    uint64_t rows;
};

enum column {
    POINT,
    KIND,
    PROTOCOL,
    PORT,
    SOURCE_HIGH,
    SOURCE_LOW,
    COUNTRY,
    ACCESSES,
    FIRST_S,
    LASTED_S,
    COLUMNS
};

static void add_enum(duckdb_bind_info info, const char *name, const char *const *members, size_t count)
{
    duckdb_logical_type type = duckdb_create_enum_type((const char **)members, count);
    duckdb_bind_add_result_column(info, name, type);
    duckdb_destroy_logical_type(&type);
}

static void add_plain(duckdb_bind_info info, const char *name, duckdb_type plain)
{
    duckdb_logical_type type = duckdb_create_logical_type(plain);
    duckdb_bind_add_result_column(info, name, type);
    duckdb_destroy_logical_type(&type);
}

/* Names travel as enums: DuckDB writes them as dictionary strings without hashing each one again. */
static void bind(duckdb_bind_info info)
{
    const struct parquet *parquet = duckdb_bind_get_extra_info(info);
    add_enum(info, "point", (const char *const *)parquet->points->names, parquet->points->count);
    add_enum(info, "kind", sighting_kind_names, SIGHTING_BACKSCATTER + 1);
    add_enum(info, "protocol", sighting_protocol_names, SIGHTING_IP + 1);
    add_plain(info, "port", DUCKDB_TYPE_USMALLINT);
    add_plain(info, "source_high", DUCKDB_TYPE_UBIGINT);
    add_plain(info, "source_low", DUCKDB_TYPE_UBIGINT);
    add_plain(info, "country", DUCKDB_TYPE_VARCHAR);
    add_plain(info, "accesses", DUCKDB_TYPE_UBIGINT);
    add_plain(info, "first_s", DUCKDB_TYPE_BIGINT);
    add_plain(info, "lasted_s", DUCKDB_TYPE_BIGINT);
}

static void init(duckdb_init_info info)
{
    duckdb_init_set_max_threads(info, 1); /* one stream, in order */
}

static bool more(struct parquet *parquet)
{
    if (parquet->at == parquet->count) {
        parquet->count = parquet->in.next(parquet->in.context, parquet->batch, PARQUET_BATCH);
        parquet->at = 0;
    }
    return parquet->at < parquet->count;
}

/* The columns of one chunk, as arrays. */
struct arrays {
    uint8_t *point_8, *kind, *protocol;
    uint16_t *point_16, *port;
    uint64_t *source_high, *source_low, *accesses;
    int64_t *first_s, *lasted_s;
    duckdb_string_t *country;
    duckdb_vector country_vector;
};

static void *array(duckdb_data_chunk chunk, enum column column)
{
    return duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column));
}

static struct arrays arrays_of(duckdb_data_chunk chunk, size_t points)
{
    bool narrow = points <= UINT8_MAX; /* as DuckDB chooses an enum's width */
    return (struct arrays){
        .point_8 = narrow ? array(chunk, POINT) : NULL,
        .point_16 = narrow ? NULL : array(chunk, POINT),
        .kind = array(chunk, KIND),
        .protocol = array(chunk, PROTOCOL),
        .port = array(chunk, PORT),
        .source_high = array(chunk, SOURCE_HIGH),
        .source_low = array(chunk, SOURCE_LOW),
        .country = array(chunk, COUNTRY),
        .country_vector = duckdb_data_chunk_get_vector(chunk, COUNTRY),
        .accesses = array(chunk, ACCESSES),
        .first_s = array(chunk, FIRST_S),
        .lasted_s = array(chunk, LASTED_S),
    };
}

static void set_country(const struct arrays *arrays, size_t row, const char country[2])
{
    if (country[0] == '\0') {
        duckdb_vector_ensure_validity_writable(arrays->country_vector);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(arrays->country_vector), row);
        return;
    }
    duckdb_string_t string = {.value.inlined = {.length = 2, .inlined = {country[0], country[1]}}};
    arrays->country[row] = string;
}

static void set_row(const struct arrays *arrays, size_t row, const struct sighting *sighting)
{
    if (arrays->point_8 != NULL)
        arrays->point_8[row] = (uint8_t)sighting->point;
    else
        arrays->point_16[row] = sighting->point;
    arrays->kind[row] = sighting->kind;
    arrays->protocol[row] = sighting->protocol;
    arrays->port[row] = sighting->port;
    arrays->source_high[row] = sighting->source.high;
    arrays->source_low[row] = sighting->source.low;
    set_country(arrays, row, sighting->country);
    arrays->accesses[row] = sighting->accesses;
    arrays->first_s[row] = sighting->first_s;
    arrays->lasted_s[row] = sighting->last_s - sighting->first_s;
}

/* A stream that breaks its promise would be stored wrongly and for good. */
static bool keeps_promise(const struct parquet *parquet, const struct sighting *sighting)
{
    return sighting->point < parquet->points->count && sighting->kind <= SIGHTING_BACKSCATTER &&
           sighting->protocol <= SIGHTING_IP && sighting->last_s >= sighting->first_s &&
           sighting->accesses > 0 && (!parquet->begun || sighting_compare(&parquet->last, sighting) < 0);
}

static void fill(duckdb_function_info info, duckdb_data_chunk chunk)
{
    struct parquet *parquet = duckdb_function_get_extra_info(info);
    struct arrays arrays = arrays_of(chunk, parquet->points->count);
    size_t most = duckdb_vector_size(), row = 0;
    for (; row < most && more(parquet); row++) {
        const struct sighting *sighting = &parquet->batch[parquet->at];
        if (sighting->day != parquet->day)
            break;
        if (!keeps_promise(parquet, sighting)) {
            duckdb_function_set_error(info, "sightings come out of order or out of range");
            return;
        }
        set_row(&arrays, row, sighting);
        parquet->last = *sighting;
        parquet->begun = true;
        parquet->at++;
    }
    parquet->rows += row;
    duckdb_data_chunk_set_size(chunk, row);
}

static bool register_stream(struct parquet *parquet, struct fault *fault)
{
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "arriving");
    duckdb_table_function_set_extra_info(function, parquet, NULL);
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, init);
    duckdb_table_function_set_function(function, fill);
    duckdb_state state = duckdb_register_table_function(parquet->engine.connection, function);
    duckdb_destroy_table_function(&function);
    return state == DuckDBSuccess || fault_set(fault, "DuckDB takes no table function");
}

struct parquet *parquet_new(const struct points *points, struct sightings_in in, struct fault *fault)
{
    OWNED(parquet_free) struct parquet *parquet = memory_new(1, sizeof *parquet);
    parquet->points = points;
    parquet->in = in;
    parquet->batch = memory_new(PARQUET_BATCH, sizeof *parquet->batch);
    if (!engine_open(&parquet->engine, "256MB", NULL, fault) || !register_stream(parquet, fault))
        return NULL;
    return HANDOVER(parquet);
}

void parquet_free(struct parquet *parquet)
{
    if (parquet == NULL)
        return;
    engine_close(&parquet->engine);
    free(parquet->batch);
    free(parquet);
}

bool parquet_day(struct parquet *parquet, int32_t *day)
{
    if (!more(parquet))
        return false;
    *day = parquet->batch[parquet->at].day;
    return true;
}

bool parquet_write(struct parquet *parquet, const char *path, uint64_t *rows, struct fault *fault)
{
    CLEANUP(text_clear) struct text sql;
    text_init(&sql, PARQUET_SQL_MOST);
    text_add_string(&sql, "COPY (FROM arriving()) TO ");
    engine_add_literal(&sql, path);
    text_add_string(&sql, copy_options);
    if (!text_whole(&sql))
        return fault_set(fault, "'%s': the path is too long", path);
    parquet->rows = 0;
    if (!parquet_day(parquet, &parquet->day))
        return fault_set(fault, "'%s': there are no sightings to write", path);
    if (!engine_run(&parquet->engine, sql.bytes, fault)) /* says the path where it matters */
        return false;
    *rows = parquet->rows;
    return true;
}
