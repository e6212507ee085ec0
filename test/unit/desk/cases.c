#include "cases.h"
#include "cases/change.h"
#include "cases/receipt.h"
#include "cases/reporter.h"
#include "ledger/records.h"
#include <time.h>

struct asked asked;
struct asked_session session;

int cases_open(void **state)
{
    (void)state;
    asked_open(&asked);
    cases_as(ASKED_ALL);
    return 0;
}

int cases_close(void **state)
{
    (void)state;
    asked_close(&asked);
    return 0;
}

void cases_as(enum asked_who who)
{
    asked_sign_in(&asked, who, &session);
}

int64_t cases_take(enum case_kind kind, enum case_channel channel, json_t *told)
{
    static unsigned char taken_before = 0;
    struct fault fault;
    const unsigned char once[32] = {++taken_before};
    CLEANUP(text_clear) struct text reporter;
    CLEANUP(change_undo) struct change change = {0};
    text_init(&reporter, 4096);
    const struct receipt receipt = receipt_make(asked.ledger, once);
    struct case_intake intake = {.kind = kind,
                                 .channel = channel,
                                 .language = "en",
                                 .receipt = &receipt,
                                 .reporter = reporter_of(told, &reporter) ? reporter.bytes : NULL,
                                 .told = told,
                                 .at_s = time(NULL)};
    enum case_taken taken;
    int64_t id;
    casefile_once(asked.ledger, once, sizeof once, intake.once);
    ASKED_OK(change_begin(&change, asked.ledger, &fault));
    ASKED_OK(casefile_take(asked.ledger, &intake, &taken, &id, &fault));
    ASKED_OK(change_commit(&change, &fault));
    assert_int_equal(taken, CASE_TAKEN);
    json_decref(told);
    return id;
}

int64_t cases_attach(int64_t casefile, const char *name)
{
    struct fault fault;
    struct casefile file;
    enum case_found found;
    enum case_taken taken;
    struct seal_key key;
    const struct case_attachment attachment = {name, "bytes", 5};
    json_t *fields = json_pack("{s:s}", "text", "a file");
    const struct case_add add = {.what = CASE_ADDED,
                                 .fields = fields,
                                 .attachments = &attachment,
                                 .attachments_count = 1,
                                 .at_s = time(NULL)};
    ASKED_OK(casefile_read(asked.ledger, casefile, &file, &found, &fault));
    assert_true(casefile_key(&file, &asked.desk, &key));
    ASKED_OK(casefile_add(asked.ledger, &file, &key, &add, &taken, &fault));
    json_decref(fields);
    return asked_number(&asked, "SELECT max(id) FROM attachment");
}

static void ask(struct request *request, const char *path, int64_t number)
{
    char whole[256];
    const char *place = strstr(path, "%lld");
    if (place == NULL)
        snprintf(whole, sizeof whole, "/en%s", path);
    else
        snprintf(whole, sizeof whole, "/en%.*s%lld%s", (int)(place - path), path, (long long)number,
                 place + 4);
    request->path = whole;
    request->host = "desk.example.jp";
    request->cookies[REQUEST_SESSION] = session.cookie;
    if (!asked_request(&asked, request))
        fail_msg("%s: %s", whole, asked.fault.text);
}

/* Of a GET, what stands behind '?' is fields, as the door reads them. */
void cases_get(const char *path, int64_t number)
{
    struct request_field fields[8];
    char plain[256];
    struct request request = {.method = REQUEST_GET, .fields = fields};
    snprintf(plain, sizeof plain, "%s", path);
    char *at = strchr(plain, '?');
    while (at != NULL) {
        *at++ = '\0';
        char *equals = strchr(at, '=');
        *equals = '\0';
        fields[request.fields_count].name = at;
        at = strchr(equals + 1, '&');
        if (at != NULL)
            *at = '\0';
        fields[request.fields_count].value = equals + 1;
        fields[request.fields_count].file = NULL;
        fields[request.fields_count].length = strlen(equals + 1);
        request.fields_count++;
    }
    ask(&request, plain, number);
}

void cases_post(const char *path, int64_t number, ...)
{
    struct request_field fields[64] = {{"token", session.token, strlen(session.token), NULL}};
    struct request request = {
        .method = REQUEST_POST, .fields = fields, .fields_count = 1, .site = "same-origin"};
    va_list arguments;
    va_start(arguments, number);
    for (const char *name; (name = va_arg(arguments, const char *)) != NULL;) {
        const char *value = va_arg(arguments, const char *);
        fields[request.fields_count++] = (struct request_field){name, value, strlen(value), NULL};
    }
    va_end(arguments);
    ask(&request, path, number);
}

void cases_expect(unsigned status)
{
    if (asked.reply.status != status)
        fail_msg("%u (expected %u): %s", asked.reply.status, status,
                 asked.reply.body.length > 0 ? asked.reply.body.bytes : asked.reply.location);
}

bool cases_says(const char *words)
{
    return strstr(asked.reply.location, words) != NULL ||
           (asked.reply.body.length > 0 && strstr(asked.reply.body.bytes, words) != NULL);
}

void cases_value(const char *name, char out[128])
{
    char sought[64];
    snprintf(sought, sizeof sought, "name=\"%s\" value=\"", name);
    const char *at = strstr(asked.reply.body.bytes, sought);
    assert_non_null(at);
    at += strlen(sought);
    snprintf(out, 128, "%.*s", (int)strcspn(at, "\""), at);
}

int64_t cases_count(const char *sql, int64_t casefile)
{
    struct fault fault;
    bool row;
    OWNED(sqlite3_finalize) sqlite3_stmt *statement = records_prepare(asked.ledger->records, sql, &fault);
    ASKED_OK(statement != NULL);
    sqlite3_bind_int64(statement, 1, casefile);
    ASKED_OK(records_step(statement, &row, &fault));
    return row ? sqlite3_column_int64(statement, 0) : -1;
}
