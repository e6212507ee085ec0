/* The whole service. What is not here does not exist; the staff's process answers what begins with /staff,
 * the public one the rest. */
#include "desk/pages.h"

/* clang-format off */
const struct page pages[] = {
    {REQUEST_GET, "/", PAGE_PUBLIC, NULL, page_home},
    {REQUEST_GET, "/privacy", PAGE_PUBLIC, NULL, page_privacy},
    {0},
};
/* clang-format on */
