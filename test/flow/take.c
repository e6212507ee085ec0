/* take: many threads that tell the desk of a ledger something, through the taker; and what became of it.
 *
 *     take send LEDGER COUNT THREADS    tells COUNT things, each of a number; writes "NUMBER RECEIPT" when
 * the taker says that it is taken in take check LEDGER COUNT <LINES    all that was said to be taken in is
 * there, and nothing twice
 *
 * The numbers are told again by whoever is started again, as a page is that had no answer. The desk's key is
 * made of a seed that stands here. */
#include "cases/taker.h"
#include "ledger/records.h"
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

static const unsigned char seed[32] = "the desk's key of a test's ledg";
static struct taker *taker;
static struct ledger *ledger;
static unsigned count, next_number;

static int give_up(const struct fault *fault)
{
    fprintf(stderr, "take: %s\n", fault->text);
    return 2;
}

static struct receipt receipt_of(unsigned number, unsigned char page[32])
{
    memset(page, 0, 32);
    memcpy(page, &number, sizeof number);
    return receipt_make(ledger, page);
}

static bool send_one(unsigned number, struct fault *fault)
{
    unsigned char page[32];
    enum case_taken taken;
    int64_t id;
    char line[64], text[RECEIPT_TEXT];
    const struct receipt receipt = receipt_of(number, page);
    struct case_intake intake = {.kind = number % CASE_KINDS,
                                 .channel = CASE_WEB,
                                 .language = "ja",
                                 .receipt = &receipt,
                                 .reporter = "hanako@example.jp",
                                 .told =
                                     json_pack("{s:s, s:i}", "what", "見知らぬメールが届いた", "n", number),
                                 .at_s = time(NULL)};
    casefile_once(ledger, page, sizeof page, intake.once);
    bool well = taker_take(taker, &intake, &taken, &id, fault);
    json_decref(intake.told);
    receipt_text(&receipt, text);
    int length = snprintf(line, sizeof line, "%u %s\n", number, text);
    return well && write(STDOUT_FILENO, line, (size_t)length) == length; /* shown: at once, as one line */
}

static void *send_on(void *context)
{
    struct fault fault;
    for (unsigned number; (number = __atomic_fetch_add(&next_number, 1, __ATOMIC_RELAXED)) < count;)
        if (!send_one(number, &fault)) {
            give_up(&fault);
            return context; /* not NULL: failed */
        }
    return NULL;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static int send_all(const char *path, unsigned threads_count)
{
    struct fault fault;
    pthread_t threads[256];
    bool failed = false;
    taker = taker_new(path, &fault);
    if (taker == NULL || threads_count > sizeof threads / sizeof *threads)
        return give_up(&fault);
    int64_t begun_ms = now_ms();
    for (unsigned i = 0; i < threads_count; i++)
        pthread_create(&threads[i], NULL, send_on, &count);
    for (unsigned i = 0; i < threads_count; i++) {
        void *result;
        pthread_join(threads[i], &result);
        failed = failed || result != NULL;
    }
    fprintf(stderr, "%u taken in in %lld ms\n", count, (long long)(now_ms() - begun_ms));
    taker_free(taker);
    return failed ? 2 : 0;
}

static bool make_key(const struct seal_pair *desk, struct fault *fault)
{
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(
        ledger->records, "INSERT INTO desk_key VALUES (1, ?1, x'00', x'00') ON CONFLICT DO NOTHING", fault);
    if (statement == NULL)
        return false;
    sqlite3_bind_blob(statement, 1, desk->public.bytes, sizeof desk->public.bytes, SQLITE_STATIC);
    return records_do(statement, fault);
}

/* The number that was told in a case; -1 where it does not open. */
static long long number_in(const struct casefile *file, const struct seal_pair *pair, struct fault *fault)
{
    json_t *told = casefile_told(ledger, file, pair, true, fault);
    json_t *number = json_object_get(json_object_get(json_array_get(told, 0), "fields"), "n");
    long long found = json_is_integer(number) ? json_integer_value(number) : -1;
    json_decref(told);
    return found;
}

/* What every shown receipt opens is what was told for it. */
static unsigned check_shown(struct fault *fault)
{
    unsigned number, wrong = 0;
    char text[64];
    while (scanf("%u %63s", &number, text) == 2) {
        struct receipt receipt;
        struct casefile file;
        struct seal_pair own;
        enum case_found found = CASE_NONE;
        if (!receipt_parse(text, strlen(text), &receipt) ||
            !casefile_by_receipt(ledger, &receipt, &file, &found, fault) || found == CASE_NONE) {
            wrong++;
            continue;
        }
        receipt_pair(&receipt, &own);
        wrong += number_in(&file, &own, fault) != number;
    }
    return wrong;
}

/* Every case, opened by the desk: each number once. */
static unsigned check_kept(const struct seal_pair *desk, struct fault *fault)
{
    static unsigned char seen[1 << 20];
    OWNED(sqlite3_finalize)
    sqlite3_stmt *statement = records_prepare(ledger->records, "SELECT id FROM casefile", fault);
    unsigned wrong = 0, cases = 0;
    bool row = true;
    while (records_step(statement, &row, fault) && row) {
        struct casefile file;
        enum case_found found;
        long long number = -1;
        if (casefile_read(ledger, sqlite3_column_int64(statement, 0), &file, &found, fault))
            number = number_in(&file, desk, fault);
        wrong += number < 0 || number >= count || seen[number]++ > 0;
        cases++;
    }
    printf("%u\n", cases);
    return wrong;
}

int main(int argc, char **argv)
{
    struct fault fault;
    struct seal_pair desk;
    if (argc < 4 || sodium_init() < 0)
        return 2;
    seal_pair_from(seed, &desk);
    count = (unsigned)strtoul(argv[3], NULL, 10);
    ledger = ledger_open(argv[2], LEDGER_SHARE, &fault);
    if (ledger == NULL || !make_key(&desk, &fault))
        return give_up(&fault);
    if (strcmp(argv[1], "send") == 0)
        return send_all(argv[2], argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 32);
    unsigned wrong = check_shown(&fault) + check_kept(&desk, &fault);
    ledger_free(ledger);
    return wrong == 0 ? 0 : 1;
}
