/* read_parts: how the XML is read, for read*.c alone: tables say which elements may be in which, and what
 * each one does; what no table names is passed over with all that is in it. */
#pragma once
#include "base/text.h"
#include "check/oval/read.h"
#include <expat.h>

enum { READ_DEPTH_MOST = 64, READ_NODES_MOST = 4 << 20, READ_TEXT_MOST = 1 << 20 };

struct reading {
    struct oval_document *document;
    XML_Parser parser;
    struct fault *fault;
    bool failed; /* the fault is set, the parser stopped */
    size_t depth, skipping, nodes;
    struct {
        const struct read_element *element;
        void *target;
    } stack[READ_DEPTH_MOST + 1];
    struct text text; /* of the element that is open, where it has one */
};

struct read_tag {
    const char *family;      /* the end of OVAL's namespace behind '#'; "": the language's own */
    const char *name;        /* without its prefix */
    const char **attributes; /* expat's: name, value, ..., NULL */
};

#define READ_ANY "*"
struct read_element {
    const char *name; /* READ_ANY: of any name, of a family */
    const struct read_element *children;
    bool text; /* its text is kept for `end` */
    /* What the children and `end` get as their target; NULL: pass over it. */
    void *(*begin)(struct reading *reading, void *target, const struct read_tag *tag);
    void (*end)(struct reading *reading, void *target, const char *text);
};

/* The tables' entries, by file. */
extern const struct read_element read_definitions[], read_tests[], read_objects[], read_states[],
    read_variables[];

/* Stops the reading with NAME:LINE: and the sentence. */
void read_fails(struct reading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* NULL where it has no such attribute. */
const char *read_attribute(const struct read_tag *tag, const char *name);
bool read_true(const struct read_tag *tag, const char *name); /* xsd:boolean; false where there is none */
/* What the attribute means by a table that ends with {0}; a word that is not there is a fault. */
struct read_word {
    const char *name;
    int value;
};
int read_word(struct reading *reading, const struct read_tag *tag, const char *name,
              const struct read_word *words, int otherwise);
extern const struct read_word read_operators[], read_checks[], read_existences[];
enum oval_datatype read_datatype(const struct read_tag *tag);

/* A node of the model, counted. `size` of it; zeroed. */
void *read_node(struct reading *reading, size_t size);
char *read_string(struct reading *reading, const char *string);
char *read_trimmed(struct reading *reading, const char *string);
/* What has an id of its own begins: `line` is set; a fault where there is none, or it was there before. */
void *read_named(struct reading *reading, enum oval_kind kind, const struct read_tag *tag);
/* What an attribute or a text refers to. */
void *read_reference(struct reading *reading, enum oval_kind kind, const char *id);
/* "dpkginfo" of "dpkginfo_test"; NULL where it does not end so. */
char *read_kind(struct reading *reading, const struct read_tag *tag, const char *ending);

/* "linux" of a tag. */
const char *read_family(struct reading *reading, const struct read_tag *tag);

/* A line of an object or a state: begun, its end, and what may be in it. */
struct oval_entity *read_entity(struct reading *reading, const struct read_tag *tag);
void read_entity_end(struct reading *reading, void *target, const char *text);
extern const struct read_element read_in_entity[];

/* Lists are built from their end: turned around once they are whole. */
#define READ_REVERSE(list)                                                                                   \
    do {                                                                                                     \
        __typeof__(list) turned_ = NULL;                                                                     \
        while ((list) != NULL) {                                                                             \
            __typeof__(list) next_ = (list)->next;                                                           \
            (list)->next = turned_;                                                                          \
            turned_ = (list);                                                                                \
            (list) = next_;                                                                                  \
        }                                                                                                    \
        (list) = turned_;                                                                                    \
    } while (0)
