#include "base/words.h"
#include "base/file.h"

#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "mimamori"

static const char *const languages[] = {"en", "ja"};
static const char *current = "en";

/* A build tree holds po/ja/LC_MESSAGES/mimamori.mo in a folder above the program. */
static bool find_beside(char folder[PATH_MAX])
{
    char path[PATH_MAX], catalogue[PATH_MAX + 64];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    for (char *slash = strrchr(path, '/'); slash != NULL && slash != path; slash = strrchr(path, '/')) {
        *slash = '\0';
        snprintf(catalogue, sizeof catalogue, "%s/po/ja/LC_MESSAGES/" DOMAIN ".mo", path);
        if (access(catalogue, R_OK) == 0)
            return (size_t)snprintf(folder, PATH_MAX, "%s/po", path) < PATH_MAX;
    }
    return false;
}

bool words_open(const char *language)
{
    char beside[PATH_MAX];
    size_t i = 0, count = sizeof languages / sizeof languages[0];
    while (i < count && strcmp(languages[i], language) != 0)
        i++;
    if (i == count)
        return false;
    current = languages[i];
    /* gettext looks at LANGUAGE only where the locale is not plain "C"; C.UTF-8 is in every glibc. Numbers
     * keep "C". */
    setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", current, 1);
    bindtextdomain(DOMAIN, find_beside(beside) ? beside : MIMAMORI_LOCALE_DIR);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN); /* also makes gettext forget what it found for the language before */
    return true;
}

const char *words_language(void)
{
    return current;
}

/* A catalogue as GNU gettext keeps it ("The Format of GNU MO Files" in its manual): two tables of lengths and
 * offsets, of messages in their order and of their translations. */
struct catalogue {
    struct text file;
    uint32_t count, messages, translations;
};
enum { CATALOGUE_MOST = 16 << 20 };
static struct catalogue japanese;
static pthread_once_t japanese_read = PTHREAD_ONCE_INIT;

static uint32_t number_at(const struct catalogue *catalogue, size_t at)
{
    uint32_t number = 0;
    if (at + sizeof number <= catalogue->file.length)
        memcpy(&number, catalogue->file.bytes + at, sizeof number);
    return number;
}

/* The string of row `row` of a table: within the file and with its NUL, else "". */
static const char *string_at(const struct catalogue *catalogue, uint32_t table, uint32_t row)
{
    size_t at = (size_t)table + (size_t)row * 8, size = catalogue->file.length;
    size_t length = number_at(catalogue, at), offset = number_at(catalogue, at + 4);
    bool inside = offset < size && length < size - offset && catalogue->file.bytes[offset + length] == '\0';
    return inside ? catalogue->file.bytes + offset : "";
}

static void read_japanese(void)
{
    char beside[PATH_MAX], path[PATH_MAX + 64];
    struct fault unsaid; /* without a catalogue messages are English, as with gettext */
    snprintf(path, sizeof path, "%s/ja/LC_MESSAGES/" DOMAIN ".mo",
             find_beside(beside) ? beside : MIMAMORI_LOCALE_DIR);
    text_init(&japanese.file, CATALOGUE_MOST);
    if (!file_read(path, &japanese.file, &unsaid) || number_at(&japanese, 0) != 0x950412de)
        return;
    japanese.count = number_at(&japanese, 8);
    japanese.messages = number_at(&japanese, 12);
    japanese.translations = number_at(&japanese, 16);
}

const char *words_in(const char *language, const char *msgid)
{
    pthread_once(&japanese_read, read_japanese);
    if (strcmp(language, "ja") != 0 || msgid[0] == '\0')
        return msgid;
    for (uint32_t low = 0, high = japanese.count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(msgid, string_at(&japanese, japanese.messages, middle));
        if (order == 0) {
            const char *found = string_at(&japanese, japanese.translations, middle);
            return found[0] != '\0' ? found : msgid;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return msgid;
}
