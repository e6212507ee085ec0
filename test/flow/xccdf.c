/* xccdf DEFINITIONS [BENCHMARK]: judges definitions by libopenscap through its program, and a benchmark's
 * rules by them: a line "id:result" each. */
#include "base/cleanup.h"
#include "base/file.h"
#include "check/oval/openscap.h"
#include "check/oval/xccdf.h"
#include <stdio.h>

enum { FILE_MOST = 64 << 20 };

static bool judge(char **paths, struct fault *fault)
{
    CLEANUP(oval_verdicts_clear) struct oval_verdicts definitions = {0};
    CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts rules = {0};
    CLEANUP(text_clear) struct text bytes;
    text_init(&bytes, FILE_MOST);
    if (!file_read(paths[0], &bytes, fault) ||
        !openscap_judge(paths[0], bytes.bytes, bytes.length, &definitions, fault))
        return false;
    for (size_t i = 0; paths[1] == NULL && i < definitions.count; i++)
        printf("%s:%s\n", definitions.items[i].id, oval_result_name(definitions.items[i].result));
    if (paths[1] == NULL)
        return true;
    text_empty(&bytes);
    if (!file_read(paths[1], &bytes, fault) ||
        !xccdf_judge(paths[1], bytes.bytes, bytes.length, &definitions, &rules, fault))
        return false;
    for (size_t i = 0; i < rules.count; i++)
        printf("%s:%s\n", rules.items[i].rule, xccdf_result_name(rules.items[i].result));
    return true;
}

int main(int argc, char **argv)
{
    struct fault fault;
    if (argc >= 2 && judge(argv + 1, &fault))
        return 0;
    fprintf(stderr, "mimamori: %s\n", fault.text);
    return 2;
}
