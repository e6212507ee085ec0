/* staff: who works at the desk, how they sign in, and how that unlocks what is sealed. A password's key
 * (Argon2id) opens `wrapped`: the desk's secret key and the secret of the one-time codes. A session's token
 * opens a copy of the desk's key for as long as the session lives. Nothing here is kept that opens anything
 * by itself. */
#pragma once
#include "cases/seal.h"
#include "ledger/ledger.h"
#include "base/address.h"
#include <jansson.h>
#include <stdint.h>

enum staff_right {
    STAFF_INTAKE = 1,
    STAFF_ANALYST = 2,
    STAFF_EDITOR = 4,
    STAFF_ADMINISTRATOR = 8,
    STAFF_SIGNED_IN = 16 /* any of the staff */
};
struct staff_session {
    int64_t staff;
    unsigned rights;
    char name[64], shown[128], language[8];
    struct seal_pair desk;
    unsigned char id[16];
    char token[44] /* for the form's hidden field, not the cookie */;
};
