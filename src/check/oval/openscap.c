#include "check/oval/openscap.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "base/number.h"
#include "check/apart_program.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* Measured with libopenscap 1.3.7: Debian's 30,000 definitions take 13 s and 420 MB. */
static const struct apart_limits limits = {3u << 30, 120, 64u << 20};

/* Beside this very program (a copied folder), in the build tree that it was made in, else where it was
 * installed. */
static void program_path(char path[PATH_MAX])
{
    static const char name[] = "mimamori-check-openscap", build[] = MIMAMORI_BUILD_ROOT "/";
    char here[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", here, sizeof here - 1);
    here[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(here, '/');
    snprintf(path, PATH_MAX, "%.*s%s", slash == NULL ? 0 : (int)(slash - here + 1), here, name);
    if (slash != NULL && access(path, X_OK) == 0)
        return;
    bool built = strncmp(here, build, sizeof build - 1) == 0;
    snprintf(path, PATH_MAX, "%s/%s", built ? MIMAMORI_BUILD_ROOT "/src" : MIMAMORI_LIBEXEC_DIR, name);
}

static int file_of(const char *bytes, size_t length)
{
    int file = memfd_create("definitions", 0); /* the program inherits it */
    for (size_t at = 0; file >= 0 && at < length;) {
        ssize_t written = write(file, bytes + at, length - at);
        if (written < 0) {
            close(file);
            return -1;
        }
        at += (size_t)written;
    }
    return file;
}

enum field { WORD, ID, RESULT, CLASS, TITLE, REFERENCE, PRODUCT, FIELDS };

struct reading {
    struct oval_verdicts *verdicts;
    size_t capacity;
    bool ended;
};

static bool find_result(const char *word, enum oval_result *found)
{
    for (enum oval_result result = OVAL_TRUE; result <= OVAL_NOT_APPLICABLE; result++)
        if (strcmp(oval_result_name(result), word) == 0) {
            *found = result;
            return true;
        }
    return false;
}

static bool find_class(const char *word, enum oval_class *found)
{
    static const char *const names[] = {[OVAL_VULNERABILITY] = "vulnerability",
                                        [OVAL_PATCH] = "patch",
                                        [OVAL_COMPLIANCE] = "compliance",
                                        [OVAL_INVENTORY] = "inventory",
                                        [OVAL_MISCELLANEOUS] = "miscellaneous"};
    for (enum oval_class class = OVAL_VULNERABILITY; class <= OVAL_MISCELLANEOUS; class ++)
        if (strcmp(names[class], word) == 0) {
            *found = class;
            return true;
        }
    return false;
}

static bool add_definition(struct reading *reading, char *fields[FIELDS])
{
    struct oval_verdicts *verdicts = reading->verdicts;
    enum oval_result result;
    enum oval_class class;
    if (!find_result(fields[RESULT], &result) || !find_class(fields[CLASS], &class) || fields[ID][0] == '\0')
        return false;
    if (verdicts->count == reading->capacity) {
        reading->capacity = reading->capacity == 0 ? 64 : 2 * reading->capacity;
        verdicts->items = memory_resize(verdicts->items, reading->capacity, sizeof *verdicts->items);
    }
    bool unsure = result != OVAL_TRUE && result != OVAL_FALSE && result != OVAL_NOT_APPLICABLE;
    for (int i = ID; i < FIELDS; i++)
        fields[i] = arena_string(&verdicts->arena, fields[i], strlen(fields[i]));
    verdicts->items[verdicts->count++] =
        (struct oval_verdict){.id = fields[ID],
                              .class = class,
                              .result = result,
                              .title = fields[TITLE],
                              .reference = fields[REFERENCE],
                              .product = fields[PRODUCT],
                              .why = unsure ? "libopenscap could not judge it" : ""};
    return true;
}

static int32_t day_of(const char *when)
{
    char date[CALENDAR_DAY_SIZE];
    int32_t day = INT32_MIN;
    snprintf(date, sizeof date, "%.10s", when); /* 2026-11-23T12:00:00 */
    calendar_parse_day(date, &day);
    return day;
}

static bool read_line(struct reading *reading, char *line)
{
    char *fields[FIELDS] = {line};
    size_t count = 1;
    uint64_t told;
    for (char *tab = strchr(line, '\t'); tab != NULL; tab = strchr(tab, '\t')) {
        if (count == FIELDS)
            return false;
        *tab++ = '\0';
        fields[count++] = tab;
    }
    if (reading->ended)
        return false;
    if (count == FIELDS && strcmp(fields[WORD], "definition") == 0)
        return add_definition(reading, fields);
    if (count == 2 && strcmp(fields[WORD], "written") == 0) {
        reading->verdicts->written_day = day_of(fields[1]);
        return true;
    }
    reading->ended = count == 2 && strcmp(fields[WORD], "end") == 0 &&
                     number_parse(fields[1], strlen(fields[1]), SIZE_MAX, &told) &&
                     told == reading->verdicts->count;
    return reading->ended;
}

static bool read_answer(struct text *answer, struct oval_verdicts *verdicts, struct fault *fault)
{
    struct reading reading = {.verdicts = verdicts};
    char *line = answer->length == 0 ? NULL : answer->bytes, *end;
    for (; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (!read_line(&reading, line))
            return fault_set(fault, "what libopenscap says cannot be understood");
    }
    return (reading.ended && *line == '\0') || fault_set(fault, "what libopenscap says cannot be understood");
}

bool openscap_judge(const char *name, const char *bytes, size_t length, struct oval_verdicts *verdicts,
                    struct fault *fault)
{
    char program[PATH_MAX], path[32];
    CLEANUP(cleanup_descriptor) int file = file_of(bytes, length);
    if (file < 0)
        return fault_errno(fault, "%s: cannot be copied to be judged", name);
    program_path(program);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const char *const words[] = {program, path, NULL};
    CLEANUP(text_clear) struct text answer;
    text_init(&answer, limits.answer);
    if (!apart_program(limits, &(struct apart_command){words, NULL}, &answer, fault))
        return fault_while(fault, "%s: libopenscap", name);
    struct oval_verdicts judged = {.written_day = INT32_MIN};
    arena_init(&judged.arena);
    if (!read_answer(&answer, &judged, fault)) {
        oval_verdicts_clear(&judged);
        return fault_while(fault, "%s", name);
    }
    *verdicts = judged;
    return true;
}
