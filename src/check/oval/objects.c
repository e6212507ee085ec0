#include "check/oval/object.h"

#include <string.h>

static bool has(const struct machine *machine, enum product_system system)
{
    for (size_t i = 0; i < machine->products.count; i++)
        if (machine->products.items[i].system == system)
            return true;
    return false;
}

static bool has_dpkg(const struct machine *machine)
{
    return has(machine, PRODUCT_DPKG);
}

static bool has_rpm(const struct machine *machine)
{
    return has(machine, PRODUCT_RPM);
}

static bool is_linux(const struct machine *machine)
{
    return machine->family == MACHINE_LINUX;
}

static bool is_windows(const struct machine *machine)
{
    return machine->family == MACHINE_WINDOWS;
}

static const struct object_kind kinds[] = {
    {"independent", "family", NULL, object_collect_family},
    {"independent", "variable", NULL, object_collect_variable},
    {"independent", "environmentvariable", NULL, object_collect_environment},
    {"independent", "environmentvariable58", NULL, object_collect_environment},
    {"independent", "textfilecontent54", NULL, object_collect_text},
    {"linux", "dpkginfo", has_dpkg, object_collect_dpkg},
    {"linux", "rpminfo", has_rpm, object_collect_rpm},
    {"unix", "uname", is_linux, object_collect_uname},
    {"unix", "file", is_linux, object_collect_file},
    {"windows", "registry", is_windows, object_collect_registry},
    {"windows", "file", is_windows, object_collect_windows_file},
};

const struct object_kind *object_kind_of(const char *family, const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].family, family) == 0 && strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}
