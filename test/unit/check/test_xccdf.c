#include "unit.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "check/oval/xccdf.h"

#define HEAD "<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.1' id='b'><title>What to look at</title>"
#define CHECK(id)                                                                                            \
    "<check system='http://oval.mitre.org/XMLSchema/oval-definitions-5'><check-content-ref href='o.xml' "    \
    "name='" id "'/></check>"

/* v: a weakness that is there, w: one that is not, c and d: a setting as it should be, and not. */
static struct oval_verdict definitions[] = {
    {.id = "v", .class = OVAL_VULNERABILITY, .result = OVAL_TRUE},
    {.id = "w", .class = OVAL_PATCH, .result = OVAL_FALSE},
    {.id = "c", .class = OVAL_COMPLIANCE, .result = OVAL_TRUE},
    {.id = "d", .class = OVAL_INVENTORY, .result = OVAL_FALSE},
    {.id = "u", .class = OVAL_COMPLIANCE, .result = OVAL_UNKNOWN},
    {.id = "e", .class = OVAL_COMPLIANCE, .result = OVAL_ERROR},
    {.id = "n", .class = OVAL_COMPLIANCE, .result = OVAL_NOT_APPLICABLE},
    {.id = "k", .class = OVAL_COMPLIANCE, .result = OVAL_NOT_EVALUATED},
};
static const struct oval_verdicts judged = {.items = definitions,
                                            .count = sizeof definitions / sizeof *definitions};

static bool judge(const char *xml, struct xccdf_verdicts *verdicts, struct fault *fault)
{
    *verdicts = (struct xccdf_verdicts){0};
    return xccdf_judge("b.xml", xml, strlen(xml), &judged, verdicts, fault);
}

/* "rule=result " of each. */
static void results_are(const char *xml, const char *wanted)
{
    struct fault fault = {""};
    CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts verdicts;
    CLEANUP(text_clear) struct text said;
    text_init(&said, 1 << 20);
    if (!judge(xml, &verdicts, &fault))
        fail_msg("%s", fault.text);
    for (size_t i = 0; i < verdicts.count; i++)
        text_addf(&said, "%s=%s ", verdicts.items[i].rule, xccdf_result_name(verdicts.items[i].result));
    assert_string_equal(said.bytes == NULL ? "" : said.bytes, wanted);
}

static void is_refused(const char *xml, const char *why)
{
    struct fault fault = {""};
    CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts verdicts;
    assert_false(judge(xml, &verdicts, &fault));
    assert_string_equal(fault.text, why);
}

static void a_weakness_that_is_there_fails_and_a_setting_that_is_there_passes(void **state)
{
    (void)state;
    results_are(HEAD
                "<Rule id='1'>" CHECK("v") "</Rule><Rule id='2'>" CHECK("w") "</Rule><Rule id='3'>" CHECK(
                    "c") "</Rule><Rule id='4'>" CHECK("d") "</Rule></Benchmark>",
                "1=fail 2=pass 3=pass 4=fail ");
}
static void what_could_not_be_judged_never_passes(void **state)
{
    (void)state;
    results_are(
        HEAD "<Rule id='1'>" CHECK("u") "</Rule><Rule id='2'>" CHECK("e") "</Rule><Rule id='3'>" CHECK(
            "n") "</Rule><Rule id='4'>" CHECK("k") "</Rule><Rule id='5'>" CHECK("nowhere") "</Rule><Rule "
                                                                                           "id='6'/><Rule "
                                                                                           "id='7'><check "
                                                                                           "system='other'><"
                                                                                           "check-content-"
                                                                                           "ref href='x' "
                                                                                           "name='c'/>"
                                                                                           "</check></"
                                                                                           "Rule><Rule "
                                                                                           "id='8' "
                                                                                           "role='unchecked'"
                                                                                           ">" CHECK(
                                                                                               "c") "</"
                                                                                                    "Rule></"
                                                                                                    "Benchmar"
                                                                                                    "k>",
        "1=unknown 2=error 3=notapplicable 4=notchecked 5=notchecked 6=notchecked 7=notchecked "
        "8=notchecked ");
}
static void of_several_places_of_the_same_content_the_first_counts(void **state)
{
    (void)state;
    results_are(
        HEAD
        "<Rule id='1'><check system='http://oval.mitre.org/XMLSchema/oval-definitions-5'>"
        "<check-import import-name='x'/><check-content-ref href='a' name='c'/>"
        "<check-content-ref href='b' name='d'/></check></Rule>"
        "<Rule id='2'><check system='http://oval.mitre.org/XMLSchema/oval-definitions-5' selector='other'>"
        "<check-content-ref href='a' name='d'/></check>" CHECK("c") "</Rule></Benchmark>",
        "1=pass 2=pass ");
}
static void a_group_takes_its_rules_along(void **state)
{
    (void)state;
    results_are(
        HEAD "<Group id='g' selected='false'><Rule id='1' selected='true'>" CHECK(
            "c") "</Rule><Group id='h'><Rule id='2'>" CHECK("c") "</Rule></Group></Group><Group id='i'><Rule "
                                                                 "id='3'>" CHECK(
                                                                     "c") "</Rule><Rule id='4' "
                                                                          "selected='0'>" CHECK(
                                                                              "c") "</Rule></Group></"
                                                                                   "Benchmark>",
        "1=notselected 2=notselected 3=pass 4=notselected ");
}
static void the_first_profile_selects_where_nothing_is_selected(void **state)
{
    (void)state;
    const char *xml = HEAD
        "<Profile id='p' extends='q'><select idref='2' selected='true'/><select idref='g'/></Profile>"
        "<Profile id='q'><select idref='1' selected='true'/><select idref='3' selected='1'/><select "
        "idref='2' selected='false'/>"
        "</Profile><Profile id='r'><select idref='4' selected='true'/></Profile>"
        "<Rule id='1' selected='false'>" CHECK("c") "</Rule><Rule id='2' selected='false'>" CHECK(
            "c") "</Rule><Group id='g' selected='false'><Rule id='3' selected='false'>" CHECK("c") "</Rule></"
                                                                                                   "Group>"
                                                                                                   "<Rule "
                                                                                                   "id='4' "
                                                                                                   "selected="
                                                                                                   "'false'"
                                                                                                   ">" CHECK(
                                                                                                       "c") "</Rule></Benchmark>";
    results_are(xml, "1=pass 2=pass 3=pass 4=notselected ");
    results_are(
        HEAD
        "<Profile id='p'><select idref='1' selected='true'/></Profile><Rule id='1' selected='false'>" CHECK(
            "c") "</Rule><Rule id='2'>" CHECK("c") "</Rule></Benchmark>",
        "1=notselected 2=pass ");
    results_are(
        HEAD "<Profile id='p' extends='p'><select idref='many'/></Profile><Rule id='1' cluster-id='many' "
             "selected='false'>" CHECK("c") "</Rule><Rule id='2' cluster-id='many' selected='false'>" CHECK(
                 "d") "</Rule></Benchmark>",
        "1=pass 2=fail ");
}
static void several_checks_hold_together_as_their_operator_says(void **state)
{
    (void)state;
    results_are(HEAD "<Rule id='1'><complex-check operator='AND'>" CHECK("c") CHECK(
                    "u") "</complex-check></Rule>"
                         "<Rule id='2'><complex-check operator='OR'>" CHECK("u") CHECK(
                             "c") "</complex-check></Rule>"
                                  "<Rule id='3'><complex-check operator='AND'>" CHECK("d") CHECK(
                                      "u") "</complex-check></Rule>"
                                           "<Rule id='4'><complex-check operator='OR' negate='true'>" CHECK(
                                               "d") "<complex-check operator='AND'>" CHECK("c")
                                               CHECK("n") "</complex-check></complex-check></Rule>"
                                                          "<Rule id='5'><complex-check "
                                                          "operator='OR'/></Rule></Benchmark>",
                "1=unknown 2=pass 3=fail 4=fail 5=notchecked ");
}
static void a_check_without_a_name_asks_for_all_definitions(void **state)
{
    (void)state;
    results_are(
        HEAD
        "<Rule id='1'><check system='http://oval.mitre.org/XMLSchema/oval-definitions-5'><check-content-ref "
        "href='o'/></check></Rule></Benchmark>",
        "1=fail ");
    results_are(
        HEAD
        "<Rule id='1'><check multi-check='true' system='http://oval.mitre.org/XMLSchema/oval-definitions-5'>"
        "<check-content-ref href='o'/></check></Rule></Benchmark>",
        "1=fail 1=pass 1=pass 1=fail 1=unknown 1=error 1=notapplicable 1=notchecked ");
}
static void titles_and_remedies_are_one_line_of_text(void **state)
{
    (void)state;
    struct fault fault;
    CLEANUP(xccdf_verdicts_clear) struct xccdf_verdicts verdicts;
    assert_true(judge(
        HEAD
        "<Group id='g'><title>A group</title><Rule id='1'><title>\n  Turn it\n off </title><title>Mach es "
        "aus</title><fixtext>Open <x:b xmlns:x='http://www.w3.org/1999/xhtml'>Settings</x:b>,\n choose "
        "<x:i xmlns:x='urn:x'>Off</x:i>.</fixtext>" CHECK("c") "</Rule></Group></Benchmark>",
        &verdicts, &fault));
    assert_string_equal(verdicts.title, "What to look at");
    assert_int_equal(verdicts.count, 1);
    assert_string_equal(verdicts.items[0].title, "Turn it off");
    assert_string_equal(verdicts.items[0].fix, "Open Settings, choose Off.");
    assert_string_equal(verdicts.items[0].definition, "c");
}
static void what_is_no_benchmark_is_one_sentence(void **state)
{
    (void)state;
    is_refused("", "b.xml:1: is not well-formed XML: no element found");
    is_refused("<Benchmark/>", "b.xml:1: begins with 'Benchmark' (expected a Benchmark of XCCDF 1.1 or 1.2)");
    is_refused("<x xmlns='http://checklists.nist.gov/xccdf/1.2'/>",
               "b.xml:1: begins with 'x' (expected a Benchmark of XCCDF 1.1 or 1.2)");
    is_refused(HEAD "<Rule id='1'>", "b.xml:1: is not well-formed XML: no element found");
    is_refused("<!DOCTYPE b [<!ENTITY a 'ha'>]><b>&a;</b>",
               "b.xml:1: has a document type declaration (expected none, nor entities)");
}
static void a_benchmark_without_end_is_refused(void **state)
{
    (void)state;
    CLEANUP(text_clear) struct text xml;
    text_init(&xml, 64 << 20);
    text_add_string(&xml, HEAD);
    for (int i = 0; i <= 100000; i++)
        text_add_string(&xml, "<Rule id='1'/>");
    is_refused(xml.bytes, "b.xml:1: has more than 100000 groups and rules");
    text_empty(&xml);
    text_add_string(&xml, HEAD "<Profile id='p'>");
    for (int i = 0; i <= 20000; i++)
        text_add_string(&xml, "<select idref='1'/>");
    is_refused(xml.bytes, "b.xml:1: its profiles select more than 20000 times");
    text_empty(&xml);
    text_add_string(&xml, HEAD);
    for (int i = 0; i < 200; i++)
        text_add_string(&xml, "<Group id='g'>");
    is_refused(xml.bytes, "b.xml:1: elements lie more than 100 deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weakness_that_is_there_fails_and_a_setting_that_is_there_passes),
        cmocka_unit_test(what_could_not_be_judged_never_passes),
        cmocka_unit_test(of_several_places_of_the_same_content_the_first_counts),
        cmocka_unit_test(a_group_takes_its_rules_along),
        cmocka_unit_test(the_first_profile_selects_where_nothing_is_selected),
        cmocka_unit_test(several_checks_hold_together_as_their_operator_says),
        cmocka_unit_test(a_check_without_a_name_asks_for_all_definitions),
        cmocka_unit_test(titles_and_remedies_are_one_line_of_text),
        cmocka_unit_test(what_is_no_benchmark_is_one_sentence),
        cmocka_unit_test(a_benchmark_without_end_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
