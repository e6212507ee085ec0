/* authorizer: what a process may do with desk.sqlite, below the text of any SQL: whatever a page asks, a
 * statement that goes beyond is not even prepared. */
#pragma once
#include "desk/desk.h"
#include "desk/request.h"

struct sqlite3;
/* On a handle of one thread, once it is opened: from now on it is only what a page of this process and method
 * may do. */
void authorizer_install(struct sqlite3 *records, enum serve_which which, enum request_method method);
