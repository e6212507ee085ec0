/* origin: the country of a source, by a MaxMind database; none for special-purpose addresses. */
#pragma once
#include "base/address.h"
#include "base/cleanup.h"
#include "base/fault.h"

struct origin;
/* NULL, with the reason in `fault`, where the database cannot be read. */
struct origin *origin_open(const char *path, struct fault *fault);
void origin_free(struct origin *origin); /* NULL is fine */
OWNED_TYPE(origin_free, struct origin)

/* Two letters, or two NULs where there is none, and always where `origin` is NULL. */
void origin_country(struct origin *origin, struct address source, char country[2]);
/* Hurries an answer that will be asked for a little later. */
void origin_prefetch(const struct origin *origin, struct address source);
