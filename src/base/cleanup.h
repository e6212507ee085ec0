/* cleanup: handles that close themselves when they go out of scope (the compiler's cleanup attribute).
 *
 *     CLEANUP(text_clear) struct text page;      // text_clear(&page) at the end of the block
 *     OWNED(ledger_free) struct ledger *ledger;  // ledger_free(ledger) at the end of the block, NULL is fine
 *     return HANDOVER(ledger);                   // gives the handle away; the variable is NULL afterwards */
#pragma once
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(function) __attribute__((cleanup(function)))
#define HANDOVER(variable)                                                                                   \
    __extension__({                                                                                          \
        __auto_type handed_ = (variable);                                                                    \
        (variable) = NULL;                                                                                   \
        handed_;                                                                                             \
    })

static inline void cleanup_free(void *pointer)
{
    free(*(void **)pointer);
}
static inline void cleanup_file(FILE **file)
{
    if (*file != NULL)
        fclose(*file);
}
static inline void cleanup_folder(DIR **folder)
{
    if (*folder != NULL)
        closedir(*folder);
}
static inline void cleanup_descriptor(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

/* For `OWNED(x_free) struct x *p`: declare once beside x_free with OWNED_TYPE(x_free, struct x). */
#define OWNED_TYPE(function, type)                                                                           \
    __attribute__((unused)) static inline void function##_owned(type **pointer)                              \
    {                                                                                                        \
        function(*pointer);                                                                                  \
    }
#define OWNED(function) __attribute__((cleanup(function##_owned)))
#define OWNED_MEMORY    CLEANUP(cleanup_free)
