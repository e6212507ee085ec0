#include "desk/static.h"
#include "base/cleanup.h"
#include "base/parts.h"
#include <sodium.h>
#include <string.h>

enum { STATIC_MOST = 4 << 20, TAG_BYTES = 16 };

/* What a browser asks for by itself is here too, so that no page is made for it. */
static const struct source {
    const char *path, *type, *part, *text;
    bool needed;
} sources[] = {
    {"/static/pico.css", "text/css; charset=utf-8", "vendor/pico.classless.min.css", NULL, true},
    {"/static/desk.css", "text/css; charset=utf-8", "style/desk.css", NULL},
    {"/static/desk.js", "text/javascript; charset=utf-8", "scripts/desk.js", NULL},
    {"/robots.txt", "text/plain; charset=utf-8", NULL,
     "User-agent: *\nDisallow: /ja/staff\nDisallow: /en/staff\n"},
};
enum { STATIC_FILES = sizeof sources / sizeof *sources };
static struct static_file files[STATIC_FILES];

static void set_tag(struct static_file *file)
{
    unsigned char sum[TAG_BYTES];
    char hex[2 * TAG_BYTES + 1];
    crypto_generichash(sum, sizeof sum, (const unsigned char *)file->bytes, file->length, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    snprintf(file->tag, sizeof file->tag, "\"%s\"", hex);
}

bool static_open(struct fault *fault)
{
    for (size_t i = 0; i < STATIC_FILES; i++) {
        struct text content;
        text_init(&content, STATIC_MOST);
        if (sources[i].part == NULL)
            text_add_string(&content, sources[i].text);
        else if (!parts_read(sources[i].part, &content, fault)) {
            text_clear(&content);
            if (sources[i].needed)
                return false;
            continue;
        }
        files[i] = (struct static_file){.path = sources[i].path,
                                        .type = sources[i].type,
                                        .bytes = content.bytes,
                                        .length = content.length};
        set_tag(&files[i]);
    }
    return true;
}

const struct static_file *static_find(const char *path)
{
    for (size_t i = 0; i < STATIC_FILES; i++)
        if (files[i].path != NULL && strcmp(files[i].path, path) == 0)
            return &files[i];
    return NULL;
}

void static_close(void)
{
    for (size_t i = 0; i < STATIC_FILES; i++)
        if (files[i].path != NULL) {
            free(files[i].bytes);
            files[i].path = NULL;
        }
}
