/* pe: the way to the version resource through a file's tables; what it holds is pe_version.c's. */
#include "check/versions/pe.h"
#include "base/reader.h"
#include "check/versions/pe_version.h"
#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum {
    DOS_HEADER = 64,
    FILE_HEADER = 24,       /* with the four bytes before it */
    OPTIONAL_MOST = 4096,   /* seen: 240 */
    SECTIONS_MOST = 96,     /* as many as Windows loads */
    SECTION = 40,           /* bytes of its row */
    DIRECTORY_RESOURCE = 2, /* its place among the data directories */
    PE32 = 0x10b,
    PE32_PLUS = 0x20b,
    RT_VERSION = 16,
    ENTRIES_MOST = 4096 /* of one folder of resources */
};
#define SUBFOLDER 0x80000000u

/* A place of memory once loaded, and where it lies in the file. */
struct section {
    uint32_t address, offset, size_in_file;
};

struct image {
    int descriptor;
    struct section sections[SECTIONS_MOST];
    size_t section_count;
    uint32_t resources; /* the address of their first folder; 0: there are none */
};

/* `length` bytes of the file into `bytes`; false where it has fewer. */
static bool take(int descriptor, uint64_t offset, void *bytes, size_t length)
{
    for (char *at = bytes; length > 0;) {
        ssize_t got = pread(descriptor, at, length, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got, offset += (uint64_t)got, length -= (size_t)got;
    }
    return true;
}

/* By an address of memory. */
static bool take_loaded(const struct image *image, uint32_t address, void *bytes, size_t length)
{
    for (size_t i = 0; i < image->section_count; i++) {
        const struct section *section = &image->sections[i];
        if (address < section->address || address - section->address >= section->size_in_file)
            continue;
        uint32_t inside = address - section->address;
        return length <= section->size_in_file - inside &&
               take(image->descriptor, (uint64_t)section->offset + inside, bytes, length);
    }
    return false;
}

/* The optional header: only where the resources begin. */
static bool read_optional(struct image *image, uint64_t offset, size_t size)
{
    unsigned char bytes[OPTIONAL_MOST];
    if (size > sizeof bytes || !take(image->descriptor, offset, bytes, size))
        return false;
    struct reader reader = reader_over(bytes, size);
    uint16_t magic = reader_u16_little(&reader);
    if (magic != PE32 && magic != PE32_PLUS)
        return false;
    reader_take(&reader, (magic == PE32 ? 92 : 108) - 2);
    uint32_t directories = reader_u32_little(&reader);
    if (directories <= DIRECTORY_RESOURCE)
        return !reader.short_read;
    reader_take(&reader, (size_t)DIRECTORY_RESOURCE * 8);
    image->resources = reader_u32_little(&reader);
    return !reader.short_read;
}

static bool read_sections(struct image *image, uint64_t offset, size_t count)
{
    unsigned char bytes[SECTIONS_MOST * SECTION];
    if (count > SECTIONS_MOST || !take(image->descriptor, offset, bytes, count * SECTION))
        return false;
    struct reader reader = reader_over(bytes, count * SECTION);
    for (size_t i = 0; i < count; i++) {
        struct section *section = &image->sections[i];
        reader_take(&reader, 8); /* its name */
        reader_take(&reader, 4); /* in memory: what lies beyond the file is zeroes */
        section->address = reader_u32_little(&reader);
        section->size_in_file = reader_u32_little(&reader);
        section->offset = reader_u32_little(&reader);
        reader_take(&reader, 16);
    }
    image->section_count = count;
    return true;
}

static enum pe_answer read_tables(struct image *image)
{
    unsigned char dos[DOS_HEADER], header[FILE_HEADER];
    if (!take(image->descriptor, 0, dos, sizeof dos) || memcmp(dos, "MZ", 2) != 0)
        return PE_OTHER;
    struct reader reader = reader_over(dos + 60, 4);
    uint32_t offset = reader_u32_little(&reader);
    if (!take(image->descriptor, offset, header, sizeof header) || memcmp(header, "PE\0\0", 4) != 0)
        return PE_OTHER; /* a program of DOS or of the Windows before 95 */
    reader = reader_over(header + 6, sizeof header - 6);
    size_t sections = reader_u16_little(&reader);
    reader_take(&reader, 12);
    size_t optional = reader_u16_little(&reader);
    uint64_t behind = (uint64_t)offset + FILE_HEADER;
    bool well = read_optional(image, behind, optional) && read_sections(image, behind + optional, sections);
    return well ? PE_READ : PE_BROKEN;
}

enum step { FOUND, NOTHING, LOST };

/* Where an entry of the folder of resources at `folder` leads: the one with that number, or the first. */
static enum step enter(const struct image *image, uint32_t folder, uint32_t number, uint32_t *leads)
{
    unsigned char bytes[16];
    if (!take_loaded(image, image->resources + folder, bytes, sizeof bytes))
        return LOST;
    struct reader reader = reader_over(bytes + 12, 4);
    uint32_t count = reader_u16_little(&reader);
    count += reader_u16_little(&reader);
    for (uint32_t i = 0; i < count; i++) {
        unsigned char entry[8];
        if (i == ENTRIES_MOST || !take_loaded(image, image->resources + folder + 16 + i * 8, entry, 8))
            return LOST;
        reader = reader_over(entry, sizeof entry);
        uint32_t name = reader_u32_little(&reader);
        if (number != 0 && name != number)
            continue;
        *leads = reader_u32_little(&reader);
        return FOUND;
    }
    return NOTHING;
}

/* Three folders: the kind, the name, the language. The first of the latter two is what Windows shows. */
static enum step find_version(const struct image *image, uint32_t *address, uint32_t *size)
{
    uint32_t at = SUBFOLDER;
    for (int level = 0; level < 3; level++) {
        if ((at & SUBFOLDER) == 0)
            return LOST;
        enum step step = enter(image, at & ~SUBFOLDER, level == 0 ? RT_VERSION : 0, &at);
        if (step != FOUND)
            return step;
    }
    unsigned char entry[8];
    if ((at & SUBFOLDER) != 0 || !take_loaded(image, image->resources + at, entry, sizeof entry))
        return LOST;
    struct reader reader = reader_over(entry, sizeof entry);
    *address = reader_u32_little(&reader);
    *size = reader_u32_little(&reader);
    return FOUND;
}

enum pe_answer pe_read(int descriptor, struct pe *pe)
{
    struct image image = {.descriptor = descriptor};
    struct pe read = {0};
    unsigned char resource[PE_RESOURCE_MOST];
    uint32_t address, size;
    enum pe_answer answer = read_tables(&image);
    enum step step =
        answer != PE_READ || image.resources == 0 ? NOTHING : find_version(&image, &address, &size);
    if (answer == PE_READ && step == FOUND) {
        bool well = size <= sizeof resource && take_loaded(&image, address, resource, size) &&
                    pe_version_read(resource, size, &read);
        answer = well ? PE_READ : PE_BROKEN;
    }
    if (step == LOST)
        answer = PE_BROKEN;
    if (answer == PE_READ)
        *pe = read;
    return answer;
}
