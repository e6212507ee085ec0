#include "asked.h"
#include "base/file.h"
#include "cases/change.h"
#include "cases/staff.h"
#include "ledger/records.h"
#include <time.h>

const unsigned asked_rights[ASKED_WHOS] = {
    [ASKED_INTAKE] = STAFF_INTAKE,  [ASKED_ANALYST] = STAFF_ANALYST,
    [ASKED_EDITOR] = STAFF_EDITOR,  [ASKED_ADMINISTRATOR] = STAFF_ADMINISTRATOR,
    [ASKED_ALL] = STAFF_ALL_RIGHTS,
};

static const char staff_sql[] =
    "INSERT INTO staff (id, name, shown, rights, language, state, salt, wrapped, code_step, made_s)"
    " VALUES (?1, 'staff' || ?1, 'Staff ' || ?1, ?2, 'ja', 'active', x'00', x'00', 0, 0)";

static void add_staff(struct asked *asked)
{
    struct fault fault;
    OWNED(sqlite3_finalize) sqlite3_stmt *add = records_prepare(asked->ledger->records, staff_sql, &fault);
    ASKED_OK(add != NULL);
    for (int who = ASKED_STAFF; who < ASKED_WHOS; who++) {
        sqlite3_bind_int64(add, 1, ASKED_FIRST + who);
        sqlite3_bind_int64(add, 2, asked_rights[who]);
        ASKED_OK(records_do(add, &fault));
    }
}

void asked_open(struct asked *asked)
{
    struct fault fault;
    struct receipt recovery;
    *asked = (struct asked){.folder = "/tmp/mimamori-test-XXXXXX"};
    assert_non_null(mkdtemp(asked->folder));
    snprintf(asked->path, sizeof asked->path, "%s/ledger", asked->folder);
    ASKED_OK(ledger_make(asked->path, "Asia/Tokyo", "ja", &fault));
    asked->ledger = ledger_open(asked->path, LEDGER_SHARE, &fault);
    ASKED_OK(asked->ledger != NULL);
    ASKED_OK(staff_key_make(asked->ledger, &recovery, &asked->desk, &fault));
    add_staff(asked);
    for (int which = SERVE_PUBLIC; which <= SERVE_STAFF; which++) {
        asked->serves[which] = serve_new(asked->path, which, &fault);
        ASKED_OK(asked->serves[which] != NULL);
        asked->threads[which] = serve_thread_new(asked->serves[which], &fault);
        ASKED_OK(asked->threads[which] != NULL);
    }
    reply_init(&asked->reply);
}

void asked_close(struct asked *asked)
{
    struct fault fault;
    for (int which = SERVE_PUBLIC; which <= SERVE_STAFF; which++) {
        serve_thread_free(asked->threads[which]);
        serve_free(asked->serves[which]);
    }
    reply_clear(&asked->reply);
    ledger_free(asked->ledger);
    ASKED_OK(file_remove_tree(asked->folder, &fault));
}

void asked_sign_in(struct asked *asked, enum asked_who who, struct asked_session *session)
{
    struct fault fault;
    struct staff_session opened;
    enum session_found found;
    *session = (struct asked_session){0};
    if (who == ASKED_NOBODY)
        return;
    CLEANUP(change_undo) struct change change = {0};
    ASKED_OK(change_begin(&change, asked->ledger, &fault));
    ASKED_OK(session_begin(asked->ledger, ASKED_FIRST + who, asked->desk.secret, time(NULL), session->cookie,
                           &fault));
    ASKED_OK(change_commit(&change, &fault));
    ASKED_OK(session_open(asked->ledger, session->cookie, time(NULL), &opened, &found, &fault));
    assert_int_equal(found, SESSION_OPEN);
    memcpy(session->token, opened.token, sizeof session->token);
}

bool asked_request(struct asked *asked, const struct request *request)
{
    const char *rest =
        request->path +
        (strncmp(request->path, "/ja/", 4) == 0 || strncmp(request->path, "/en/", 4) == 0 ? 3 : 0);
    bool staffs = strncmp(rest, "/staff", 6) == 0;
    reply_clear(&asked->reply);
    reply_init(&asked->reply);
    return serve_request(asked->threads[staffs ? SERVE_STAFF : SERVE_PUBLIC], request, &asked->reply,
                         &asked->fault);
}

void asked_get(struct asked *asked, const char *path)
{
    struct request request = {.method = REQUEST_GET, .path = path};
    if (!asked_request(asked, &request))
        fail_msg("%s: %s", path, asked->fault.text);
}

int64_t asked_number(struct asked *asked, const char *sql)
{
    struct fault fault;
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(asked->ledger->records, sql, &fault);
    ASKED_OK(statement != NULL && records_step(statement, &row, &fault));
    return sqlite3_column_int64(statement, 0);
}
