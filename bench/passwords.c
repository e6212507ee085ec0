/* passwords: what judging passwords costs beside zxcvbn alone, over the same ones in the same run.
 *
 *     passwords make FOLDER [PASSWORDS [STOLEN]]    # FOLDER/logins.csv, FOLDER/stolen.txt
 *     passwords measure FOLDER [ROUNDS]
 *
 * Made are 100,000 logins as Firefox gives them out: four in ten passwords are random, the others words and
 * names, English, romaji or kana, with a number and often a sign. The list of stolen ones holds every second
 * of them among made hashes, 6.5 million in all (290 MB). The same words give the same bytes. */
#include "base/cleanup.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/memory.h"
#include "check/passwords/breach.h"
#include "check/passwords/login.h"
#include "check/passwords/strength.h"
#include <gnutls/crypto.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <zxcvbn.h>

enum { PASSWORDS = 100000, STOLEN = 6500000, ROUNDS = 3, HASH = 20, PASSWORD_SIZE = 64 };

static uint64_t mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

static void make_random(uint64_t dice, char password[PASSWORD_SIZE])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()=-^@[]:;./";
    size_t length = 8 + dice % 9;
    for (size_t i = 0; i < length; i++)
        password[i] = letters[mix(dice + i) % (sizeof letters - 1)];
    password[length] = '\0';
}

static void make_password(size_t number, char password[PASSWORD_SIZE])
{
    static const char *const words[] = {"sakura",     "tanaka",   "Password", "himitsu", "konnichiwa",
                                        "dragon",     "Sunshine", "michael",  "さくら",  "Hanako",
                                        "tarou",      "love",     "neko",     "qwerty",  "football",
                                        "パスワード", "monkey",   "yamada"};
    enum { WORDS = sizeof words / sizeof *words };
    uint64_t dice = mix(number), other = mix(dice);
    if (dice % 10 < 4)
        make_random(other, password);
    else if (dice % 10 < 8)
        snprintf(password, PASSWORD_SIZE, "%s%s%u%c", words[other % WORDS], words[(other >> 8) % WORDS],
                 (unsigned)(other >> 16) % 10000, "!#$."[(other >> 48) % 4]);
    else
        snprintf(password, PASSWORD_SIZE, "%s%u", words[other % WORDS], (unsigned)(other >> 16) % 10000);
}

static bool make_logins(const char *path, size_t count, struct fault *fault)
{
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, (size_t)512 << 20);
    text_add_string(&csv, "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\","
                          "\"timeCreated\",\"timeLastUsed\",\"timePasswordChanged\"\r\n");
    for (size_t i = 0; i < count; i++) {
        char password[PASSWORD_SIZE];
        make_password(i, password);
        text_addf(&csv,
                  "\"https://service%zu.example\",\"hanako@example.jp\",\"%s\",,\"\",\"{%zu}\","
                  "\"1600000000000\",\"1700000000000\",\"1600000000000\"\r\n",
                  i, password, i);
    }
    return text_whole(&csv) ? file_write(path, csv.bytes, csv.length, fault)
                            : fault_set(fault, "too many passwords");
}

static int by_hash(const void *a, const void *b)
{
    return memcmp(a, b, HASH);
}

static bool write_hashes(const char *path, const unsigned char *hashes, size_t count, struct fault *fault)
{
    CLEANUP(cleanup_file) FILE *file = fopen(path, "we");
    if (file == NULL)
        return fault_errno(fault, "cannot write '%s'", path);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < HASH; k++)
            fprintf(file, "%02X", hashes[i * HASH + k]);
        fprintf(file, ":%zu\r\n", i % 977 + 1);
    }
    return (fflush(file) == 0 && !ferror(file)) || fault_errno(fault, "cannot write '%s'", path);
}

static bool make_stolen(const char *path, size_t passwords, size_t count, struct fault *fault)
{
    OWNED_MEMORY unsigned char *hashes = memory_new(count, HASH);
    for (size_t i = 0; i < count; i++) {
        char password[PASSWORD_SIZE];
        if (i < passwords / 2)
            make_password(i * 2, password);
        else
            snprintf(password, sizeof password, "%zu", i);
        if (gnutls_hash_fast(GNUTLS_DIG_SHA1, password, strlen(password), hashes + i * HASH) != 0)
            return fault_set(fault, "SHA-1 cannot be computed");
    }
    qsort(hashes, count, HASH, by_hash);
    return write_hashes(path, hashes, count, fault);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

enum measure { ZXCVBN, STRENGTH, STRENGTH_NEAR, LOST, MEASURES };

/* Adds to what would otherwise not be computed. */
static bool judge(enum measure measure, const struct login *login, struct breach *breach, double *sum,
                  struct fault *fault)
{
    struct strength strength = {0};
    uint64_t times = 0;
    switch (measure) {
    case ZXCVBN:
        *sum += ZxcvbnMatch(login->password, NULL, NULL);
        return true;
    case STRENGTH:
        strength_of(login->password, NULL, &strength);
        break;
    case STRENGTH_NEAR:
        strength_of(login->password, (const char *const[]){login->address, login->user, NULL}, &strength);
        break;
    case LOST:
    case MEASURES:
        if (!breach_look(breach, login->password, &times, fault))
            return false;
        break;
    }
    *sum += strength.bits + (double)times;
    return true;
}

static bool measure(const struct logins *logins, struct breach *breach, unsigned rounds, struct fault *fault)
{
    static const char *const names[] = {"zxcvbn alone", "strength", "strength, with names",
                                        "looked up as stolen"};
    double sum = 0;
    for (unsigned round = 1; round <= rounds; round++) {
        double alone = 0;
        for (enum measure what = 0; what < MEASURES; what++) {
            double begin = seconds();
            for (size_t i = 0; i < logins->count; i++) {
                if (!judge(what, &logins->items[i], breach, &sum, fault))
                    return false;
            }
            double each = (seconds() - begin) / (double)logins->count;
            alone = what == ZXCVBN ? each : alone;
            printf("round %u  %-22s %6.1f us a password  %5.2f\n", round, names[what], each * 1e6,
                   each / alone);
        }
    }
    return sum > 0 || fault_set(fault, "no password was judged");
}

static bool run(int count, char **words, struct fault *fault)
{
    char logins_path[PATH_MAX], stolen_path[PATH_MAX];
    snprintf(logins_path, sizeof logins_path, "%s/logins.csv", words[2]);
    snprintf(stolen_path, sizeof stolen_path, "%s/stolen.txt", words[2]);
    size_t first = count > 3 ? strtoul(words[3], NULL, 10) : 0,
           second = count > 4 ? strtoul(words[4], NULL, 10) : 0;
    if (strcmp(words[1], "make") == 0) {
        size_t passwords = first > 0 ? first : PASSWORDS;
        return file_make_folder(words[2], fault) && make_logins(logins_path, passwords, fault) &&
               make_stolen(stolen_path, passwords, second > 0 ? second : STOLEN, fault);
    }
    CLEANUP(logins_clear) struct logins logins = {0};
    if (!logins_read(&logins, logins_path, fault))
        return false;
    OWNED(breach_free) struct breach *breach = breach_open(stolen_path, fault);
    return breach != NULL && measure(&logins, breach, first > 0 ? (unsigned)first : ROUNDS, fault);
}

int main(int count, char **words)
{
    struct fault fault;
    if (count < 3) {
        fprintf(stderr, "passwords make|measure FOLDER\n");
        return 2;
    }
    if (!run(count, words, &fault)) {
        fprintf(stderr, "passwords: %s\n", fault.text);
        return 1;
    }
    return 0;
}
