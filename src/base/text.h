/* text: bytes that grow up to a limit given at birth.
 *
 * Adding past the limit adds nothing more and makes the text overfull; writers need not check each addition
 * but ask text_whole() once at the end. Running out of memory aborts, which is safe because of the limit.
 * `bytes` always ends with a NUL that `length` does not count. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t limit;
    bool overfull;
};

void text_init(struct text *text, size_t limit);
void text_clear(struct text *text); /* frees; the text may be used again */
void text_empty(struct text *text); /* length 0, keeps the memory */
void text_add(struct text *text, const char *bytes, size_t length);
void text_add_string(struct text *text, const char *string);
void text_add_byte(struct text *text, char byte);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds `bytes` with U+FFFD for every byte that is no UTF-8. */
void text_add_utf8(struct text *text, const char *bytes, size_t length);
bool text_whole(const struct text *text); /* false once something did not fit */

/* True where `bytes` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF). */
bool text_is_utf8(const char *bytes, size_t length);
/* `string`, or NULL where it is not UTF-8: for JSON and SQLite, while the name of a file may hold any bytes.
 */
const char *text_or_null(const char *string);

/* How many bytes of UTF-8 begin a character that moves a terminal's cursor, breaks a line or turns the
 * direction of text around (a name that reads as another): C0, DEL, C1, U+200E, U+200F, U+2028 to U+202E,
 * U+2066 to U+2069. 0: an ordinary one. `string` ends with a NUL, which is ordinary. */
size_t text_unruly(const char *string);

/* Adds `string` with '?' for every unruly character: what a stranger wrote is shown, never obeyed. */
void text_add_tame(struct text *text, const char *string);

/* Columns that `string` takes on a terminal: East Asian wide characters take two. */
size_t text_columns(const char *string);
