#include "check/ignore.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/csv.h"
#include "base/memory.h"
#include "base/words.h"
#include <string.h>

enum column { COLUMN_CHECK, COLUMN_ID, COLUMN_SUBJECT, COLUMN_UNTIL, COLUMN_REASON, COLUMNS };
static const char *const columns[COLUMNS] = {"check", "id", "subject", "until", "reason"};

/* A list that is being read. */
struct reading {
    struct ignore *ignore;
    const char *path;
    size_t places[COLUMNS]; /* of each column, its cell */
    size_t width, capacity;
};

bool ignore_fits(const char *pattern, const char *word)
{
    const char *star = NULL, *again = NULL; /* the last *, and where in `word` it is tried next */
    while (*word != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            again = word;
        } else if (*pattern == *word) {
            pattern++, word++;
        } else if (star != NULL) {
            pattern = star + 1;
            word = ++again;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

static bool read_header(struct reading *reading, const struct csv_row *row, struct fault *fault)
{
    for (size_t i = 0; i < COLUMNS; i++)
        reading->places[i] = SIZE_MAX;
    for (size_t cell = 0; cell < row->count; cell++) {
        size_t i = 0;
        while (i < COLUMNS && strcmp(columns[i], row->cells[cell]) != 0)
            i++;
        if (i == COLUMNS || reading->places[i] != SIZE_MAX)
            return fault_set(fault, "%s:%zu: '%.100s' is %s (expected check,id,subject,until,reason)",
                             reading->path, row->line, row->cells[cell],
                             i == COLUMNS ? "no column" : "a column twice");
        reading->places[i] = cell;
    }
    reading->width = row->count;
    return row->count == COLUMNS ||
           fault_set(fault, "%s:%zu: a column is missing (expected check,id,subject,until,reason)",
                     reading->path, row->line);
}

static const struct check *find_check(const char *name)
{
    for (size_t i = 0; checks[i] != NULL; i++)
        if (strcmp(check_name(checks[i]), name) == 0)
            return checks[i];
    return NULL;
}

/* `id` may hold *, but must name one of the check's at least: a slip would ignore nothing for ever. */
static bool knows_id(const struct check *check, const char *id)
{
    for (const struct check_id *known = check->ids; known->id != NULL; known++)
        if (ignore_fits(id, known->id))
            return true;
    return false;
}

static bool judge_cells(const char *const cells[COLUMNS], struct fault *fault)
{
    const struct check *check = find_check(cells[COLUMN_CHECK]);
    for (size_t i = 0; i < COLUMNS; i++)
        if (cells[i][strspn(cells[i], " \t")] == '\0')
            return fault_set(fault, "'%s' is empty (expected %s)", columns[i],
                             i == COLUMN_REASON ? "a reason" : "check,id,subject,until,reason, all of them");
        else if (strlen(cells[i]) > IGNORE_WORD_MOST)
            return fault_set(fault, "'%s' is too long (expected at most %d bytes)", columns[i],
                             IGNORE_WORD_MOST);
    if (check == NULL)
        return fault_set(fault, "'check' is '%.100s' (expected the name of a check: versions, passwords)",
                         cells[COLUMN_CHECK]);
    return knows_id(check, cells[COLUMN_ID]) ||
           fault_set(fault, "'id' is '%.100s' (expected one of 'mimamori check %s', such as %s)",
                     cells[COLUMN_ID], check_name(check), check->ids[0].id);
}

static bool add_entry(struct reading *reading, const char *const cells[COLUMNS], struct fault *fault)
{
    struct ignore *ignore = reading->ignore;
    int32_t until;
    if (!calendar_parse_day(cells[COLUMN_UNTIL], &until))
        return fault_set(fault, "'until' is '%.100s' (expected a day that exists, YYYY-MM-DD)",
                         cells[COLUMN_UNTIL]);
    if (ignore->count == IGNORE_MOST)
        return fault_set(fault, "too many entries (expected at most %d)", IGNORE_MOST);
    if (ignore->count == reading->capacity) {
        reading->capacity = reading->capacity == 0 ? 16 : 2 * reading->capacity;
        ignore->entries = memory_resize(ignore->entries, reading->capacity, sizeof *ignore->entries);
    }
    const char *kept[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        kept[i] = arena_string(&ignore->arena, cells[i], strlen(cells[i]));
    ignore->entries[ignore->count++] = (struct ignore_entry){
        kept[COLUMN_CHECK], kept[COLUMN_ID], kept[COLUMN_SUBJECT], kept[COLUMN_REASON], until};
    return true;
}

static bool read_entry(struct reading *reading, const struct csv_row *row, struct fault *fault)
{
    const char *cells[COLUMNS];
    if (row->count != reading->width)
        return fault_set(fault, "%s:%zu: %zu cells (expected %zu, as in the header)", reading->path,
                         row->line, row->count, reading->width);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = row->cells[reading->places[i]];
    return (judge_cells(cells, fault) && add_entry(reading, cells, fault)) ||
           fault_while(fault, "%s:%zu", reading->path, row->line);
}

OWNED_TYPE(csv_reader_free, struct csv_reader)

bool ignore_open(struct ignore *ignore, const char *path, struct fault *fault)
{
    *ignore = (struct ignore){0};
    arena_init(&ignore->arena);
    struct reading reading = {.ignore = ignore, .path = path};
    OWNED(csv_reader_free) struct csv_reader *reader = csv_reader_open(path, fault);
    struct csv_row row;
    bool well = reader != NULL;
    for (enum csv_next next; well && (next = csv_reader_next(reader, &row, fault)) != CSV_NEXT_END;) {
        well = next == CSV_NEXT_ROW;
        if (well)
            well =
                reading.width == 0 ? read_header(&reading, &row, fault) : read_entry(&reading, &row, fault);
    }
    if (well && reading.width == 0)
        well = fault_set(fault, "%s:1: the file is empty (expected check,id,subject,until,reason)", path);
    if (!well)
        ignore_clear(ignore);
    return well;
}

void ignore_clear(struct ignore *ignore)
{
    free(ignore->entries);
    arena_clear(&ignore->arena);
    *ignore = (struct ignore){0};
}

static bool names(const struct ignore_entry *entry, const struct finding *finding)
{
    return ignore_fits(entry->id, finding->id) && ignore_fits(entry->subject, finding->subject);
}

/* Of several entries that name it the one that lasts longest. */
static const struct ignore_entry *find_entry(const struct ignore *ignore, const struct check *check,
                                             const struct finding *finding)
{
    const struct ignore_entry *found = NULL;
    int32_t today = check_today();
    for (size_t i = 0; i < ignore->count; i++) {
        const struct ignore_entry *entry = &ignore->entries[i];
        bool counts = entry->until_day >= today && (found == NULL || entry->until_day > found->until_day);
        if (counts && strcmp(entry->check, check_name(check)) == 0 && names(entry, finding))
            found = entry;
    }
    return found;
}

static void say_lapsed(const struct ignore *ignore, const struct check *check, struct findings *findings)
{
    int32_t today = check_today();
    for (size_t i = 0; i < ignore->count; i++) {
        const struct ignore_entry *entry = &ignore->entries[i];
        char day[CALENDAR_DAY_SIZE];
        if (entry->until_day >= today || strcmp(entry->check, check_name(check)) != 0)
            continue;
        calendar_day_text(day, entry->until_day);
        findings_say(findings, _("An entry of the ignore list lapsed after %s and no longer counts: %s, %s."),
                     day, entry->id, entry->subject);
    }
}

void ignore_apply(const struct ignore *ignore, const char *name, const struct check *check,
                  struct findings *findings)
{
    size_t skipped = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        bool open = finding->result == CHECK_FAIL || finding->result == CHECK_UNKNOWN;
        const struct ignore_entry *entry = open ? find_entry(ignore, check, finding) : NULL;
        if (entry == NULL)
            continue;
        finding->was = finding->result;
        finding->result = CHECK_SKIPPED;
        finding->reason = findings_string(findings, entry->reason);
        finding->until_day = entry->until_day;
        skipped++;
    }
    findings_say(findings, _("The ignore list '%s' was used; findings passed over: %zu."), name, skipped);
    say_lapsed(ignore, check, findings);
}
