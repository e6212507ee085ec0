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

/* Beside this very program (a build tree, a copied folder), else where it was installed. */
static void program_path(char path[PATH_MAX])
{
    static const char name[] = "mimamori-check-openscap";
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof name);
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length > 0)
        memcpy(path + length, name, sizeof name);
    if (length <= 0 || access(path, X_OK) != 0)
        snprintf(path, PATH_MAX, "%s/%s", MIMAMORI_LIBEXEC_DIR, name);
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

/* The index of a word in a list, or `count`. */
static size_t index_of(const char *word, const char *const *list, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(list[i], word) != 0)
        i++;
    return i;
}

static bool add_definition(struct reading *reading, char *fields[FIELDS])
{
    static const char *const results[] = {[OVAL_TRUE] = "true",
                                          [OVAL_FALSE] = "false",
                                          [OVAL_UNKNOWN] = "unknown",
                                          [OVAL_ERROR] = "error",
                                          [OVAL_NOT_EVALUATED] = "not evaluated",
                                          [OVAL_NOT_APPLICABLE] = "not applicable"};
    static const char *const classes[] = {[OVAL_VULNERABILITY] = "vulnerability",
                                          [OVAL_PATCH] = "patch",
                                          [OVAL_COMPLIANCE] = "compliance",
                                          [OVAL_INVENTORY] = "inventory",
                                          [OVAL_MISCELLANEOUS] = "miscellaneous"};
    enum { RESULTS = sizeof results / sizeof *results, CLASSES = sizeof classes / sizeof *classes };
    struct oval_verdicts *verdicts = reading->verdicts;
    size_t result = index_of(fields[RESULT], results, RESULTS);
    size_t class = index_of(fields[CLASS], classes, CLASSES);
    if (result == RESULTS || class == CLASSES || fields[ID][0] == '\0')
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
    for (char *tab = strchr(line, '\t'); tab != NULL && count < FIELDS; tab = strchr(tab, '\t')) {
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
            break;
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
