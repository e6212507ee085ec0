/* people: a ledger with a desk's key and persons who have enrolled; what one of them would type. */
#pragma once
#include "../unit.h"
#include "base/file.h"
#include "cases/enrol.h"
#include "cases/staff.h"
#include "ledger/records.h"

#define PEOPLE_OK(call)                                                                                      \
    do {                                                                                                     \
        if (!(call))                                                                                         \
            fail_msg("%s", fault.text);                                                                      \
    } while (0)

enum { PEOPLE_NOW_S = 1700000000 };
struct people {
    char folder[64], path[80];
    struct ledger *ledger; /* LEDGER_SHARE */
    struct seal_pair desk;
    struct receipt recovery;
};
struct person {
    const char *name, *password;
    struct totp totp;
    int64_t id;
    struct sign_in_welcome welcome; /* of enrolling */
};
void people_open(struct people *people);
void people_close(struct people *people);
struct ledger *people_ledger(const struct people *people, enum ledger_for what); /* another one */

/* Invites and enrols, at PEOPLE_NOW_S - 3600. */
void people_add(struct people *people, struct person *person, unsigned rights);
/* All three right, from 192.0.2.1, no browser known: change what a test is about. `code`: room for it. */
struct sign_in people_claim(const struct person *person, int64_t now_s, char code[TOTP_CODE]);
enum sign_in_answer people_try(struct people *people, const struct sign_in *claim,
                               struct sign_in_welcome *welcome /* or NULL */);
int64_t people_number(struct people *people, const char *sql);
