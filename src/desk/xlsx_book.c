/* The parts that say where the others are (ECMA-376 part 1, sections 12 and 18.2): the relations of the
 * package and of the workbook, and its list of sheets. */
#include "base/memory.h"
#include "base/words.h"
#include "desk/xlsx.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TARGETS_MOST = 512 };

struct relation {
    char id[64], part[XLSX_NAME], type[32];
};
struct relations {
    char folder[XLSX_NAME]; /* of who relates: "xl/" */
    struct relation list[TARGETS_MOST];
    size_t count;
};
struct workbook {
    char sheet[64]; /* the relation of the first sheet that is not hidden */
    bool since_1904;
};

static void copy(char *out, size_t size, const char *string)
{
    snprintf(out, size, "%s", string != NULL && strlen(string) < size ? string : "");
}

static void relation_begin(void *context, const char *name, const char **attributes)
{
    struct relations *relations = context;
    const char *target = xlsx_attribute(attributes, "Target"), *type = xlsx_attribute(attributes, "Type");
    const char *mode = xlsx_attribute(attributes, "TargetMode");
    bool outside = mode != NULL && strcmp(mode, "External") == 0; /* nothing is ever fetched */
    if (strcmp(name, "Relationship") != 0 || target == NULL || type == NULL || outside ||
        relations->count == TARGETS_MOST)
        return;
    struct relation *relation = &relations->list[relations->count++];
    const char *last = strrchr(type, '/');
    copy(relation->type, sizeof relation->type, last == NULL ? type : last + 1);
    copy(relation->id, sizeof relation->id, xlsx_attribute(attributes, "Id"));
    char part[XLSX_NAME];
    int written = target[0] == '/' ? snprintf(part, sizeof part, "%s", target + 1)
                                   : snprintf(part, sizeof part, "%s%s", relations->folder, target);
    if (written > 0 && (size_t)written < sizeof part)
        copy(relation->part, sizeof relation->part, part);
}

static const char *part_of_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->list[i].type, type) == 0)
            return relations->list[i].part;
    return "";
}

static const char *part_of_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->list[i].id, id) == 0)
            return relations->list[i].part;
    return "";
}

static void workbook_begin(void *context, const char *name, const char **attributes)
{
    struct workbook *workbook = context;
    if (strcmp(name, "workbookPr") == 0) {
        const char *since = xlsx_attribute(attributes, "date1904");
        workbook->since_1904 = since != NULL && (strcmp(since, "1") == 0 || strcmp(since, "true") == 0);
    }
    if (strcmp(name, "sheet") == 0 && workbook->sheet[0] == '\0') {
        const char *state = xlsx_attribute(attributes, "state");
        if (state == NULL || strcmp(state, "visible") == 0)
            copy(workbook->sheet, sizeof workbook->sheet, xlsx_attribute(attributes, "id"));
    }
}

/* "xl/workbook.xml" is related to others in "xl/_rels/workbook.xml.rels". */
static bool read_relations(struct xlsx *xlsx, const char *part, struct relations *relations)
{
    char path[2 * XLSX_NAME];
    const char *slash = strrchr(part, '/');
    int folder = slash == NULL ? 0 : (int)(slash - part) + 1;
    *relations = (struct relations){0};
    snprintf(relations->folder, sizeof relations->folder, "%.*s", folder, part);
    snprintf(path, sizeof path, "%.*s_rels/%s.rels", folder, part, part + folder);
    const struct xlsx_reader reader = {.begin = relation_begin, .context = relations};
    return xlsx_read(xlsx, path, &reader) == XLSX_READ;
}

static void read_book(struct xlsx *xlsx, struct relations *relations, struct xlsx_book *book)
{
    static const char none[] = N_("This XLSX file is damaged, or it is none.");
    struct workbook workbook = {0};
    char part[XLSX_NAME];
    if (!read_relations(xlsx, "", relations)) {
        xlsx->problem = xlsx->problem != NULL ? xlsx->problem : none;
        return;
    }
    copy(part, sizeof part, part_of_type(relations, "officeDocument"));
    const struct xlsx_reader reader = {.begin = workbook_begin, .context = &workbook};
    bool read = xlsx_read(xlsx, part, &reader) == XLSX_READ && read_relations(xlsx, part, relations);
    copy(book->sheet, sizeof book->sheet, part_of_id(relations, workbook.sheet));
    copy(book->strings, sizeof book->strings, part_of_type(relations, "sharedStrings"));
    copy(book->styles, sizeof book->styles, part_of_type(relations, "styles"));
    book->since_1904 = workbook.since_1904;
    if (xlsx->problem == NULL && (!read || workbook.sheet[0] == '\0' || book->sheet[0] == '\0'))
        xlsx->problem = none;
}

void xlsx_book_read(struct xlsx *xlsx, struct xlsx_book *book)
{
    struct relations *relations = memory_new(1, sizeof *relations);
    read_book(xlsx, relations, book);
    free(relations);
}
