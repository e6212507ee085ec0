/* Which styles show a day (ECMA-376 part 1, sections 18.8.10, 18.8.30, 18.8.31): a number in a cell is a day
 * only by the way it is shown. */
#include "base/memory.h"
#include "base/number.h"
#include "desk/xlsx.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FORMATS_MOST = 1024 };

struct styles {
    struct xlsx_styles *out;
    bool within; /* cellXfs: what cells' styles count through */
    size_t count, formats_count;
    struct {
        uint64_t id;
        bool day;
    } formats[FORMATS_MOST];
};

/* The end of what is shown as it stands: "...", \x, [...], _x and *x. 0: `at` begins none of these. */
static size_t literal(const char *at)
{
    const char *end;
    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end == NULL ? strlen(at) : (size_t)(end - at) + 1;
    case '[':
        end = strchr(at, ']');
        return end == NULL ? strlen(at) : (size_t)(end - at) + 1;
    case '\\':
    case '_':
    case '*':
        return at[1] == '\0' ? 1 : 2;
    default:
        return 0;
    }
}

/* y, d, and the Japanese era's g and e; not the E of 0.00E+00. */
bool xlsx_shows_day(const char *format)
{
    if (strncasecmp(format, "General", 7) == 0)
        return false;
    for (size_t skip; *format != '\0' && *format != ';';
         format += skip) { /* what follows ';' is of negatives */
        skip = literal(format);
        if (skip > 0)
            continue;
        skip = 1;
        if (strchr("yYdDgG", *format) != NULL)
            return true;
        if ((*format == 'e' || *format == 'E') && format[1] != '+' && format[1] != '-')
            return true;
    }
    return false;
}

/* Those that need no code of their own; 27 to 36 and 50 to 58 are days in East Asia's spreadsheets. */
static bool built_in_day(uint64_t id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58;
}

static uint64_t number_of(const char **attributes, const char *name)
{
    const char *written = xlsx_attribute(attributes, name);
    uint64_t number = 0;
    return written != NULL && number_parse(written, strlen(written), UINT32_MAX, &number) ? number : 0;
}

static bool is_day(const struct styles *styles, uint64_t id)
{
    for (size_t i = 0; i < styles->formats_count; i++)
        if (styles->formats[i].id == id)
            return styles->formats[i].day;
    return built_in_day(id);
}

static void begin(void *context, const char *name, const char **attributes)
{
    struct styles *styles = context;
    const char *code = xlsx_attribute(attributes, "formatCode");
    if (strcmp(name, "cellXfs") == 0)
        styles->within = true;
    if (strcmp(name, "numFmt") == 0 && code != NULL && styles->formats_count < FORMATS_MOST) {
        styles->formats[styles->formats_count].id = number_of(attributes, "numFmtId");
        styles->formats[styles->formats_count++].day = xlsx_shows_day(code);
    }
    if (strcmp(name, "xf") == 0 && styles->within && styles->count < XLSX_STYLES_MOST)
        styles->out->day[styles->count++] = is_day(styles, number_of(attributes, "numFmtId"));
}

static void end(void *context, const char *name)
{
    struct styles *styles = context;
    if (strcmp(name, "cellXfs") == 0)
        styles->within = false;
}

void xlsx_styles_read(struct xlsx *xlsx, const char *part, struct xlsx_styles *styles)
{
    struct styles *reading = memory_new(1, sizeof *reading);
    reading->out = styles;
    const struct xlsx_reader reader = {.begin = begin, .end = end, .context = reading};
    if (part[0] != '\0')
        xlsx_read(xlsx, part, &reader);
    free(reading);
}
