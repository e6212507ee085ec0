/* replay: feeds a target every file of a folder, as TAP, where there is no libFuzzer. */
#include "fuzz.h"

#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { INPUT_MOST = 16 << 20 };

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay(const char *folder, const char *name, int number)
{
    char path[4096];
    struct text input;
    struct fault fault;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    text_init(&input, INPUT_MOST);
    bool read = file_read(path, &input, &fault);
    /* A copy of just its length, so that the address sanitizer sees a read past its end. */
    uint8_t *bytes = malloc(input.length > 0 ? input.length : 1);
    MUST(bytes != NULL);
    memcpy(bytes, input.bytes, input.length);
    if (read)
        LLVMFuzzerTestOneInput(bytes, input.length);
    printf("%s %d - %s\n", read ? "ok" : "not ok", number, name);
    fflush(stdout);
    free(bytes);
    text_clear(&input);
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    int count = argc == 2 ? scandir(argv[1], &entries, is_input, alphasort) : -1;
    if (count <= 0) {
        fputs("replay: expected a folder with inputs\n", stderr);
        return 2;
    }
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        replay(argv[1], entries[i]->d_name, i + 1);
        free(entries[i]);
    }
    free(entries);
    return 0;
}
