/* Any words of an editor become HTML that is UTF-8, runs nothing and loads nothing. */
#include "fuzz.h"

#include "bulletin/scripts.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_MOST = 4096 /* the parser's own limits are not what is looked for here */ };

static struct script *script;

/* What an element may be; everything else the editor wrote is text. */
static const char *const elements[] = {
    "p",    "h4",  "h5", "h6", "ul",         "ol",    "li",    "em",    "strong", "s",  "a",
    "code", "pre", "hr", "br", "blockquote", "table", "thead", "tbody", "tr",     "th", "td",
};

static bool is_known(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        if (strlen(elements[i]) == length && memcmp(elements[i], name, length) == 0)
            return true;
    return false;
}

static void check_link(const char *tag)
{
    static const char *const known[] = {"a href=\"https://", "a href=\"http://",
                                        "a href=\"mailto:", "a href=\"#"};
    for (size_t i = 0; i < 4; i++)
        if (strncasecmp(tag, known[i], strlen(known[i])) == 0)
            return;
    MUST(!"a link leads elsewhere");
}

static void check_tag(const char *tag)
{
    bool closes = tag[0] == '/';
    const char *name = tag + closes;
    size_t length = 0;
    while (isalnum((unsigned char)name[length]))
        length++;
    MUST(is_known(name, length));
    if (!closes && length == 1 && name[0] == 'a')
        check_link(tag);
    else if (name[length] != '>')
        MUST(strncmp(name + length, " class=\"language-", 17) == 0 ||
             strncmp(name + length, " start=\"", 8) == 0 || strncmp(name + length, " class=\"to-", 11) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fault fault;
    CLEANUP(text_clear) struct text html;
    text_init(&html, SCRIPT_OUT_MOST);
    if (length > WORDS_MOST || !text_is_utf8((const char *)bytes, length) ||
        memchr(bytes, '\0', length) != NULL)
        return 0;
    if (script == NULL)
        script = scripts_open(&fault);
    MUST(script != NULL);
    json_t *given = json_pack("{s:s#, s:i}", "text", bytes, (int)length, "top", 4);
    MUST(given != NULL && script_call(script, "markdown", given, &html, &fault));
    MUST(text_whole(&html) && (html.length == 0 || text_is_utf8(html.bytes, html.length)));
    for (const char *tag = html.length == 0 ? NULL : strchr(html.bytes, '<'); tag != NULL;
         tag = strchr(tag + 1, '<'))
        check_tag(tag + 1);
    return 0;
}
