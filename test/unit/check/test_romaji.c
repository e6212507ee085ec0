/* romaji: kana and full-width letters as they are typed, and the many spellings of romaji as one. */
#include "unit.h"

#include "check/passwords/kana.h"
#include "check/passwords/romaji.h"

struct pair {
    const char *from, *to;
};

static void must_read(const char *password, const char *expected)
{
    struct romaji romaji;
    romaji_read(password, &romaji);
    assert_string_equal(romaji.text, expected);
    assert_int_equal(romaji.length, strlen(expected));
    assert_true(romaji.whole);
}

static void kana_is_read_as_it_is_typed(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"さくら", "sakura"},
        {"サクラ", "sakura"},
        {"ｻｸﾗ", "sakura"},
        {"ひみつのかぎ", "himitsunokagi"},
        {"しんじつ", "shinjitsu"},
        {"ちかてつ", "chikatetsu"},
        {"ふじさん", "fujisan"},
        {"をとめ", "otome"},
        {"ヴ", "vu"},
        {"はなぢ", "hanaji"},
        {"みかづき", "mikazuki"},
        {"ゐど", "ido"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        must_read(pairs[i].from, pairs[i].to);
}

static void small_kana_join_the_one_before(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"きょうと", "kyouto"},
        {"しゃしん", "shashin"},
        {"じゃがいも", "jagaimo"},
        {"ちょこ", "choko"},
        {"りゅう", "ryuu"},
        {"ぴょん", "pyon"},
        {"ファイル", "fairu"},
        {"ティー", "tii"},
        {"ディスク", "disuku"},
        {"シェフ", "shefu"},
        {"ウィンク", "winku"},
        {"ヴァイオリン", "vaiorin"},
        {"ねぇ", "nee"},
        {"まぁ", "maa"},
        {"ゃ", "ya"},
        {"ぁ", "a"},
        {"ァァ", "aa"},
        {"aゃ", "aya"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        must_read(pairs[i].from, pairs[i].to);
}

static void small_tsu_doubles_what_comes(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"がっこう", "gakkou"}, {"まっちゃ", "matcha"}, {"ざっし", "zasshi"},
        {"きって", "kitte"},    {"あっ", "at"},         {"っ", "t"},
        {"っあ", "ta"},         {"ｶｯﾌﾟ", "kappu"},      {"っー", "t-"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        must_read(pairs[i].from, pairs[i].to);
}

static void sounding_marks_belong_to_the_kana_before_them(void **state)
{
    (void)state;
    must_read("ﾊﾟｽﾜｰﾄﾞ", "pasuwaado");
    must_read("は\u309aす", "pasu");
    must_read("か\u3099", "ga");
    must_read("が", "ga");
    must_read("ｳﾞ", "vu");
    must_read("つ\u3099ほ\u309aぽぼ", "zupopobo");
    struct romaji romaji; /* what takes no mark leaves it standing alone */
    romaji_read("あ\u3099", &romaji);
    assert_int_equal(romaji.length, 2);
    assert_int_equal(romaji.kinds[1], ROMAJI_OTHER);
}

/* Each kana of full width, and the half-width one: their table was typed by hand. */
static void half_width_kana_are_those_of_full_width(void **state)
{
    (void)state;
    static const char full[] = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒ"
                               "フヘホマミムメモヤユヨラリル"
                               "レロワン",
                      half[] = "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
    const char *one = full, *other = half;
    struct romaji_character left, right;
    size_t count = 0;
    for (; romaji_next(&one, &left); count++) {
        assert_true(romaji_next(&other, &right));
        assert_int_equal(left.code, right.code);
        assert_int_equal(left.kind, ROMAJI_KANA);
        assert_int_equal(right.kind, ROMAJI_KANA);
    }
    assert_false(romaji_next(&other, &right));
    assert_int_equal(count, 56);
}

static void full_width_letters_are_plain_ones(void **state)
{
    (void)state;
    must_read("Ｐａｓｓ１２３！", "Pass123!");
    must_read("￥１\u3000２", "\\1 2");
    must_read("「かぎ」・", "[kagi]/");
    must_read("Tōkyō", "Tookyoo");
}

static void what_is_neither_is_one_letter_and_stays_apart(void **state)
{
    (void)state;
    struct romaji romaji;
    romaji_read("漢字漢\xff\xe3\x81", &romaji);
    assert_int_equal(romaji.length, 6);
    for (size_t i = 0; i < romaji.length; i++)
        assert_int_equal(romaji.kinds[i], ROMAJI_OTHER);
    assert_int_equal(romaji.text[0], romaji.text[2]);
    assert_int_not_equal(romaji.text[0], romaji.text[1]);
}

static void a_long_password_is_cut_and_says_so(void **state)
{
    (void)state;
    char password[3 * ROMAJI_MOST + 1];
    memset(password, 'a', sizeof password - 1);
    password[ROMAJI_MOST] = '\0';
    struct romaji romaji;
    romaji_read(password, &romaji);
    assert_true(romaji.whole && romaji.length == ROMAJI_MOST);
    password[ROMAJI_MOST] = 'b';
    password[ROMAJI_MOST + 1] = '\0';
    romaji_read(password, &romaji);
    assert_true(!romaji.whole && romaji.length == ROMAJI_MOST);
    assert_int_equal(romaji.text[ROMAJI_MOST], '\0');
    memcpy(password + ROMAJI_MOST - 1, "し", sizeof "し"); /* is cut in two */
    romaji_read(password, &romaji);
    assert_true(!romaji.whole && romaji.length == ROMAJI_MOST);
}

static void backwards_goes_by_characters_not_by_letters(void **state)
{
    (void)state;
    struct romaji romaji, backwards;
    romaji_read("らくさ1a", &romaji);
    romaji_reverse(&romaji, &backwards);
    assert_string_equal(backwards.text, "a1sakura");
    romaji_reverse(&backwards, &romaji);
    assert_string_equal(romaji.text, "rakusa1a");
}

static void folded_to(const char *text, char out[64])
{
    struct romaji romaji;
    romaji_read(text, &romaji);
    romaji_fold(romaji.text, out, 64);
}

static void spellings_of_one_word_fold_to_one(void **state)
{
    (void)state;
    static const char *const alike[][6] = {
        {"shinjitsu", "sinzitu", "SHINJITU", "しんじつ", "シンジツ", "ｼﾝｼﾞﾂ"},
        {"toukyou", "tokyo", "tookyoo", "tōkyō", "とうきょう", "Tokyo"},
        {"shimbun", "shinbun", "sinbun", "sinnbunn", "しんぶん", "simbun"},
        {"jagaimo", "zyagaimo", "jyagaimo", "じゃがいも", "ジャガイモ", "zyagaimo"},
        {"matcha", "maccha", "mattya", "まっちゃ", "ﾏｯﾁｬ", "Matcha"},
        {"hanaji", "hanazi", "hanadi", "はなぢ", "hanaji", "hanadi"},
        {"mikazuki", "mikaduki", "mikadzuki", "みかづき", "mikazuki", "mikaduki"},
        {"fujisan", "huzisan", "fuzisann", "ふじさん", "フジサン", "hujisan"},
        {"pasuwaado", "pasuwado", "pasuwa-do", "パスワード", "ﾊﾟｽﾜｰﾄﾞ", "Pasuwaado"},
        {"ken'ichi", "kenichi", "kennichi", "けんいち", "kenniti", "kenn'iti"},
        {"konnichiha", "konnnichiha", "konnitiha", "こんにちは", "konichiha", "konnnitiha"},
        {"ohno", "oono", "ouno", "ono", "おおの", "ōno"},
        {"jimmu", "jinmu", "zinmu", "じんむ", "zinnmu", "jinnmu"},
        {"chokoreeto", "chokore-to", "chokoreto", "チョコレート", "tyokoreeto", "cyokoreeto"},
        {"ryuu", "ryu", "ryū", "りゅう", "リュウ", "ryuu"},
        {"oniisan", "onisan", "onīsan", "おにいさん", "oniisann", "onii-san"},
    };
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        char first[64], other[64];
        folded_to(alike[i][0], first);
        for (size_t k = 1; k < 6; k++) {
            folded_to(alike[i][k], other);
            assert_string_equal(first, other);
        }
    }
}

static void different_words_stay_different(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {"sakura", "sakuro"}, {"kami", "gami"},   {"kite", "kitte"},  {"sensei", "sense"},
        {"hana", "bana"},     {"shiro", "siryo"}, {"kanyou", "kyou"}, {"shell", "sell"},
        {"kuro", "kuru"},     {"fan", "han"},     {"church", "chur"}, {"dan", "zan"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char one[64], other[64];
        folded_to(pairs[i].from, one);
        folded_to(pairs[i].to, other);
        assert_string_not_equal(one, other);
    }
}

static void folding_stops_where_there_is_no_more_room(void **state)
{
    (void)state;
    char out[4];
    assert_int_equal(romaji_fold("shashashasha", out, sizeof out), 3);
    assert_string_equal(out, "sya");
    assert_int_equal(romaji_fold("abc", out, 1), 0);
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kana_is_read_as_it_is_typed),
        cmocka_unit_test(small_kana_join_the_one_before),
        cmocka_unit_test(small_tsu_doubles_what_comes),
        cmocka_unit_test(sounding_marks_belong_to_the_kana_before_them),
        cmocka_unit_test(half_width_kana_are_those_of_full_width),
        cmocka_unit_test(full_width_letters_are_plain_ones),
        cmocka_unit_test(what_is_neither_is_one_letter_and_stays_apart),
        cmocka_unit_test(a_long_password_is_cut_and_says_so),
        cmocka_unit_test(backwards_goes_by_characters_not_by_letters),
        cmocka_unit_test(spellings_of_one_word_fold_to_one),
        cmocka_unit_test(different_words_stay_different),
        cmocka_unit_test(folding_stops_where_there_is_no_more_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
