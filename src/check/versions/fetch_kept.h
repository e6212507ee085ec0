/* fetch_kept: what was fetched, one file an address, under ${XDG_CACHE_HOME:-~/.cache}/mimamori/feeds/, a
 * folder that is its owner's alone. The file is a few lines (address, day, etag, last-modified), an empty
 * one, and what was fetched: whole or not at all. */
#pragma once
#include "check/versions/fetch.h"

/* False where there is none that can be gone by. */
bool fetch_kept_read(const char *address, struct fetched *fetched);
bool fetch_kept_write(const char *address, const struct fetched *fetched, struct fault *fault);
