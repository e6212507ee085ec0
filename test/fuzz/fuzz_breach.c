/* Whatever bytes are a list of stolen passwords: each of its lines that can be found is found where the list
 * is one and in order, nothing else is, and no list makes many reads. */
#include "fuzz.h"

#include "check/passwords/breach_line.h"
#include "check/passwords/breach_list.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { READS_MOST = 35, LINES_MOST = 64 };

/* The lines, as somebody reads them who has time. False: this is no list, or not in order. */
struct lines {
    struct breach_line items[LINES_MOST];
    size_t count;
    bool all;
};

static bool read_lines(const char *bytes, size_t length, struct lines *lines)
{
    char before[BREACH_DIGITS + 1] = "";
    *lines = (struct lines){.all = true};
    for (size_t at = 0; at < length;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t size = end == NULL ? length - at : (size_t)(end - bytes) - at;
        struct breach_line line;
        if (size > 1024 || !breach_line_read(bytes + at, size, BREACH_DIGITS, &line) ||
            strcmp(line.digits, before) < 0)
            return false;
        memcpy(before, line.digits, sizeof before);
        lines->all = lines->all && lines->count < LINES_MOST;
        if (lines->count < LINES_MOST)
            lines->items[lines->count++] = line;
        at += size + 1;
    }
    return true;
}

static bool find(struct breach_list *list, const char *digits, uint64_t *times)
{
    struct fault fault;
    uint64_t before = list->reads;
    bool done = breach_list_find(list, digits, times, &fault);
    MUST(list->reads - before <= READS_MOST);
    return done;
}

static void must_hold(struct breach_list *list, const struct lines *lines, const char *digits)
{
    uint64_t times, least = UINT64_MAX, most = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (strcmp(lines->items[i].digits, digits) == 0) {
            least = lines->items[i].times < least ? lines->items[i].times : least;
            most = lines->items[i].times > most ? lines->items[i].times : most;
        }
    }
    MUST(find(list, digits, &times));
    if (!lines->all)
        return;
    MUST(least == UINT64_MAX ? times == 0 || most == UINT64_MAX : times >= least && times <= most);
}

static void must_answer(struct breach_list *list, const char *bytes, size_t length)
{
    struct lines lines;
    struct fault fault;
    bool is_list = read_lines(bytes, length, &lines), is_checked = breach_list_check(list, &fault);
    MUST(!is_list || is_checked);
    char digits[BREACH_DIGITS + 1];
    for (char digit = '0'; digit <= '9'; digit++) {
        memset(digits, digit, BREACH_DIGITS);
        digits[BREACH_DIGITS] = '\0';
        uint64_t times;
        if (is_list)
            must_hold(list, &lines, digits);
        else
            find(list, digits, &times);
    }
    for (size_t i = 0; is_list && i < lines.count; i++)
        must_hold(list, &lines, lines.items[i].digits);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    int file = memfd_create("list", MFD_CLOEXEC);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    struct breach_list list = {.path = "list", .digits = BREACH_DIGITS};
    struct fault fault;
    bool is_open = breach_list_open(&list, file, &fault);
    MUST(is_open == (length > 0));
    if (is_open)
        must_answer(&list, (const char *)bytes, length);
    breach_list_close(&list);
    return 0;
}
