#include "check/versions/range_words.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "check/versions/feed_fold.h"
#include "check/versions/range_table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MOST = 4096 };

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How long `word` is at `at`, where it ends as a word; else 0. */
static size_t fits(const char *at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(at, word, length) != 0)
        return 0;
    bool word_of_letters = is_letter(word[length - 1]);
    return word_of_letters && is_letter(at[length]) ? 0 : length;
}

static size_t longest(const char *at, const char *const *list)
{
    size_t best = 0;
    for (; *list != NULL; list++) {
        size_t length = fits(at, *list);
        best = length > best ? length : best;
    }
    return best;
}

/* "8 update 45" and "1.8.0_45" are Java's 8u45. How long it is; 0: it is none. */
static size_t java_form(const char *at, struct range_token *token)
{
    char *end;
    unsigned long family, update;
    if (strncmp(at, "1.", 2) == 0 && is_digit(at[2])) {
        family = strtoul(at + 2, &end, 10);
        if (strncmp(end, ".0_", 3) != 0 || !is_digit(end[3]))
            return 0;
        update = strtoul(end + 3, &end, 10);
    } else {
        family = strtoul(at, &end, 10);
        size_t word = strncmp(end, " update ", 8) == 0 ? 8 : *end == 'u' ? 1 : 0;
        if (word == 0 || !is_digit(end[word]))
            return 0;
        update = strtoul(end + word, &end, 10);
    }
    if (*end == '.' || is_letter(*end) || family > 999 || update > 99999)
        return 0;
    token->kind = RANGE_VERSION;
    snprintf(token->text, sizeof token->text, "%luu%lu", family, update);
    return (size_t)(end - at);
}

/* "3.6.x" and "3.6.*": how much of it is the branch; 0: it is none. */
static size_t branch_length(const char *version, size_t length)
{
    if (length < 3 || (version[length - 1] != 'x' && version[length - 1] != '*') ||
        version[length - 2] != '.')
        return 0;
    size_t kept = length - 2;
    while (kept > 2 && version[kept - 1] == 'x' && version[kept - 2] == '.')
        kept -= 2;
    for (size_t i = 0; i < kept; i++)
        if (!is_digit(version[i]) && version[i] != '.')
            return 0;
    return kept;
}

/* "1.0-1.4" may be a range or a version with its revision: nobody knows. */
static bool is_doubtful(const char *version, size_t length)
{
    const char *dash = memchr(version, '-', length);
    if (dash == NULL)
        return false;
    size_t behind = length - (size_t)(dash + 1 - version);
    return memchr(version, '.', (size_t)(dash - version)) != NULL && memchr(dash + 1, '.', behind) != NULL;
}

/* A version at `at`, which begins with a digit. How long it is; 0: what stands there is none. */
static size_t take_version(const char *at, struct range_token *token)
{
    size_t length = java_form(at, token);
    if (length > 0)
        return length;
    while (is_digit(at[length]) || is_letter(at[length]) ||
           (at[length] != '\0' && strchr("._+-*", at[length])))
        length++;
    while (length > 0 && strchr(".-_+", at[length - 1]) != NULL)
        length--;
    size_t branch = branch_length(at, length);
    size_t kept = branch > 0 ? branch : length;
    if (kept >= sizeof token->text || at[length] == '(' || is_doubtful(at, length) ||
        (branch == 0 && (memchr(at, '*', length) != NULL || memmem(at, length, ".x", 2) != NULL)))
        return 0;
    token->kind = branch > 0 ? RANGE_BRANCH : RANGE_VERSION;
    snprintf(token->text, sizeof token->text, "%.*s", (int)kept, at);
    return length;
}

static size_t take_word(const char *at, struct range_token *token)
{
    size_t best = 0;
    for (const struct range_word *word = range_table; word->word != NULL; word++) {
        size_t length = fits(at, word->word);
        if (length > best) {
            best = length;
            token->kind = word->kind;
            token->place = word->place;
        }
    }
    return best;
}

/* Parentheses only say the same in other words behind a branch ("3.x (3.6.24 未満)"). */
static size_t take_parenthesis(const char *at, const struct range_token *before, struct range_token *token)
{
    if (*at == '(' && before != NULL && (before->kind == RANGE_BRANCH || before->kind == RANGE_ALL)) {
        token->kind = RANGE_ALSO;
        return 1;
    }
    return 0;
}

/* "ESR 10.0.1" and "10.0.1 ESR" are versions of a line of their own: 10.0.1esr. */
static void mark_edition(struct range_token *token)
{
    size_t length = strlen(token->text);
    if (length + sizeof "esr" <= sizeof token->text)
        memcpy(token->text + length, "esr", sizeof "esr");
}

static bool is_version_start(const char *at)
{
    return is_digit(at[0]) || (at[0] == 'v' && is_digit(at[1]));
}

/* One token, or none where only fillers stood there: how far it went. */
static size_t take(const char *at, const struct range_token *before, bool *open, struct range_token *token)
{
    *token = (struct range_token){.kind = RANGE_STRANGE, .place = RANGE_EITHER};
    size_t before_it = strncmp(at, "esr ", 4) == 0 ? 4 : 0;
    if (is_version_start(at + before_it)) {
        size_t begin = before_it + (at[before_it] == 'v');
        size_t length = take_version(at + begin, token);
        size_t behind_it = length == 0 ? 0 : fits(at + begin + length, " esr");
        if (before_it + behind_it > 0 && token->kind == RANGE_VERSION)
            mark_edition(token);
        return length == 0 ? 0 : begin + length + behind_it;
    }
    size_t parenthesis = take_parenthesis(at, before, token);
    *open = *open || parenthesis > 0;
    return parenthesis > 0 ? parenthesis : take_word(at, token);
}

size_t range_words(const char *sentence, struct range_token tokens[RANGE_TOKENS_MOST])
{
    CLEANUP(text_clear) struct text folded;
    text_init(&folded, SENTENCE_MOST);
    feed_fold(sentence, &folded);
    size_t count = 0;
    bool open = false;
    const char *at = folded.bytes;
    while (*at != '\0' && count < RANGE_TOKENS_MOST) {
        struct range_token *before = count == 0 ? NULL : &tokens[count - 1];
        bool family = before != NULL && longest(at, range_families) > 0;
        if (family && before->kind == RANGE_VERSION)
            before->kind = RANGE_BRANCH;
        size_t filler = open && *at == ')' ? 1 : longest(at, range_fillers);
        size_t length = take(at, before, &open, &tokens[count]);
        if (length == 0 && filler == 0) {
            tokens[count].kind = RANGE_STRANGE;
            return count + 1;
        }
        at += length > filler ? length : filler;
        count += length > filler;
    }
    if (count == RANGE_TOKENS_MOST || !text_whole(&folded)) {
        count = count == RANGE_TOKENS_MOST ? count - 1 : count;
        tokens[count++].kind = RANGE_STRANGE;
    }
    return count;
}

bool range_java(const char *version, unsigned long *family, unsigned long *update)
{
    char *end;
    if (!is_digit(version[0]))
        return false;
    *family = strtoul(version, &end, 10);
    if (*end != 'u' || !is_digit(end[1]))
        return false;
    *update = strtoul(end + 1, &end, 10);
    return *end == '\0';
}

bool range_version(const char *written, char text[RANGE_VERSION_SIZE])
{
    struct range_token tokens[RANGE_TOKENS_MOST];
    if (range_words(written, tokens) != 1 || tokens[0].kind != RANGE_VERSION)
        return false;
    snprintf(text, RANGE_VERSION_SIZE, "%s", tokens[0].text);
    return true;
}
