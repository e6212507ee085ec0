#include "check/versions/windows_os.h"
#include "check/finding.h"
#include "check/versions/caseless.h"
#include "check/versions/utf16.h"
#include <stdio.h>
#include <string.h>

enum {
    STRING_MOST = 512,
    /* Windows 11 calls itself "Windows 10" here: what it is, its build tells ("Windows 11 release
     * information" of Microsoft: version 21H2 is build 22000) */
    BUILD_WINDOWS_11 = 22000
};

/* Windows NT\CurrentVersion. */
struct current {
    struct text name, build, old_build, version, kind, architecture;
    uint64_t major, minor, revision;
    bool numbered; /* major and minor are there: since Windows 10 */
};

static void init(struct current *current)
{
    *current = (struct current){0};
    struct text *const texts[] = {&current->name,    &current->build, &current->old_build,
                                  &current->version, &current->kind,  &current->architecture};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_init(texts[i], STRING_MOST);
        text_add_string(texts[i], "");
    }
}

static void clear(struct current *current)
{
    text_clear(&current->name);
    text_clear(&current->build);
    text_clear(&current->old_build);
    text_clear(&current->version);
    text_clear(&current->kind);
    text_clear(&current->architecture);
}

static bool take_value(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    struct current *current = context;
    const struct {
        const char *name;
        struct text *text;
        uint64_t *number;
    } wanted[] = {
        {"ProductName", &current->name, NULL},
        {"CurrentBuild", &current->build, NULL},
        {"CurrentBuildNumber", &current->old_build, NULL},
        {"CurrentVersion", &current->version, NULL},
        {"InstallationType", &current->kind, NULL},
        {"PROCESSOR_ARCHITECTURE", &current->architecture, NULL},
        {"CurrentMajorVersionNumber", NULL, &current->major},
        {"CurrentMinorVersionNumber", NULL, &current->minor},
        {"UBR", NULL, &current->revision},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!caseless_equal(value->name, wanted[i].name))
            continue;
        if (wanted[i].text != NULL && value->type == HIVE_SZ && wanted[i].text->length == 0)
            utf16_add(wanted[i].text, value->bytes, value->length);
        if (wanted[i].number != NULL && value->type == HIVE_DWORD)
            hive_value_number(value, wanted[i].number);
        current->numbered = current->numbered || wanted[i].number == &current->major;
    }
    return true;
}

static bool see_key(void *context, const struct registry_key *key, struct fault *fault)
{
    return hive_values(key->key, (struct hive_see_value){take_value, context}, fault);
}

static bool see(struct registry *registry, const char *path, struct current *current, struct fault *fault)
{
    struct registry_place place = {.top = REGISTRY_LOCAL_MACHINE, .path = path};
    return registry_see(registry, &place, (struct registry_see){see_key, current}, fault);
}

static void version_text(const struct current *current, struct text *out)
{
    const struct text *build = current->build.length > 0 ? &current->build : &current->old_build;
    if (current->numbered)
        text_addf(out, "%u.%u", (unsigned)current->major, (unsigned)current->minor);
    else
        text_add_string(out, current->version.bytes);
    if (build->length > 0)
        text_addf(out, ".%s", build->bytes);
    if (build->length > 0 && current->revision > 0)
        text_addf(out, ".%u", (unsigned)current->revision);
}

static void name_text(const struct current *current, struct text *out)
{
    static const char ten[] = "Windows 10";
    unsigned long build = strtoul(current->build.bytes, NULL, 10);
    bool server = caseless_equal(current->kind.bytes, "Server");
    if (build >= BUILD_WINDOWS_11 && !server && strncmp(current->name.bytes, ten, sizeof ten - 1) == 0)
        text_addf(out, "Windows 11%s", current->name.bytes + sizeof ten - 1);
    else
        text_add_string(out, current->name.bytes);
}

bool windows_os_add(struct registry *registry, struct products *products, struct fault *fault)
{
    CLEANUP(clear) struct current current;
    CLEANUP(text_clear) struct text name;
    CLEANUP(text_clear) struct text version;
    struct fault ignored; /* without SYSTEM all but the kind of processor is known */
    bool there;
    init(&current);
    text_init(&name, 2 * STRING_MOST);
    text_init(&version, 2 * STRING_MOST);
    text_add_string(&version, "");
    if (!registry_has(registry, REGISTRY_LOCAL_MACHINE, &there, fault) ||
        (there && !see(registry, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", &current, fault)))
        return false;
    see(registry, "SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment", &current, &ignored);
    name_text(&current, &name);
    version_text(&current, &version);
    if (name.length > 0)
        products_add(products, &(struct product){.system = PRODUCT_OS,
                                                 .name = name.bytes,
                                                 .version = version.bytes,
                                                 .vendor = "Microsoft",
                                                 .architecture = current.architecture.bytes,
                                                 .latest_age_days = FINDING_NO_AGE,
                                                 .where = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows "
                                                          "NT\\CurrentVersion"});
    return true;
}
