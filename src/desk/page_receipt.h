/* page_receipt: who has a receipt comes back with it: what was told, how far it is, the answers; adds a line,
 * takes it back. The receipt is typed in or carried in a hidden field, never in an address: addresses are
 * written down by browsers and proxies. */
#pragma once
#include "desk/page.h"

extern const struct field page_receipt_fields[], page_receipt_add_fields[], page_receipt_withdraw_fields[],
    page_receipt_file_fields[];
bool page_receipt_ask(struct call *call, struct fault *fault); /* GET /receipt */
bool page_receipt(struct call *call, struct fault *fault);     /* POST /receipt */
bool page_receipt_add(struct call *call, struct fault *fault); /* POST /receipt/add */
bool page_receipt_withdraw(struct call *call,
                           struct fault *fault);                /* POST /receipt/withdraw: asks, then does */
bool page_receipt_file(struct call *call, struct fault *fault); /* POST /receipt/file */
