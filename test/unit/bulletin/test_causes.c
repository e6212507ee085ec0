#include "base/cleanup.h"
#include "bulletin/causes.h"

#include "unit.h"

static void causes_lead_to_damage_layer_by_layer(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(causes_clear) struct causes causes;
    assert_true(causes_read(
        &causes, "causes.txt",
        "# how it came\r\ntitle:  A theft \ncause: virus\ncause: phishing\ndamage: loss\n\n"
        "virus -> stolen password -> login -> loss\nphishing->stolen password\nphishing -> loss\n",
        &fault));
    assert_string_equal(causes.title, "A theft");
    assert_int_equal(causes.box_count, 5);
    assert_int_equal(causes.arrow_count, 5);
    assert_int_equal(causes.boxes[0].kind, CAUSES_CAUSE);
    assert_string_equal(causes.boxes[3].text, "stolen password");
    assert_int_equal(causes.boxes[3].kind, CAUSES_STEP);
    assert_int_equal(causes.boxes[3].layer, 1);
    assert_int_equal(causes.boxes[4].layer, 2);
    assert_int_equal(causes.boxes[2].kind, CAUSES_DAMAGE);
    assert_int_equal(causes.boxes[2].layer, 3);
}

static void a_cause_stands_beside_what_it_leads_to(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(causes_clear) struct causes causes;
    assert_true(
        causes_read(&causes, "causes.txt", "cause: late\ncause: alone\na -> b -> c\nlate -> c\n", &fault));
    assert_int_equal(causes.boxes[0].layer, 1);
    assert_int_equal(causes.boxes[1].layer, 0);
}

static void refuses(const char *bytes, const char *sentence)
{
    struct fault fault;
    struct causes causes;
    assert_false(causes_read(&causes, "causes.txt", bytes, &fault));
    assert_string_equal(fault.text, sentence);
}

static void what_is_no_drawing_is_refused_by_its_line(void **state)
{
    (void)state;
    refuses("cause: a\nhello\n",
            "causes.txt:2: not a line of a drawing (expected 'title:', 'cause:', 'damage:' or 'A -> B')");
    refuses("a -> \n", "causes.txt:1: a box without text, or with too much (expected 1 to 200 bytes)");
    refuses("cause:\n",
            "causes.txt:1: not a line of a drawing (expected 'title:', 'cause:', 'damage:' or 'A -> B')");
}

static void a_circle_is_refused(void **state)
{
    (void)state;
    static const char sentence[] =
        "causes.txt: the arrows go round in a circle or on from a damage (expected causes to lead to damage)";
    refuses("a -> b -> c -> a\n", sentence);
    refuses("a -> a\n", sentence);
    refuses("damage: d\na -> d -> e\n", sentence);
}

static void too_many_boxes_are_refused(void **state)
{
    (void)state;
    struct fault fault;
    struct causes causes;
    char lines[4096] = "";
    for (int i = 0; i <= CAUSES_BOXES_MOST; i++)
        snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "cause: number %d\n", i);
    assert_false(causes_read(&causes, "causes.txt", lines, &fault));
    assert_string_equal(fault.text, "causes.txt:41: too many boxes (expected at most 40)");
}

static void the_drawing_is_named_and_escaped(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(causes_clear) struct causes causes;
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, 1 << 20);
    assert_true(causes_read(&causes, "c", "cause: <script>\n<script> -> \"&'\n", &fault));
    causes_draw(&causes, (struct causes_words){"figure-1-1", "T < 1", "D & d"}, &svg);
    assert_non_null(strstr(svg.bytes, "role=\"img\" aria-labelledby=\"figure-1-1-title figure-1-1-desc\""));
    assert_non_null(strstr(svg.bytes, "<title id=\"figure-1-1-title\">T &lt; 1</title>"));
    assert_non_null(strstr(svg.bytes, "<desc id=\"figure-1-1-desc\">D &amp; d</desc>"));
    assert_non_null(strstr(svg.bytes, ">&lt;script&gt;</text>"));
    assert_non_null(strstr(svg.bytes, ">&quot;&amp;&#39;</text>"));
    assert_null(strstr(svg.bytes, "<script"));
}

static void draw(const char *lines, struct text *svg)
{
    struct fault fault;
    CLEANUP(causes_clear) struct causes causes;
    assert_true(causes_read(&causes, "c", lines, &fault));
    causes_draw(&causes, (struct causes_words){"f", "t", "d"}, svg);
}

static void japanese_is_broken_after_a_particle_and_never_before_a_mark(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, 1 << 20);
    draw("cause: 偽サイトへの誘導(フィッシング)\ncause: あいうえおかきくけ、さしすせそ\n", &svg);
    assert_non_null(strstr(svg.bytes, ">(フィッシング)</text>"));
    assert_null(strstr(svg.bytes, ">、"));
    assert_null(strstr(svg.bytes, "(</text>"));
}

static void bytes_cut_short_do_no_harm(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, 1 << 20);
    draw("cause: abc\xe3\x81\n",
         &svg); /* the editor's files are checked to be UTF-8; the drawing does not rely on it */
    assert_non_null(strstr(svg.bytes, "</svg>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_lead_to_damage_layer_by_layer),
        cmocka_unit_test(a_cause_stands_beside_what_it_leads_to),
        cmocka_unit_test(what_is_no_drawing_is_refused_by_its_line),
        cmocka_unit_test(a_circle_is_refused),
        cmocka_unit_test(too_many_boxes_are_refused),
        cmocka_unit_test(the_drawing_is_named_and_escaped),
        cmocka_unit_test(japanese_is_broken_after_a_particle_and_never_before_a_mark),
        cmocka_unit_test(bytes_cut_short_do_no_harm),
    };
    return cmocka_run_group_tests_name("causes", tests, NULL, NULL);
}
