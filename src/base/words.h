/* words: messages in the user's language, by gettext. English is the language of the msgids. */
#pragma once
#include <libintl.h>
#include <stdbool.h>

#define _(message)  gettext(message)
#define N_(message) message /* marks a message for the catalogue; translated where it is used */

/* Chooses "ja" or "en" for every message after it. Works where no locale is installed (C.UTF-8). Catalogues
 * are found beside the program in a build tree, else where they were installed. False: no such language. */
bool words_open(const char *language);
const char *words_language(void);

/* `msgid` in "ja" or "en", whatever words_open() chose: any thread, all languages at once. The catalogues are
 * read by the first call: a process that confines itself asks for any message before it does. What has no
 * translation comes back as it is. */
const char *words_in(const char *language, const char *msgid);
