/* xlsx: the parts of an XLSX file (ECMA-376): XML files in a ZIP archive, read with limits on how many there
 * are, how large each is and all are, and how much one may have been packed. No DTD, no entities, nothing
 * outside the file. */
#pragma once
#include "desk/sheet.h"
#include <stdbool.h>
#include <stdint.h>
#include <zip.h>

enum {
    XLSX_ENTRIES_MOST = 2000,
    XLSX_PART_MOST = 24 << 20,
    XLSX_ALL_MOST = 40 << 20,
    XLSX_PACKED_MOST = 400, /* times; ordinary sheets are packed 5 to 30 times */
    XLSX_NAME = 256
};

struct xlsx {
    zip_t *archive;
    uint64_t read;       /* bytes of XML so far */
    const char *problem; /* a msgid; the first one stands, and nothing is read after it */
};

/* What a part's reader is told: names without their namespaces. `attributes`: name, value, ..., NULL. */
struct xlsx_reader {
    void (*begin)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *bytes, size_t length);
    void *context;
};
enum xlsx_part { XLSX_READ, XLSX_NONE /* there is no such part */, XLSX_BAD };
enum xlsx_part xlsx_read(struct xlsx *xlsx, const char *part, const struct xlsx_reader *reader);
const char *xlsx_attribute(const char **attributes, const char *name); /* NULL */
const char *xlsx_local(const char *name);                              /* without its namespace */

/* What the workbook says of its first sheet that is not hidden. */
struct xlsx_book {
    char sheet[XLSX_NAME], strings[XLSX_NAME], styles[XLSX_NAME]; /* parts; "" none */
    bool since_1904;
};
void xlsx_book_read(struct xlsx *xlsx, struct xlsx_book *book);

/* Which of the cell styles show a day. */
enum { XLSX_STYLES_MOST = 4096 };
struct xlsx_styles {
    bool day[XLSX_STYLES_MOST];
};
void xlsx_styles_read(struct xlsx *xlsx, const char *part, struct xlsx_styles *styles);
bool xlsx_shows_day(const char *format); /* a number format's code */

enum { XLSX_STRINGS_MOST = 200000, XLSX_STRINGS_BYTES_MOST = 16 << 20 };
struct xlsx_strings {
    const char **strings;
    size_t count;
};
/* "_x000D_" is a carriage return, and "_x005F_" the '_' of a text that looks like one (ECMA-376 part 1,
 * section 22.4.2.4, ST_Xstring). Control characters other than line ends and tabs are left out. */
const char *xlsx_plain(struct arena *arena, const char *written);
void xlsx_strings_read(struct xlsx *xlsx, const char *part, struct arena *arena,
                       struct xlsx_strings *strings);

/* A number as its cell shows it: a day where its style says so, else digits. */
enum { XLSX_NUMBER = 48 };
void xlsx_number(const char *written, bool day, bool since_1904, char out[XLSX_NUMBER]);

/* The rows of the sheet. */
struct xlsx_rows {
    const struct xlsx_book *book;
    const struct xlsx_styles *styles;
    const struct xlsx_strings *strings;
};
void xlsx_rows_read(struct xlsx *xlsx, const struct xlsx_rows *with, struct sheet *sheet);
