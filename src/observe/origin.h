/* origin: the country of a source, by a MaxMind database; none for special-purpose addresses. */
#pragma once
#include "ledger/sightings.h"

struct origin;
/* NULL, with the reason in `fault`, where the database cannot be read. */
struct origin *origin_open(const char *path, struct fault *fault);
void origin_free(struct origin *origin); /* NULL is fine */
OWNED_TYPE(origin_free, struct origin)

/* Two letters, or two NULs where there is none, and always where `origin` is NULL. */
void origin_country(struct origin *origin, struct address source, char country[2]);
/* The countries of all these rows. */
void origin_fill(struct origin *origin, struct sighting *rows, size_t count);
