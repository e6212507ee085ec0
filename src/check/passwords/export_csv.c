#include "check/passwords/export.h"
#include "base/number.h"
#include <string.h>
#include <strings.h>

enum { NO_COLUMN = EXPORT_COLUMNS_MOST };
static const uint64_t day_ms = UINT64_C(86400000);

/* Where each column of the format is in this file. */
struct places {
    size_t of[EXPORT_COLUMN_COUNT];
};

static void find_places(const struct export_format *format, const struct export_row *header,
                        struct places *places)
{
    for (size_t i = 0; i < EXPORT_COLUMN_COUNT; i++) {
        places->of[i] = NO_COLUMN;
        for (size_t k = 0; k < header->count && format->columns[i] != NULL; k++)
            if (strcasecmp(header->cells[k], format->columns[i]) == 0)
                places->of[i] = k;
    }
}

static const char *cell(const struct export_row *row, const struct places *places, enum export_column column)
{
    return places->of[column] == NO_COLUMN ? "" : row->cells[places->of[column]];
}

static int32_t day_of(const char *ms)
{
    uint64_t value;
    if (!number_parse(ms, strlen(ms), INT32_MAX * day_ms, &value) || value == 0)
        return LOGIN_NO_DAY;
    return (int32_t)(value / day_ms);
}

static bool is_login(const struct export_row *row, const struct places *places)
{
    const char *kind = cell(row, places, EXPORT_KIND);
    return kind[0] == '\0' || strcasecmp(kind, "login") == 0;
}

static bool check_row(const struct export_row *row, size_t columns, const char *name, struct fault *fault)
{
    if (row->count != columns)
        return fault_set(fault, "%s:%zu: the row has %zu cells (expected %zu, as the header has)", name,
                         row->line, row->count, columns);
    return true;
}

static bool take_row(struct logins *logins, const struct export_row *row, const struct places *places,
                     const char *name, struct fault *fault)
{
    struct login login = {.service = cell(row, places, EXPORT_SERVICE),
                          .address = cell(row, places, EXPORT_ADDRESS),
                          .user = cell(row, places, EXPORT_USER),
                          .password = cell(row, places, EXPORT_PASSWORD),
                          .one_time_code = cell(row, places, EXPORT_CODE)[0] != '\0',
                          .used_day = day_of(cell(row, places, EXPORT_USED_MS)),
                          .line = row->line};
    return !is_login(row, places) || logins_add(logins, &login, name, fault);
}

bool export_read_csv(struct logins *logins, const char *name, char *bytes, size_t length, struct fault *fault)
{
    struct export_rows rows = {name, bytes, bytes + length, 1};
    struct export_row row;
    enum export_next next = export_rows_next(&rows, &row, fault);
    if (next == EXPORT_BAD)
        return false;
    const struct export_format *format = next == EXPORT_ROW ? export_format_of(row.cells, row.count) : NULL;
    if (format == NULL)
        return fault_set(fault, "%s:1: the header is of no export that is known (expected %s)", name,
                         export_known);
    struct places places;
    size_t columns = row.count;
    find_places(format, &row, &places);
    logins->format = format->name;
    logins->has_lines = true;
    logins->tells_used = places.of[EXPORT_USED_MS] != NO_COLUMN;
    logins->tells_one_time_code = places.of[EXPORT_CODE] != NO_COLUMN;
    while ((next = export_rows_next(&rows, &row, fault)) == EXPORT_ROW)
        if (!check_row(&row, columns, name, fault) || !take_row(logins, &row, &places, name, fault))
            return false;
    return next == EXPORT_END;
}
