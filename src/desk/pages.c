/* The whole service. What is not here does not exist; the staff's process answers what begins with /staff,
 * the public one the rest. */
#include "desk/page_enrol.h"
#include "desk/page_sign_in.h"
#include "desk/pages.h"

/* clang-format off */
const struct page pages[] = {
    {REQUEST_GET, "/", PAGE_PUBLIC, NULL, page_home},
    {REQUEST_GET, "/privacy", PAGE_PUBLIC, NULL, page_privacy},
    {REQUEST_GET, "/staff/sign-in", PAGE_PUBLIC, NULL, page_sign_in},
    {REQUEST_POST, "/staff/sign-in", PAGE_PUBLIC, page_sign_in_fields, page_sign_in_send},
    {REQUEST_POST, "/staff/sign-out", PAGE_STAFF, NULL, page_sign_out},
    {REQUEST_GET, "/staff/enrol", PAGE_PUBLIC, NULL, page_enrol},
    {REQUEST_POST, "/staff/enrol", PAGE_PUBLIC, page_enrol_fields, page_enrol_begin},
    {REQUEST_POST, "/staff/enrol/finish", PAGE_PUBLIC, page_enrol_finish_fields, page_enrol_finish},
    {0},
};
/* clang-format on */
