#include "base/words.h"

#include <limits.h>
#include <locale.h>
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
