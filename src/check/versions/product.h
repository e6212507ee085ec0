/* product: one thing that is installed, and the list of all. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum product_system { PRODUCT_DPKG, PRODUCT_RPM, PRODUCT_FLATPAK, PRODUCT_WINDOWS, PRODUCT_OS };
const char *product_system_name(enum product_system system); /* "dpkg" */

enum { PRODUCTS_MOST = 200000 };

/* Strings are never NULL: "" is "not known". */
struct product {
    enum product_system system;
    const char *name;    /* "openssl", "Mozilla Firefox (x64 ja)", "org.gimp.GIMP" */
    const char *version; /* as its system writes it */
    const char *vendor;
    const char *architecture;
    const char *group; /* of dpkg and rpm the source package: what is updated together; else "" */
    const char *where; /* what says so: "/var/lib/dpkg/status", a key of a hive */
    /* What is known of the newest one, "" where nothing is. Set by whoever knows (apt's lists, appstream, a
     * feed). */
    const char *latest, *latest_source;
    int32_t latest_age_days; /* FINDING_NO_AGE: not known */
    const char *ended;       /* what its system tells of the end of its support; "": nothing */
};

struct products {
    struct arena arena;
    struct product *items;
    size_t count, capacity;
};
void products_init(struct products *products);
void products_clear(struct products *products);
/* Copies the strings (NULL becomes ""); the pointer is good until the next product is added. NULL: full. */
struct product *products_add(struct products *products, const struct product *product);
const char *products_string(struct products *products, const char *bytes, size_t length);

/* For a process that looked apart: all of it as bytes, and added again. */
void products_pack(const struct products *products, struct text *out);
bool products_unpack(const char *bytes, size_t length, struct products *products, struct fault *fault);
