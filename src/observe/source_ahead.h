/* source_ahead: reading in a thread of its own, some blocks ahead: for what takes long to unpack. */
#pragma once
#include "observe/source.h"

/* Owns `inner`. Where no thread can be had, `inner` itself comes back. */
struct source_from source_ahead(struct source_from inner);
