/* windows_os: which Windows it is, by its registry. Part of windows.h. */
#pragma once
#include "base/fault.h"
#include "check/versions/product.h"
#include "check/versions/registry.h"
#include <stdbool.h>

/* Adds a PRODUCT_OS where the registry says what it is of; none where there is no SOFTWARE to say so. */
bool windows_os_add(struct registry *registry, struct products *products, struct fault *fault);
