/* made: `made hive TEXT OUT`, `made pe TEXT OUT`: what tests look at, made from a text that a person can
 * read. */
#include "base/cleanup.h"
#include "base/file.h"
#include "hive.h"
#include "pe.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    bool (*make)(const char *text, const char *path);
} things[] = {{"hive", made_hive}, {"pe", made_pe}};

int main(int argc, char **argv)
{
    struct fault fault = {"made THING TEXT OUT"};
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1 << 24);
    for (size_t i = 0; argc == 4 && i < sizeof things / sizeof *things; i++)
        if (strcmp(argv[1], things[i].name) == 0 && file_read(argv[2], &text, &fault))
            return things[i].make(text.bytes, argv[3]) ? 0 : 1;
    fprintf(stderr, "%s\n", fault.text);
    return 1;
}
