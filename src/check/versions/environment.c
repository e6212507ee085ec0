/* environment: "User Environment Variables" of Win32's documents; Session Manager\Environment and the folders
 * that Windows\CurrentVersion names are what the session manager and the loader make them of. */
#include "check/versions/environment.h"
#include "base/text.h"
#include "check/versions/caseless.h"
#include "check/versions/utf16.h"
#include <string.h>

enum { VALUE_MOST = 32767 * 3 /* bytes of UTF-8: Windows allows 32,767 characters */ };

/* Variables that stand in the registry under another name. */
static const struct {
    const char *name, *path, *value;
} kept[] = {
    {"SystemRoot", "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "SystemRoot"},
    {"ProgramFiles", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "ProgramFilesDir"},
    {"ProgramFiles(x86)", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "ProgramFilesDir (x86)"},
    {"ProgramW6432", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "ProgramW6432Dir"},
    {"CommonProgramFiles", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "CommonFilesDir"},
    {"CommonProgramFiles(x86)", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "CommonFilesDir (x86)"},
    {"CommonProgramW6432", "SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "CommonW6432Dir"},
    {"ProgramData", "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", "ProgramData"},
    {"ALLUSERSPROFILE", "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", "ProgramData"},
    {"PUBLIC", "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", "Public"},
};

const char *environment_value(const struct environment *environment, const char *name, size_t length)
{
    for (size_t i = 0; i < environment->count; i++)
        if (caseless_equal_to(environment->items[i].name, name, length))
            return environment->items[i].value;
    return NULL;
}

/* Fills in what stands between two %; what is no variable stays as it stands. */
static void expand(const struct environment *environment, const char *value, struct text *out)
{
    while (*value != '\0') {
        const char *end = *value == '%' ? strchr(value + 1, '%') : NULL;
        size_t length = end == NULL ? 0 : (size_t)(end - value - 1);
        const char *filled = length == 0 ? NULL : environment_value(environment, value + 1, length);
        if (filled == NULL) {
            text_add_byte(out, *value++);
            continue;
        }
        text_add_string(out, filled);
        value = end + 1;
    }
}

/* What is longer than Windows allows is no variable. */
static void add(struct environment *environment, const char *name, const char *value)
{
    CLEANUP(text_clear) struct text filled;
    text_init(&filled, VALUE_MOST);
    text_add_string(&filled, "");
    if (environment->count == ENVIRONMENT_MOST || environment_value(environment, name, strlen(name)) != NULL)
        return;
    expand(environment, value, &filled);
    if (!text_whole(&filled))
        return;
    environment->items[environment->count++] =
        (struct environment_variable){arena_string(&environment->arena, name, strlen(name)),
                                      arena_string(&environment->arena, filled.bytes, filled.length)};
}

struct reading {
    struct environment *environment;
    size_t kept; /* of kept[] */
};

static bool see_kept(void *context, const struct registry_key *key, struct fault *fault)
{
    struct reading *reading = context;
    CLEANUP(text_clear) struct text value;
    text_init(&value, VALUE_MOST);
    if (!hive_string(key->key, kept[reading->kept].value, &value, fault))
        return false;
    if (value.length > 0)
        add(reading->environment, kept[reading->kept].name, value.bytes);
    return true;
}

static bool see_value(void *context, const struct hive_value *value, struct fault *fault)
{
    (void)fault;
    struct reading *reading = context;
    CLEANUP(text_clear) struct text text;
    text_init(&text, VALUE_MOST);
    text_add_string(&text, "");
    if (value->type == HIVE_SZ || value->type == HIVE_EXPAND_SZ)
        utf16_add(&text, value->bytes, value->length);
    if (text.length > 0 && value->name[0] != '\0')
        add(reading->environment, value->name, text.bytes);
    return true;
}

static bool see_variables(void *context, const struct registry_key *key, struct fault *fault)
{
    return hive_values(key->key, (struct hive_see_value){see_value, context}, fault);
}

static bool read_kept(struct registry *registry, struct reading *reading, struct fault *fault)
{
    for (reading->kept = 0; reading->kept < sizeof kept / sizeof *kept; reading->kept++) {
        struct registry_place place = {.top = REGISTRY_LOCAL_MACHINE, .path = kept[reading->kept].path};
        if (!registry_see(registry, &place, (struct registry_see){see_kept, reading}, fault))
            return false;
        const char *root = environment_value(reading->environment, "SystemRoot", strlen("SystemRoot"));
        if (root == NULL || root[0] == '\0' || root[1] != ':')
            continue;
        const char drive[] = {root[0], ':', '\0'};
        add(reading->environment, "SystemDrive", drive);
    }
    return true;
}

bool environment_read(struct registry *registry, struct environment *environment, struct fault *fault)
{
    struct reading reading = {.environment = environment};
    struct registry_place place = {.top = REGISTRY_LOCAL_MACHINE,
                                   .path =
                                       "SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"};
    *environment = (struct environment){0};
    arena_init(&environment->arena);
    environment->items = arena_new(&environment->arena, ENVIRONMENT_MOST, sizeof *environment->items);
    return read_kept(registry, &reading, fault) &&
           registry_see(registry, &place, (struct registry_see){see_variables, &reading}, fault);
}

void environment_clear(struct environment *environment)
{
    arena_clear(&environment->arena);
    *environment = (struct environment){0};
}
