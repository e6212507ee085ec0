/* oval: judges an OVAL document on this machine and prints each verdict, "ID: RESULT", as `oscap oval eval`
 * does: what the flow test holds against it. `oval FILE [--root DIR] [--why]`. */
#include "base/file.h"
#include "check/oval/oval.h"
#include "check/versions/dpkg.h"
#include <stdio.h>
#include <string.h>

enum { DOCUMENT_MOST = 64 << 20 };

static int show(const char *path, const char *root, bool why)
{
    struct fault fault;
    struct machine machine;
    struct text bytes;
    struct oval_verdicts verdicts;
    text_init(&bytes, DOCUMENT_MOST);
    bool read = file_read(path, &bytes, &fault);
    if (!read || !machine_open(&machine, root, NULL, &fault)) {
        text_clear(&bytes);
        fprintf(stderr, "mimamori: %s\n", fault.text);
        return 2;
    }
    bool judged = (!dpkg_there(&machine) || dpkg_add(&machine, &fault)) &&
                  oval_judge(path, bytes.bytes, bytes.length, &machine, NULL, &verdicts, &fault);
    for (size_t i = 0; judged && i < verdicts.count; i++) {
        const struct oval_verdict *verdict = &verdicts.items[i];
        printf("%s: %s%s%s\n", verdict->id, oval_result_name(verdict->result),
               why && verdict->why[0] != '\0' ? " " : "", why ? verdict->why : "");
    }
    if (judged)
        oval_verdicts_clear(&verdicts);
    else
        fprintf(stderr, "mimamori: %s\n", fault.text);
    machine_clear(&machine);
    text_clear(&bytes);
    return judged ? 0 : 2;
}

int main(int count, char **words)
{
    const char *root = NULL, *path = NULL;
    bool why = false;
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--why") == 0)
            why = true;
        else if (strcmp(words[i], "--root") == 0 && i + 1 < count)
            root = words[++i];
        else
            path = words[i];
    }
    if (path == NULL) {
        fprintf(stderr, "mimamori: no document (expected oval FILE [--root DIR] [--why])\n");
        return 2;
    }
    return show(path, root, why);
}
