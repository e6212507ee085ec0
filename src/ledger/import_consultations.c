/* Consultations, those about unauthorised access among them. */
#include "ledger/codes.h"
#include "ledger/import_kind.h"

enum { RECEIVED_ON, CHANNEL, TOPIC, ACCESS, HARM };

/* in the order of enum codes_harm */
static const char *const answers[] = {"no", "yes", "", NULL};

static enum import_row take(struct import *import, const struct import_value *values, struct fault *fault)
{
    bool access = values[ACCESS].number == CODES_HARM_YES;
    enum codes_harm harm = (enum codes_harm)values[HARM].number;
    if (!codes_check_consultation(access, harm, fault))
        return IMPORT_ROW_BAD;
    sqlite3_stmt *insert = import->statements[0];
    sqlite3_bind_int64(insert, 1, values[RECEIVED_ON].number);
    sqlite3_bind_text(insert, 2, codes_channels[values[CHANNEL].number], -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, values[TOPIC].bytes, (int)values[TOPIC].length, SQLITE_TRANSIENT);
    sqlite3_bind_int(insert, 4, access);
    if (harm == CODES_HARM_EMPTY)
        sqlite3_bind_null(insert, 5);
    else
        sqlite3_bind_int(insert, 5, harm == CODES_HARM_YES);
    if (!records_do(insert, fault))
        return IMPORT_ROW_FAILED;
    import->account->records++;
    return IMPORT_ROW_TAKEN;
}

const struct import_kind import_consultations = {
    .name = "consultations",
    .one = "consultation",
    .many = "consultations",
    .columns =
        {
            [RECEIVED_ON] = {"received_on", IMPORT_DAY, NULL, 0, 0},
            [CHANNEL] = {"channel", IMPORT_WORD, codes_channels, 0, 0},
            [TOPIC] = {"topic", IMPORT_NAME, NULL, 0, 0},
            [ACCESS] = {"access", IMPORT_WORD, answers, 0, 0},
            [HARM] = {"harm", IMPORT_WORD, answers, 0, 0},
        },
    .sql =
        {"INSERT INTO consultation (received_on, channel, topic, access, harm) VALUES (?1, ?2, ?3, ?4, ?5)"},
    .take = take,
};
