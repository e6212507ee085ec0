#include "check/versions/range_words.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "check/versions/feed_fold.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MOST = 4096 };

/* The words of JVN's notes in both languages, folded. The longest that fits is taken. */
static const struct {
    const char *word;
    enum range_kind kind;
    enum range_place place;
} words[] = {
    {"以上", RANGE_AT_LEAST, RANGE_BEHIND},
    {"以降", RANGE_AT_LEAST, RANGE_BEHIND},
    {"以後", RANGE_AT_LEAST, RANGE_BEHIND},
    {"およびそれ以降", RANGE_AT_LEAST, RANGE_BEHIND},
    {"及びそれ以降", RANGE_AT_LEAST, RANGE_BEHIND},
    {"またはそれ以降", RANGE_AT_LEAST, RANGE_BEHIND},
    {"より後", RANGE_ABOVE, RANGE_BEHIND},
    {"より新しい", RANGE_ABOVE, RANGE_BEHIND},
    {"を超える", RANGE_ABOVE, RANGE_BEHIND},
    {"以下", RANGE_AT_MOST, RANGE_BEHIND},
    {"以前", RANGE_AT_MOST, RANGE_BEHIND},
    {"まで", RANGE_AT_MOST, RANGE_BEHIND},
    {"およびそれ以前", RANGE_AT_MOST, RANGE_BEHIND},
    {"及びそれ以前", RANGE_AT_MOST, RANGE_BEHIND},
    {"またはそれ以前", RANGE_AT_MOST, RANGE_BEHIND},
    {"およびそれより前", RANGE_AT_MOST, RANGE_BEHIND},
    {"未満", RANGE_BELOW, RANGE_BEHIND},
    {"より前", RANGE_BELOW, RANGE_BEHIND},
    {"より以前", RANGE_BELOW, RANGE_BEHIND},
    {"より古い", RANGE_BELOW, RANGE_BEHIND},
    {"から", RANGE_FROM, RANGE_BEHIND},
    {"~", RANGE_TO, RANGE_EITHER},
    {"and earlier", RANGE_AT_MOST, RANGE_BEHIND},
    {"or earlier", RANGE_AT_MOST, RANGE_BEHIND},
    {"and prior", RANGE_AT_MOST, RANGE_BEHIND},
    {"or prior", RANGE_AT_MOST, RANGE_BEHIND},
    {"and below", RANGE_AT_MOST, RANGE_BEHIND},
    {"or below", RANGE_AT_MOST, RANGE_BEHIND},
    {"and older", RANGE_AT_MOST, RANGE_BEHIND},
    {"or older", RANGE_AT_MOST, RANGE_BEHIND},
    {"and lower", RANGE_AT_MOST, RANGE_BEHIND},
    {"or lower", RANGE_AT_MOST, RANGE_BEHIND},
    {"and later", RANGE_AT_LEAST, RANGE_BEHIND},
    {"or later", RANGE_AT_LEAST, RANGE_BEHIND},
    {"and newer", RANGE_AT_LEAST, RANGE_BEHIND},
    {"or newer", RANGE_AT_LEAST, RANGE_BEHIND},
    {"and above", RANGE_AT_LEAST, RANGE_BEHIND},
    {"or above", RANGE_AT_LEAST, RANGE_BEHIND},
    {"and higher", RANGE_AT_LEAST, RANGE_BEHIND},
    {"or higher", RANGE_AT_LEAST, RANGE_BEHIND},
    {"before", RANGE_BELOW, RANGE_BEFORE},
    {"prior to", RANGE_BELOW, RANGE_BEFORE},
    {"earlier than", RANGE_BELOW, RANGE_BEFORE},
    {"older than", RANGE_BELOW, RANGE_BEFORE},
    {"lower than", RANGE_BELOW, RANGE_BEFORE},
    {"less than", RANGE_BELOW, RANGE_BEFORE},
    {"<", RANGE_BELOW, RANGE_BEFORE},
    {"<=", RANGE_AT_MOST, RANGE_BEFORE},
    {"up to and including", RANGE_AT_MOST, RANGE_BEFORE},
    {"up to", RANGE_UP_TO, RANGE_BEFORE},
    {"until", RANGE_UP_TO, RANGE_BEFORE},
    {"after", RANGE_ABOVE, RANGE_BEFORE},
    {"later than", RANGE_ABOVE, RANGE_BEFORE},
    {"newer than", RANGE_ABOVE, RANGE_BEFORE},
    {"greater than", RANGE_ABOVE, RANGE_BEFORE},
    {">", RANGE_ABOVE, RANGE_BEFORE},
    {">=", RANGE_AT_LEAST, RANGE_BEFORE},
    {"since", RANGE_AT_LEAST, RANGE_BEFORE},
    {"starting with", RANGE_AT_LEAST, RANGE_BEFORE},
    {"starting from", RANGE_AT_LEAST, RANGE_BEFORE},
    {"from", RANGE_FROM, RANGE_BEFORE},
    {"through", RANGE_TO, RANGE_EITHER},
    {"thru", RANGE_TO, RANGE_EITHER},
    {"to", RANGE_TO, RANGE_EITHER},
    {"-", RANGE_TO, RANGE_EITHER},
    {"、", RANGE_LIST, RANGE_EITHER},
    {",", RANGE_LIST, RANGE_EITHER},
    {";", RANGE_LIST, RANGE_EITHER},
    {"/", RANGE_LIST, RANGE_EITHER},
    {"・", RANGE_LIST, RANGE_EITHER},
    {"および", RANGE_LIST, RANGE_EITHER},
    {"及び", RANGE_LIST, RANGE_EITHER},
    {"ならびに", RANGE_LIST, RANGE_EITHER},
    {"または", RANGE_LIST, RANGE_EITHER},
    {"又は", RANGE_LIST, RANGE_EITHER},
    {"もしくは", RANGE_LIST, RANGE_EITHER},
    {"と", RANGE_LIST, RANGE_EITHER},
    {"and", RANGE_LIST, RANGE_EITHER},
    {"or", RANGE_LIST, RANGE_EITHER},
    {"かつ", RANGE_ALSO, RANGE_EITHER},
    {"の", RANGE_ALSO, RANGE_EITHER},
    {"で", RANGE_ALSO, RANGE_EITHER},
    {"すべてのバージョン", RANGE_ALL, RANGE_EITHER},
    {"全てのバージョン", RANGE_ALL, RANGE_EITHER},
    {"全バージョン", RANGE_ALL, RANGE_EITHER},
    {"すべて", RANGE_ALL, RANGE_EITHER},
    {"全て", RANGE_ALL, RANGE_EITHER},
    {"all versions", RANGE_ALL, RANGE_EITHER},
    {"all", RANGE_ALL, RANGE_EITHER},
};

/* Say nothing of their own. */
static const char *const fillers[] = {"バージョン", "version", "versions", "ver.", "ver",
                                      "リリース",   "release", "releases", "系列", "シリーズ",
                                      "series",     "系",      "branch",   "。",   " "};
/* Behind "3.6" they make a branch of it. */
static const char *const families[] = {"系列", "系", "シリーズ", "series", "branch"};

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

static size_t longest(const char *at, const char *const *list, size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = fits(at, list[i]);
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
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = fits(at, words[i].word);
        if (length > best) {
            best = length;
            token->kind = words[i].kind;
            token->place = words[i].place;
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
        bool family = before != NULL && longest(at, families, sizeof families / sizeof families[0]) > 0;
        if (family && before->kind == RANGE_VERSION)
            before->kind = RANGE_BRANCH;
        size_t filler = open && *at == ')' ? 1 : longest(at, fillers, sizeof fillers / sizeof fillers[0]);
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
