/* strength: what falls at once and what does not, in Japanese and in English; and the advice's rule. */
#include "unit.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/romaji.h"
#include "check/passwords/strength.h"
#include "check/passwords/words.h"

#include <math.h>
#include <time.h>
#include <zxcvbn.h>

enum { WEAK = 1, WORD = 2 }; /* guessable; a word or a name */

static struct strength judged(const char *password)
{
    struct strength strength;
    strength_of(password, NULL, &strength);
    return strength;
}

static void must_be(const char *password, unsigned expected)
{
    struct strength strength = judged(password);
    unsigned seen = (strength.bits < STRENGTH_BITS ? WEAK : 0) | (strength.dictionary ? WORD : 0);
    if (seen != expected)
        fail_msg("'%s': %u (expected %u), %.1f bits", password, seen, expected, strength.bits);
}

static void japanese_is_guessed_however_it_is_written(void **state)
{
    (void)state;
    static const char *const words[] = {
        "パスワード", "ﾊﾟｽﾜｰﾄﾞ",    "ぱすわーど", "pasuwaado", "pasuwa-do", "Pasuwado",     "さくら",
        "サクラ",     "ｻｸﾗ",        "sakura",     "SAKURA",    "sAkUrA",    "arukas",       "らくさ",
        "konnichiwa", "こんにちは", "konnnitiha", "tomodachi", "tomodati",  "ともだち",     "daisuki",
        "aishiteru",  "arigatou",   "arigato",    "tanaka",    "たなか",    "satoh",        "satou",
        "hanako",     "はなこ",     "ken'ichi",   "kennichi",  "shin'ichi", "ｓａｋｕｒａ", "himitu",
        "ひみつ",     "toukyou",    "Tokyo",      "shimbun",   "sinbunn",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        must_be(words[i], WEAK | WORD);
}

static void decorated_words_are_words_still(void **state)
{
    (void)state;
    static const char *const words[] = {
        "sakura2011",   "Sakura2011!",      "2011sakura",       "さくら２０１１", "p@suwaad0",
        "S4kur4!",      "sakurasakura",     "sakura-sakura",    "Sakura.99",      "!!sakura!!",
        "tanakahanako", "TanakaHanako1985", "tanaka.hanako",    "suzuki_ichirou", "たなかはなこ",
        "Satou!2024",   "tanaka19850401",   "arukas99",         "password",       "Password1!",
        "P@ssw0rd",     "drowssap",         "passwordpassword", "michael77",      "M1chael!77",
        "sunshine123",  "johnsmith",        "JohnSmith1985",    "1Password!",     "dragon2024",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        must_be(words[i], WEAK | WORD);
}

static void what_is_no_word_may_be_guessed_all_the_same(void **state)
{
    (void)state;
    static const char *const weak[] = {
        "himitsunokagi", "ひみつのかぎ", "12345678",     "aaaaaaaa", "20111205",
        "abcdefgh",      "a1b2",         "漢漢漢漢漢漢", "ｑ１",     ""};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        must_be(weak[i], WEAK);
}

static void near_misses_are_left_alone(void **state)
{
    (void)state;
    static const char *const strong[] = {
        "xK9#vLq2mZpT",
        "a7senk2no9",
        "7#9!sen42&8",
        "Qz7-no-Kx4w",
        "kzjqwmvx",
        "nkrytbwq",
        "aH3$kz9!",
        "r8Wno3Gsen5t",

        "N|TxKcU-9",
        "bAkw27x63",
        "ぬつほみらへめねちろ",
        "田中花子",
        "unwashed probable cobweb stinging maroon twentieth",
        "correct horse battery staple",
        "shiro-kuma.odoru.asahi.mikan",
        "しろくまがあさひでおどる",
        "sakura-Kx9#vLq2mZpT",
    };
    for (size_t i = 0; i < sizeof strong / sizeof *strong; i++)
        must_be(strong[i], 0);
}

static void more_of_the_same_kind_is_stronger(void **state)
{
    (void)state;
    static const char *const rising[] = {"sakura", "sakura2011", "sakura2011#x", "sakura2011#xQ8v",
                                         "sakura2011#xQ8vLw2k"};
    for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
        assert_true(judged(rising[i - 1]).bits < judged(rising[i]).bits);
    assert_true(judged("satou").bits < judged("kashiwagi").bits); /* the rarer name */
    assert_true(judged("sakura").bits < judged("Sakura").bits);
    assert_true(judged("Sakura").bits < judged("saKuRa").bits);
    assert_true(judged("sakura").bits < judged("s4kura").bits);
    assert_true(judged("sakura").bits < judged("arukas").bits);
}

/* Whoever knows more does not need more guesses. */
static void nothing_is_stronger_than_zxcvbn_says(void **state)
{
    (void)state;
    static const char *const any[] = {"Tr0ub4dor&3",  "correct horse", "qwertyuiop",  "sakura2011",
                                      "xK9#vLq2mZpT", "zxcvbn1985",    "hello-world", "19850401"};
    for (size_t i = 0; i < sizeof any / sizeof *any; i++)
        assert_true(judged(any[i]).bits <= ZxcvbnMatch(any[i], NULL, NULL) + 1e-9);
}

static void names_that_are_near_are_guessed_first(void **state)
{
    (void)state;
    static const char *const near[] = {"kuzuhashi.example", "M.Zwrovitch@example.jp", "ほげぴよ", NULL};
    static const char *const passwords[] = {"kuzuhashi2019", "Zwrovitch!77", "zwr0v1tch77",
                                            "hogepiyo123",   "ﾎｹﾞﾋﾟﾖ123",    "hctivorwz"};
    for (size_t i = 0; i < sizeof passwords / sizeof *passwords; i++) {
        struct strength strength;
        strength_of(passwords[i], near, &strength);
        assert_true(strength.bits < STRENGTH_BITS);
        assert_true(strength.bits + 5 < judged(passwords[i]).bits);
        assert_false(strength.dictionary); /* in no dictionary */
    }
    struct strength with;
    strength_of("xK9#vLq2mZpT", near, &with);
    assert_true(fabs(with.bits - judged("xK9#vLq2mZpT").bits) < 1e-9);
    strength_of("M.9#vLq2mjpT", near, &with); /* runs of one letter or two are nobody's name */
    assert_true(fabs(with.bits - judged("M.9#vLq2mjpT").bits) < 1e-9);
}

static void length_is_in_characters(void **state)
{
    (void)state;
    static const struct {
        const char *password;
        size_t length;
    } lengths[] = {{"", 0},       {"sakura", 6},   {"さくら", 3},   {"ﾊﾟｽﾜｰﾄﾞ", 5}, {"か\u3099く", 2},
                   {"田中a1", 4}, {"１２３４", 4}, {"\xff\xfe", 2}, {"😀😀", 2},      {"きょう", 3}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        assert_int_equal(judged(lengths[i].password).length, lengths[i].length);
}

static void each_kind_of_character_is_looked_for(void **state)
{
    (void)state;
    enum { L = STRENGTH_LOWER, U = STRENGTH_UPPER, D = STRENGTH_DIGIT, S = STRENGTH_SIGN };
    static const struct {
        const char *password;
        unsigned missing;
    } kinds[] = {{"aA1!", 0},  {"", L | U | D | S}, {"aA1", S},      {"a!1", U},
                 {"A!1", L},   {"aA!", D},          {"ａＡ１！", 0}, {"さくら", L | U | D},
                 {"aA1さ", 0}, {"aA1漢", 0},        {"aA1 ", 0},     {"aA1ā", S}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_int_equal(judged(kinds[i].password).missing, kinds[i].missing);
}

/* The last word of each list, and what is in none. */
static void all_lists_are_built_in(void **state)
{
    (void)state;
    static const char *const words[] = {"akita", "wayu", "higashio", "irohanihoheto", "nani", "satou"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char folded[ROMAJI_MOST];
        romaji_fold(words[i], folded, sizeof folded);
        uint32_t node = 0;
        for (const char *letter = folded; *letter != '\0'; letter++) {
            node = words_step(node, *letter);
            if (node == 0)
                fail_msg("'%s' is in no list", words[i]);
        }
        assert_true(words_nodes[node].rank > 0);
    }
    assert_int_equal(words_step(0, '1'), 0);
    assert_int_equal(words_step(0, '\xff'), 0);
}

static void behind_what_is_judged_nothing_counts_as_decoration(void **state)
{
    (void)state;
    char password[200];
    memset(password, '1', sizeof password);
    memcpy(password, "sakura", 6);
    password[ROMAJI_MOST] = '\0';
    struct strength whole = judged(password);
    memcpy(password + ROMAJI_MOST, "xK9#vLq2mZpT", sizeof "xK9#vLq2mZpT");
    struct strength more = judged(password);
    assert_true(whole.dictionary && !more.dictionary);
    assert_true(fabs(whole.bits - more.bits) < 1e-9);
    assert_int_equal(more.length, ROMAJI_MOST + 12);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
enum { SLOWER = 20 }; /* what is ours is slowed down, the library is not */
#else
enum { SLOWER = 4 };
#endif

static void the_judgement_takes_little_beside_zxcvbn(void **state)
{
    (void)state;
    static const char *const ordinary[] = {"Sakura2011!",  "xK9#vLq2mZpT", "password1",
                                           "tanakahanako", "さくら",       "correct horse battery",
                                           "hR7-kk2Lwo",   "himitsunokagi"};
    double bits = 0, zxcvbn = 0, ours = 0;
    for (size_t round = 0; round < 500; round++) {
        double begin = seconds();
        for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++)
            bits += ZxcvbnMatch(ordinary[i], NULL, NULL);
        double middle = seconds();
        for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++)
            bits += judged(ordinary[i]).bits;
        zxcvbn += middle - begin;
        ours += seconds() - middle;
    }
    assert_true(bits > 0);
    if (ours > zxcvbn * SLOWER)
        fail_msg("%.1f times as long as zxcvbn", ours / zxcvbn);
}

/* zxcvbn alone takes time by more than the square of the length. */
static void a_megabyte_of_password_ends_at_once(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    OWNED_MEMORY char *password = memory_new(LENGTH + 1, 1);
    static const char *const fillings[] = {"a", "password", "Pa$sw0rd ", "さくら", "\xff", "1a2B"};
    double begin = seconds();
    char hundred[101] = "";
    for (size_t i = 0; i < 100; i++)
        hundred[i] = "Pa$sw0rd "[i % 9];
    for (size_t i = 0; i < 1000; i++)
        ZxcvbnMatch(hundred, NULL, NULL);
    double hundreds = seconds() - begin;
    for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++) {
        size_t unit = strlen(fillings[i]);
        for (size_t at = 0; at < LENGTH; at++)
            password[at] = fillings[i][at % unit];
        begin = seconds();
        struct strength strength = judged(password);
        assert_true(seconds() - begin < hundreds);
        assert_true(strength.length >= LENGTH / 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(japanese_is_guessed_however_it_is_written),
        cmocka_unit_test(decorated_words_are_words_still),
        cmocka_unit_test(what_is_no_word_may_be_guessed_all_the_same),
        cmocka_unit_test(near_misses_are_left_alone),
        cmocka_unit_test(more_of_the_same_kind_is_stronger),
        cmocka_unit_test(nothing_is_stronger_than_zxcvbn_says),
        cmocka_unit_test(names_that_are_near_are_guessed_first),
        cmocka_unit_test(length_is_in_characters),
        cmocka_unit_test(each_kind_of_character_is_looked_for),
        cmocka_unit_test(all_lists_are_built_in),
        cmocka_unit_test(behind_what_is_judged_nothing_counts_as_decoration),
        cmocka_unit_test(the_judgement_takes_little_beside_zxcvbn),
        cmocka_unit_test(a_megabyte_of_password_ends_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
