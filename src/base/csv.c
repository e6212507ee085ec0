#include "base/csv.h"
#include "base/stop.h"

#include "base/cleanup.h"
#include "base/memory.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { RUN_BYTES = 64 * 1024, CELL_STEP = 64 * 1024 };

struct csv_reader {
    char *path;
    int file; /* -1: `memory` is read */
    const char *memory;
    size_t memory_left;
    bool failed, told, ended, begun; /* a failure of the file is told once */
    void (*see)(void *context, const void *bytes, size_t length);
    void *context;
    struct csv_parser parser;
    size_t line;      /* the number of the line that comes next */
    struct text raw;  /* the row so far, as it lies in the file */
    struct text held; /* its cells, each NUL-ended */
    size_t count;     /* may pass CSV_COLUMNS_MOST, what is past it is not held */
    bool row_done;
    const char *cells[CSV_COLUMNS_MOST];
    size_t offsets[CSV_COLUMNS_MOST], lengths[CSV_COLUMNS_MOST];
    size_t at, end; /* what was read and not yet taken */
    char run[RUN_BYTES];
};

/* A space is part of its cell (RFC 4180 section 2.4). */
static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static void row_begin(struct csv_reader *reader)
{
    csv_free(&reader->parser);
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&reader->parser, no_space);
    csv_set_blk_size(&reader->parser, CELL_STEP);
    text_empty(&reader->raw);
    text_empty(&reader->held);
    reader->count = 0;
    reader->row_done = false;
}

static struct csv_reader *reader_new(const char *path, int file)
{
    struct csv_reader *reader = memory_new(1, sizeof *reader);
    reader->path = memory_string(path);
    reader->file = file;
    reader->line = 1;
    text_init(&reader->raw, CSV_ROW_MOST);
    text_init(&reader->held, CSV_ROW_MOST + CSV_COLUMNS_MOST);
    csv_init(&reader->parser, 0);
    return reader;
}

struct csv_reader *csv_reader_open(const char *path, struct fault *fault)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        fault_errno(fault, "'%s': cannot open", path);
        return NULL;
    }
    return reader_new(standard ? "standard input" : path, file);
}

struct csv_reader *csv_reader_over(const char *name, const void *bytes, size_t length)
{
    struct csv_reader *reader = reader_new(name, -1);
    reader->memory = bytes;
    reader->memory_left = length;
    return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->file >= 0)
        close(reader->file);
    csv_free(&reader->parser);
    text_clear(&reader->raw);
    text_clear(&reader->held);
    free(reader->path);
    free(reader);
}

bool csv_reader_failed(const struct csv_reader *reader)
{
    return reader->failed;
}

void csv_reader_watch(struct csv_reader *reader, void (*see)(void *context, const void *bytes, size_t length),
                      void *context)
{
    reader->see = see;
    reader->context = context;
}

static ssize_t read_run(struct csv_reader *reader)
{
    if (reader->file >= 0)
        return read(reader->file, reader->run, sizeof reader->run);
    size_t length = reader->memory_left < sizeof reader->run ? reader->memory_left : sizeof reader->run;
    if (length > 0) {
        memcpy(reader->run, reader->memory, length);
        reader->memory += length;
    }
    reader->memory_left -= length;
    return (ssize_t)length;
}

/* True where a byte is left to take; reads on where none is. */
static bool has_byte(struct csv_reader *reader, struct fault *fault)
{
    while (reader->at == reader->end && !reader->ended) {
        ssize_t got = read_run(reader);
        if (got < 0 && errno == EINTR && !stop_asked())
            continue;
        if (got < 0) {
            reader->failed = true;
            fault_errno(fault, "%s:%zu: cannot read", reader->path, reader->line);
        }
        reader->ended = got <= 0;
        reader->at = 0;
        reader->end = got > 0 ? (size_t)got : 0;
        if (got > 0 && reader->see != NULL)
            reader->see(reader->context, reader->run, (size_t)got);
    }
    return reader->at < reader->end;
}

static void skip_mark(struct csv_reader *reader, struct fault *fault)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t same = 0;
    while (same < 3 && has_byte(reader, fault) && reader->run[reader->at] == mark[same]) {
        reader->at++;
        same++;
    }
    if (same < 3)
        text_add(&reader->raw, mark, same); /* it only began like one */
}

/* Appends the bytes up to the next line end, or to the end of the run; true where the line ended. */
static bool take_run(struct csv_reader *reader, struct fault *fault)
{
    size_t stop = reader->at;
    while (stop < reader->end && reader->run[stop] != '\n' && reader->run[stop] != '\r')
        stop++;
    bool found = stop < reader->end;
    bool carriage = found && reader->run[stop] == '\r';
    text_add(&reader->raw, reader->run + reader->at, stop + found - reader->at);
    reader->at = stop + found;
    if (carriage && has_byte(reader, fault) && reader->run[reader->at] == '\n') {
        text_add_byte(&reader->raw, '\n');
        reader->at++;
    }
    return found;
}

/* Appends one more line, with its end, to the row. False where there is none. */
static bool take_line(struct csv_reader *reader, struct fault *fault)
{
    size_t before = reader->raw.length;
    while (has_byte(reader, fault)) {
        if (take_run(reader, fault)) {
            reader->line++;
            return true;
        }
    }
    return reader->raw.length > before || !text_whole(&reader->raw);
}

static void on_cell(void *bytes, size_t length, void *context)
{
    struct csv_reader *reader = context;
    if (reader->count < CSV_COLUMNS_MOST) {
        reader->offsets[reader->count] = reader->held.length;
        reader->lengths[reader->count] = length;
        text_add(&reader->held, bytes, length);
        text_add_byte(&reader->held, '\0');
    }
    reader->count++;
}

static void on_row(int byte, void *context)
{
    struct csv_reader *reader = context;
    (void)byte;
    reader->row_done = true;
}

static bool is_blank(const struct csv_reader *reader)
{
    size_t length = reader->raw.length;
    return length <= 2 && strspn(reader->raw.bytes, "\r\n") == length;
}

/* Reads lines until the row is whole; what is wrong with it otherwise, NULL where it reads well or there is
 * none. */
static const char *gather(struct csv_reader *reader, struct fault *fault)
{
    size_t fed = 0; /* bytes of the row that the parser has seen */
    do {
        bool more = take_line(reader, fault) || reader->raw.length > fed;
        if (reader->failed)
            return NULL;
        if (!text_whole(&reader->raw))
            return "the row is too long (expected at most 64 MB)";
        if (!more) {
            if (csv_fini(&reader->parser, on_cell, on_row, reader) != 0)
                return "a quote is not closed before the end of the file (all lines after it are taken for "
                       "part of this row)";
            return NULL;
        }
        size_t length = reader->raw.length - fed;
        if (csv_parse(&reader->parser, reader->raw.bytes + fed, length, on_cell, on_row, reader) != length)
            return "a quote stands where none may (expected a quoted cell to be quoted whole, its quotes "
                   "doubled)";
        fed = reader->raw.length;
    } while (!reader->row_done && !is_blank(reader));
    return NULL;
}

static const char *look_over(const struct csv_reader *reader)
{
    if (reader->count > CSV_COLUMNS_MOST)
        return "the row has too many cells (expected at most 256)";
    if (memchr(reader->raw.bytes, '\0', reader->raw.length) != NULL)
        return "there is a NUL byte in the row (expected text)";
    if (!text_is_utf8(reader->raw.bytes, reader->raw.length))
        return "the row is not UTF-8";
    return NULL;
}

static void hand_out(struct csv_reader *reader, size_t line, struct csv_row *row)
{
    size_t count = reader->count < CSV_COLUMNS_MOST ? reader->count : CSV_COLUMNS_MOST;
    for (size_t i = 0; i < count; i++)
        reader->cells[i] = reader->held.bytes + reader->offsets[i];
    *row =
        (struct csv_row){line, count, reader->cells, reader->lengths, reader->raw.bytes, reader->raw.length};
}

enum csv_next csv_reader_next(struct csv_reader *reader, struct csv_row *row, struct fault *fault)
{
    const char *wrong;
    size_t line;
    do {
        row_begin(reader);
        if (!reader->begun)
            skip_mark(reader, fault);
        reader->begun = true;
        line = reader->line;
        wrong = gather(reader, fault);
    } while (wrong == NULL && !reader->row_done && !reader->ended);
    if (reader->failed && !reader->told) {
        reader->told = true;
        hand_out(reader, line, row);
        return CSV_NEXT_BAD;
    }
    if (wrong == NULL && !reader->row_done)
        return CSV_NEXT_END;
    if (wrong == NULL)
        wrong = look_over(reader);
    hand_out(reader, line, row);
    if (wrong == NULL)
        return CSV_NEXT_ROW;
    fault_set(fault, "%s:%zu: %s", reader->path, line, wrong);
    return CSV_NEXT_BAD;
}

/* "-12.5" is a number to a spreadsheet, not a formula. */
static bool is_plain_number(const char *cell)
{
    const char *at = cell + (*cell == '-' || *cell == '+');
    size_t whole = strspn(at, "0123456789");
    at += whole;
    if (whole > 0 && *at == '.') {
        size_t part = strspn(at + 1, "0123456789");
        at += part > 0 ? part + 1 : 0;
    }
    return whole > 0 && *at == '\0';
}

/* OWASP's list for CSV injection, with the full-width signs, which spreadsheets for Japanese take for the
 * plain ones.
 */
static bool begins_formula(const char *cell)
{
    static const char *const signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strncmp(cell, signs[i], strlen(signs[i])) == 0)
            return true;
    }
    return false;
}

void csv_write_cell(struct text *out, const char *cell, bool defuse)
{
    const char *mark = defuse && begins_formula(cell) && !is_plain_number(cell) ? "'" : "";
    bool spaced = cell[0] == ' ' || (cell[0] != '\0' && cell[strlen(cell) - 1] == ' ');
    if (cell[strcspn(cell, "\",\r\n")] == '\0' && !spaced) {
        text_add_string(out, mark);
        text_add_string(out, cell);
        return;
    }
    text_add_byte(out, '"');
    text_add_string(out, mark);
    for (const char *at = cell; *at != '\0'; at++) {
        if (*at == '"')
            text_add_byte(out, '"');
        text_add_byte(out, *at);
    }
    text_add_byte(out, '"');
}
