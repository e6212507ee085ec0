#include "ledger/views.h"
#include "ledger/engine.h"

static const char no_sightings[] = "SELECT NULL::DATE AS day, NULL::VARCHAR AS point, NULL::VARCHAR AS kind, "
                                   "NULL::VARCHAR AS protocol, NULL::USMALLINT AS port,"
                                   " NULL::UBIGINT AS source_high, NULL::UBIGINT AS source_low, "
                                   "NULL::VARCHAR AS country, NULL::UBIGINT AS accesses,"
                                   " NULL::BIGINT AS first_s, NULL::BIGINT AS last_s WHERE false";
static const char single_columns[] =
    " UNION ALL SELECT file_day(filename), point, kind, protocol, port, "
    "coalesce(source_high, 0)::UBIGINT, source_low, country, accesses, first_s,"
    " first_s + coalesce(lasted_s, 0) FROM read_parquet([";
static const char many_columns[] =
    " UNION ALL SELECT file_day(filename), point, kind, protocol, port, coalesce(source_high, 0)::UBIGINT, "
    "source_low, "
    "min(country),"
    " sum(accesses)::UBIGINT, min(first_s), max(first_s + coalesce(lasted_s, 0)) FROM read_parquet([";
static const char all_rows[] = "], filename = true)";
static const char many_key[] = "], filename = true) GROUP BY file_day(filename), point, kind, protocol, "
                               "port, coalesce(source_high, 0)::UBIGINT, source_low";

static const char sums_columns[] = "SELECT day, point, kind, protocol, port::INTEGER AS port, country, "
                                   "sum(accesses)::BIGINT AS accesses, count(*) AS sources FROM (";
static const char sums_key[] = ") GROUP BY day, point, kind, protocol, port, country";

/* first_seen and last_seen are UTC, as TIMESTAMP without a zone: a day of the ledger's zone may begin on the
 * day before. */
static const char sighting_view[] =
    "CREATE VIEW sighting AS SELECT day, point, kind, protocol, port::INTEGER AS port, "
    "address_text(source_high, source_low) AS source,"
    " country, accesses::BIGINT AS accesses, make_timestamp(first_s * 1000000) AS first_seen,"
    " make_timestamp(last_s * 1000000) AS last_seen FROM (";
static const char summary_columns[] =
    " UNION ALL SELECT file_day(filename), point, kind, protocol, port::INTEGER, country, accesses::BIGINT, "
    "sources::BIGINT FROM read_parquet([";

static void add_paths(struct text *sql, const struct snapshot_files *files, bool many)
{
    size_t listed = 0;
    for (size_t at = 0, same; at < files->count; at += same) {
        same = snapshot_same_day(files, at);
        for (size_t i = at; i < at + same && (same > 1) == many; i++) {
            text_add_string(sql, listed++ == 0 ? "" : ",");
            engine_add_literal(sql, files->items[i].path);
        }
    }
}

/* Days that lie in one file are read as they are, days that lie in many are merged by the key. */
static bool any(const struct snapshot_files *files, bool many)
{
    for (size_t at = 0; at < files->count; at += snapshot_same_day(files, at))
        if ((snapshot_same_day(files, at) > 1) == many)
            return true;
    return false;
}

static void add_part(struct text *sql, const char *columns, const struct snapshot_files *files, bool many)
{
    if (!any(files, many))
        return;
    text_add_string(sql, columns);
    add_paths(sql, files, many);
    text_add_string(sql, many ? many_key : all_rows);
}

void views_add_sightings(struct text *sql, const struct snapshot_files *files)
{
    text_add_string(sql, no_sightings);
    add_part(sql, single_columns, files, false);
    add_part(sql, many_columns, files, true);
}

void views_add_sums(struct text *sql, const struct snapshot_files *files)
{
    text_add_string(sql, sums_columns);
    views_add_sightings(sql, files);
    text_add_string(sql, sums_key);
}

void views_add_all(struct text *sql, const struct snapshot *snapshot)
{
    text_add_string(sql, sighting_view);
    views_add_sightings(sql, &snapshot->sightings);
    text_add_string(sql, "); CREATE VIEW summary AS ");
    views_add_sums(sql, &snapshot->unsummed);
    add_part(sql, summary_columns, &snapshot->summaries, false);
}
