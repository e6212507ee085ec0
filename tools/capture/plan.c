/* plan: options as a table, and kinds as plans that differ from the standard one. */
#include "plan.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option {
    const char *name;
    size_t at;
    uint64_t least, most;
} options[] = {
    {"--packets", offsetof(struct plan, packets), 1, UINT64_C(1) << 40},
    {"--points", offsetof(struct plan, points), 1, 250},
    {"--seed", offsetof(struct plan, seed), 0, UINT64_MAX},
    {"--sources", offsetof(struct plan, sources), 1, 50000000},
    {"--days", offsetof(struct plan, days), 1, 3650},
    {"--ipv6", offsetof(struct plan, ipv6), 0, 1000},
    {"--backscatter", offsetof(struct plan, backscatter), 0, 1000},
    {"--noise", offsetof(struct plan, noise), 0, 3800},
    {"--asked", offsetof(struct plan, asked), 0, 1000},
    {"--hot", offsetof(struct plan, hot), 0, 1000},
    {"--network", offsetof(struct plan, network), 16, 32},
};
enum { OPTIONS = sizeof options / sizeof *options };

static const struct plan standard = {
    .packets = 1000000,
    .points = 10,
    .seed = 1,
    .sources = 1000000,
    .days = 1,
    .ipv6 = 30,
    .backscatter = 100,
    .noise = 100,
};

static bool take_kind(struct plan *plan, const char *name)
{
    *plan = standard;
    if (strcmp(name, "network") == 0)
        plan->network = 16;
    else if (strcmp(name, "one-source") == 0)
        plan->hot = 900;
    else if (strcmp(name, "distinct") == 0)
        plan->each_once = 1;
    else if (strcmp(name, "ipv6") == 0)
        plan->ipv6 = 500;
    else if (strcmp(name, "sensor") == 0)
        plan->asked = 200;
    else
        return strcmp(name, "points") == 0;
    return true;
}

static bool take_number(struct plan *plan, const char *name, const char *value)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(options[i].name, name) != 0)
            continue;
        char *end;
        uint64_t number = strtoull(value, &end, 10);
        if (*end != '\0' || end == value || number < options[i].least || number > options[i].most)
            return false;
        memcpy((char *)plan + options[i].at, &number, sizeof number);
        return true;
    }
    return false;
}

static bool refuse(const char *word)
{
    fprintf(stderr,
            "make-capture: '%s' is no option or has no such value (expected --kind "
            "points|network|one-source|distinct|ipv6|sensor",
            word);
    for (size_t i = 0; i < OPTIONS; i++)
        fprintf(stderr, " %s N", options[i].name);
    fprintf(stderr, ")\n");
    return false;
}

bool plan_take(struct plan *plan, int count, char **words)
{
    *plan = standard;
    for (int i = 0; i < count; i += 2)
        if (i + 1 == count)
            return refuse(words[i]);
        else if (strcmp(words[i], "--kind") == 0 && !take_kind(plan, words[i + 1]))
            return refuse(words[i + 1]);
    for (int i = 0; i < count; i += 2)
        if (strcmp(words[i], "--kind") != 0 && !take_number(plan, words[i], words[i + 1]))
            return refuse(words[i]);
    return true;
}
