/* page_account: /staff/account: what each of the staff changes of their own. */
#pragma once
#include "desk/page.h"

extern const struct field page_account_password_fields[], page_account_code_fields[];
bool page_account(struct call *call, struct fault *fault);
bool page_account_password(struct call *call, struct fault *fault);
bool page_account_password_send(struct call *call, struct fault *fault);
bool page_account_code(struct call *call, struct fault *fault);
bool page_account_code_send(struct call *call, struct fault *fault);
bool page_account_sessions(struct call *call, struct fault *fault);
