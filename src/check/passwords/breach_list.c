#include "check/passwords/breach_list.h"
#include "check/passwords/breach_line.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 2048, SAMPLES = 17, GUESSES = 8 };

/* Whole lines of the file. */
struct block {
    char bytes[BLOCK];
    size_t begin, end;
    uint64_t offset; /* of bytes[0] */
};

/* A place between two lines, and the hash that stands before or behind it. */
struct place {
    uint64_t offset;
    char digits[BREACH_DIGITS + 1];
};

bool breach_list_open(struct breach_list *list, int descriptor, struct fault *fault)
{
    struct stat about;
    list->descriptor = descriptor;
    list->reads = 0;
    if (fstat(descriptor, &about) != 0)
        return fault_errno(fault, "cannot look at '%s'", list->path);
    if (!S_ISREG(about.st_mode))
        return fault_set(fault, "'%s' is no ordinary file (expected a list of SHA-1 hashes in order)",
                         list->path);
    list->size = (uint64_t)about.st_size;
    return list->size > 0 ||
           fault_set(fault, "'%s' is empty (expected a list of SHA-1 hashes in order)", list->path);
}

void breach_list_close(struct breach_list *list)
{
    if (list->descriptor >= 0)
        close(list->descriptor);
    list->descriptor = -1;
}

static bool read_bytes(struct breach_list *list, struct block *block, size_t length, struct fault *fault)
{
    for (size_t done = 0; done < length;) {
        ssize_t got =
            pread(list->descriptor, block->bytes + done, length - done, (off_t)(block->offset + done));
        list->reads++;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_errno(fault, "cannot read '%s'", list->path);
        if (got == 0)
            return fault_set(fault, "'%s' became shorter while it was read", list->path);
        done += (size_t)got;
    }
    return true;
}

/* The lines around `at`, between two places. */
static bool read_block(struct breach_list *list, const uint64_t between[2], uint64_t at, struct block *block,
                       struct fault *fault)
{
    uint64_t low = between[0], high = between[1];
    block->offset = at > low + BLOCK / 2 ? at - BLOCK / 2 : low;
    if (high - block->offset < BLOCK)
        block->offset = high - low > BLOCK ? high - BLOCK : low;
    size_t length = high - block->offset < BLOCK ? (size_t)(high - block->offset) : BLOCK;
    if (!read_bytes(list, block, length, fault))
        return false;
    const char *first = memchr(block->bytes, '\n', length), *last = memrchr(block->bytes, '\n', length);
    block->begin = block->offset == low ? 0 : first == NULL ? length : (size_t)(first + 1 - block->bytes);
    block->end = block->offset + length == high ? length
                 : last == NULL                 ? 0
                                                : (size_t)(last + 1 - block->bytes);
    return block->begin < block->end ||
           fault_set(fault, "'%s' has a line that is too long (expected %zu hexadecimal digits)", list->path,
                     list->digits);
}

/* The line at `*at`, which moves behind it. */
static bool take_line(const struct breach_list *list, const struct block *block, size_t *at,
                      struct breach_line *line)
{
    const char *bytes = block->bytes + *at;
    const char *end = memchr(bytes, '\n', block->end - *at);
    size_t length = end == NULL ? block->end - *at : (size_t)(end - bytes);
    *at += length + (end != NULL);
    return breach_line_read(bytes, length, list->digits, line);
}

static bool fault_line(const struct breach_list *list, const struct block *block, struct fault *fault)
{
    size_t digits = breach_line_digits(block->bytes + block->begin, block->end - block->begin);
    if (digits == 32)
        return fault_set(fault,
                         "'%s' is a list of NTLM hashes (expected SHA-1: 40 hexadecimal digits a line)",
                         list->path);
    return fault_set(fault,
                     "'%s' is no list of SHA-1 hashes (expected %zu hexadecimal digits a line, unpacked)",
                     list->path, list->digits);
}

static bool fault_order(const struct breach_list *list, struct fault *fault)
{
    return fault_set(fault, "'%s' is not in order (expected the list that is ordered by hash)", list->path);
}

/* What the lines of a block say. */
struct seen {
    char first[BREACH_DIGITS + 1], last[BREACH_DIGITS + 1];
    bool found;
    uint64_t times;
};

static bool see(const struct breach_list *list, const struct block *block, const char *digits,
                struct seen *seen, struct fault *fault)
{
    *seen = (struct seen){.found = false};
    for (size_t at = block->begin; at < block->end;) {
        bool is_first = at == block->begin;
        struct breach_line line;
        if (!take_line(list, block, &at, &line))
            return fault_line(list, block, fault);
        if (!is_first && strcmp(line.digits, seen->last) < 0)
            return fault_order(list, fault);
        if (is_first)
            memcpy(seen->first, line.digits, sizeof line.digits);
        memcpy(seen->last, line.digits, sizeof line.digits);
        if (strcmp(line.digits, digits) != 0)
            continue;
        seen->times = !seen->found || line.times > seen->times ? line.times : seen->times;
        seen->found = true;
    }
    return true;
}

bool breach_list_check(struct breach_list *list, struct fault *fault)
{
    char before[BREACH_DIGITS + 1] = "";
    for (uint64_t i = 0; i < SAMPLES; i++) {
        struct block block;
        struct seen seen;
        uint64_t at = i == SAMPLES - 1 ? list->size : list->size / (SAMPLES - 1) * i;
        if (!read_block(list, (uint64_t[2]){0, list->size}, at, &block, fault) ||
            !see(list, &block, "", &seen, fault))
            return false;
        if (strcmp(seen.first, before) < 0)
            return fault_order(list, fault);
        memcpy(before, seen.first, sizeof before);
    }
    return true;
}

/* The first digits as a number: how far in the list a hash stands, of 2^48. */
static double number(const char *digits)
{
    double number = 0;
    for (size_t i = 0; i < 12; i++)
        number = number * 16 + (digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10);
    return number;
}

/* Where to look next: where it should stand; soon in the middle, so that no list makes this long. */
static uint64_t next_place(const struct place *low, const struct place *high, const char *digits,
                           unsigned tries)
{
    uint64_t between = high->offset - low->offset;
    double from = number(low->digits), to = number(high->digits), share = 0.5;
    if (tries < GUESSES && to > from)
        share = (number(digits) - from) / (to - from);
    return low->offset + (uint64_t)((double)between * share);
}

bool breach_list_find(struct breach_list *list, const char *digits, uint64_t *times, struct fault *fault)
{
    struct place low = {0, ""}, high = {list->size, ""};
    memset(low.digits, '0', list->digits);
    memset(high.digits, 'f', list->digits);
    for (unsigned tries = 0; low.offset < high.offset; tries++) {
        struct block block;
        struct seen seen;
        if (!read_block(list, (uint64_t[2]){low.offset, high.offset}, next_place(&low, &high, digits, tries),
                        &block, fault) ||
            !see(list, &block, digits, &seen, fault))
            return false;
        if (strcmp(seen.first, low.digits) < 0 || strcmp(seen.last, high.digits) > 0)
            return fault_order(list, fault);
        if (strcmp(digits, seen.first) < 0) {
            high.offset = block.offset + block.begin;
            memcpy(high.digits, seen.first, sizeof high.digits);
        } else if (strcmp(digits, seen.last) > 0) {
            low.offset = block.offset + block.end;
            memcpy(low.digits, seen.last, sizeof low.digits);
        } else {
            *times = seen.found ? seen.times : 0;
            return true;
        }
    }
    *times = 0;
    return true;
}
