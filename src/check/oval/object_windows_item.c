#include "check/oval/object_windows_item.h"
#include "base/memory.h"
#include "check/versions/order.h"
#include "check/versions/pe.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* windows-system-characteristics-schema, file_item: what the version resource tells. */
static const struct {
    const char *field;
    enum pe_string string;
} told[] = {{"company", PE_COMPANY},
            {"internal_name", PE_INTERNAL_NAME},
            {"original_filename", PE_ORIGINAL_FILENAME},
            {"product_name", PE_PRODUCT_NAME},
            {"product_version", PE_PRODUCT_VERSION}};

/* FILETIME: 100 ns since 1601-01-01, 11,644,473,600 s before 1970. */
static int64_t file_time(struct timespec time)
{
    return ((int64_t)time.tv_sec + INT64_C(11644473600)) * 10000000 + time.tv_nsec / 100;
}

static struct oval_item *begin(struct oval_collection *found, const struct windows_file *file,
                               enum item_status status)
{
    struct oval_item *item = item_add(found, status);
    if (item == NULL)
        return NULL;
    size_t length = strlen(file->folder);
    OWNED_MEMORY char *whole = NULL;
    if (file->name != NULL &&
        asprintf(&whole, "%s%s%s", file->folder, length > 0 && file->folder[length - 1] == '\\' ? "" : "\\",
                 file->name) >= 0)
        item_text(found, item, "filepath", whole);
    item_text(found, item, "path", file->folder);
    if (file->name != NULL)
        item_text(found, item, "filename", file->name);
    else
        item_without(found, item, "filename", ITEM_DOES_NOT_EXIST);
    return item;
}

static void without_version(struct oval_collection *found, struct oval_item *item, enum item_status status)
{
    item_without(found, item, "version", status);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        item_without(found, item, told[i].field, status);
}

/* The branch that a file was built in: "6.1.7601.17514 (win7sp1_rtm.101119-1850)" is of win7sp1_rtm. */
static void add_class(struct oval_collection *found, struct oval_item *item, const char *version)
{
    const char *open = strchr(version, '(');
    size_t length = open == NULL ? 0 : strcspn(open + 1, ".)");
    if (length == 0 || open[1 + length] != '.') {
        item_without(found, item, "development_class", ITEM_DOES_NOT_EXIST);
        return;
    }
    OWNED_MEMORY char *class = strndup(open + 1, length);
    item_text(found, item, "development_class", class);
}

static void add_version(struct oval_collection *found, struct oval_item *item, const struct pe *pe)
{
    char version[32];
    const uint16_t *parts = pe->file_version;
    snprintf(version, sizeof version, "%u.%u.%u.%u", parts[0], parts[1], parts[2], parts[3]);
    item_typed(found, item,
               (struct item_field){.name = "version", .datatype = OVAL_VERSION, .value = version});
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *text = pe->strings[told[i].string];
        if (text[0] == '\0')
            item_without(found, item, told[i].field, ITEM_DOES_NOT_EXIST);
        else
            item_text(found, item, told[i].field, text);
    }
    add_class(found, item, pe->strings[PE_FILE_VERSION]);
}

static void add_program(struct oval_collection *found, struct oval_item *item, int descriptor)
{
    struct pe pe;
    switch (pe_read(descriptor, &pe)) {
    case PE_READ:
        if (pe.has_version)
            add_version(found, item, &pe);
        else
            without_version(found, item, ITEM_DOES_NOT_EXIST);
        break;
    case PE_OTHER:
        without_version(found, item, ITEM_DOES_NOT_EXIST);
        break;
    case PE_BROKEN:
        without_version(found, item, ITEM_ERROR);
    }
}

void windows_item_add(struct oval_collection *found, const struct windows_file *file)
{
    struct stat about;
    if (fstat(file->descriptor, &about) != 0) {
        windows_item_add_closed(found, file);
        return;
    }
    struct oval_item *item = begin(found, file, ITEM_EXISTS);
    if (item == NULL)
        return;
    item_number(found, item, "size", about.st_size);
    item_number(found, item, "a_time", file_time(about.st_atim));
    item_number(found, item, "m_time", file_time(about.st_mtim));
    if (S_ISDIR(about.st_mode))
        item_without(found, item, "type", ITEM_DOES_NOT_EXIST);
    else
        item_text(found, item, "type", "FILE_TYPE_DISK");
    if (S_ISREG(about.st_mode))
        add_program(found, item, file->descriptor);
    else
        without_version(found, item, ITEM_DOES_NOT_EXIST);
    item_text(found, item, "windows_view", file->view);
}

void windows_item_add_closed(struct oval_collection *found, const struct windows_file *file)
{
    struct oval_item *item = begin(found, file, ITEM_ERROR);
    if (item != NULL)
        item_text(found, item, "windows_view", file->view);
}
