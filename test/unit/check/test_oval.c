/* Documents judged on machines that a test makes: what is read, what is collected beneath a root, what is
 * unknown. */
#include "unit.h"
#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "check/oval/evaluate.h"
#include "check/oval/oval.h"
#include "check/oval/read.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LANGUAGE "http://oval.mitre.org/XMLSchema/oval-definitions-5"
static const char head[] =
    "<oval_definitions xmlns='" LANGUAGE "' xmlns:o='http://oval.mitre.org/XMLSchema/oval-common-5'"
    " xmlns:l='" LANGUAGE "#linux' xmlns:i='" LANGUAGE "#independent' xmlns:u='" LANGUAGE "#unix'"
    " xmlns:w='" LANGUAGE "#windows' xmlns:ind='" LANGUAGE "#macos'"
    " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>";

static struct machine machine;
static struct oval_verdicts verdicts;
static struct fault fault;
static char folder[64];

static int begin(void **state)
{
    (void)state;
    machine = (struct machine){.root_descriptor = -1};
    products_init(&machine.products);
    verdicts = (struct oval_verdicts){.written_day = INT32_MIN};
    folder[0] = '\0';
    return 0;
}

static int end(void **state)
{
    (void)state;
    oval_verdicts_clear(&verdicts);
    products_clear(&machine.products);
    if (machine.root_descriptor >= 0)
        close(machine.root_descriptor);
    return folder[0] == '\0' || file_remove_tree(folder, &fault) ? 0 : -1;
}

static void installed(enum product_system system, const char *name, const char *version)
{
    const struct product product = {
        .system = system, .name = name, .version = version, .architecture = "x86_64"};
    assert_non_null(products_add(&machine.products, &product));
}

static bool judge(const char *body)
{
    CLEANUP(text_clear) struct text document;
    text_init(&document, 1 << 20);
    text_addf(&document, "%s%s</oval_definitions>", head, body);
    oval_verdicts_clear(&verdicts);
    return oval_judge("x.xml", document.bytes, document.length, &machine, NULL, &verdicts, &fault);
}

#define DEFINITION                                                                                           \
    "<definitions><definition id='d' class='patch'><criteria><criterion test_ref='t'/></criteria>"           \
    "</definition></definitions>"

/* What a document of one test says: `test`'s attributes, and all other parts. */
static enum oval_result one(const char *kind, const char *attributes, const char *held, const char *parts)
{
    CLEANUP(text_clear) struct text body;
    text_init(&body, 1 << 20);
    text_addf(&body,
              DEFINITION "<tests><%s_test id='t' %s><x:object xmlns:x='" LANGUAGE "#linux' object_ref='o'/>%s"
                         "</%s_test></tests>%s",
              kind, attributes, held, kind, parts);
    if (!judge(body.bytes))
        fail_msg("%s", fault.text);
    assert_int_equal(verdicts.count, 1);
    return verdicts.items[0].result;
}

static bool why_has(const char *words)
{
    return strstr(verdicts.items[0].why, words) != NULL;
}

#define STATE "<l:state state_ref='s'/>"
#define RPM(entity, ...)                                                                                     \
    one("l:rpminfo", "check='all'", STATE,                                                                   \
        "<objects><l:rpminfo_object id='o'><l:name>openssl</l:name></l:rpminfo_object></objects><states>"    \
        "<l:rpminfo_state id='s'>" entity "</l:rpminfo_state></states>" __VA_ARGS__)

static void rpm_packages_have_their_fields(void **state)
{
    (void)state;
    assert_int_equal(RPM("<l:name>openssl</l:name>"), OVAL_NOT_APPLICABLE);
    installed(PRODUCT_RPM, "openssl", "1:3.0.7-24.el9");
    installed(PRODUCT_RPM, "bash", "5.1.8-6.el9");
    assert_int_equal(RPM("<l:evr datatype='evr_string' operation='less than'>1:3.0.7-25.el9</l:evr>"),
                     OVAL_TRUE);
    assert_int_equal(RPM("<l:evr datatype='evr_string' operation='less than'>0:9-1</l:evr>"), OVAL_FALSE);
    assert_int_equal(RPM("<l:epoch>1</l:epoch><l:version>3.0.7</l:version><l:release>24.el9</l:release>"),
                     OVAL_TRUE);
    assert_int_equal(RPM("<l:extended_name>openssl-1:3.0.7-24.el9.x86_64</l:extended_name>"), OVAL_TRUE);
    assert_int_equal(RPM("<l:signature_keyid>199e2f91fd431d51</l:signature_keyid>"), OVAL_UNKNOWN);
    assert_true(why_has("'signature_keyid' is not collected here") && verdicts.items[0].no_kind);
}

static void a_package_without_an_epoch_is_of_epoch_0(void **state)
{
    (void)state;
    installed(PRODUCT_RPM, "openssl", "3.0.7-24.el9");
    assert_int_equal(RPM("<l:epoch>(none)</l:epoch><l:evr datatype='evr_string'>0:3.0.7-24.el9</l:evr>"),
                     OVAL_TRUE);
    installed(PRODUCT_DPKG, "hello", "2.10");
    assert_int_equal(
        one("l:dpkginfo", "check='all'", STATE,
            "<objects><l:dpkginfo_object id='o'><l:name>hello</l:name></l:dpkginfo_object></objects>"
            "<states><l:dpkginfo_state id='s'><l:epoch>0</l:epoch><l:release></l:release>"
            "<l:evr datatype='debian_evr_string'>0:2.10</l:evr></l:dpkginfo_state></states>"),
        OVAL_TRUE);
}

static void one_name_may_be_two_packages(void **state)
{
    (void)state;
    installed(PRODUCT_RPM, "openssl", "1-1");
    installed(PRODUCT_RPM, "openssl", "2-1");
    installed(PRODUCT_DPKG, "openssl", "3-1");
    const char *parts =
        "<objects><l:rpminfo_object id='o'><l:name>openssl</l:name></l:rpminfo_object></objects>"
        "<states><l:rpminfo_state id='s'><l:version>1</l:version></l:rpminfo_state></states>";
    assert_int_equal(one("l:rpminfo", "check='all' check_existence='only_one_exists'", "", parts),
                     OVAL_FALSE);
    assert_int_equal(one("l:rpminfo", "check='only one'", STATE, parts), OVAL_TRUE);
    assert_int_equal(one("l:rpminfo", "check='all'", STATE, parts), OVAL_FALSE);
}

#define VARIABLE(variables)                                                                                  \
    one("i:variable", "check='all'", STATE,                                                                  \
        "<objects><i:variable_object id='o'><i:var_ref>v</i:var_ref></i:variable_object></objects>"          \
        "<states><i:variable_state "                                                                         \
        "id='s'><i:value>x</i:value></i:variable_state></states><variables>" variables "</variables>")

static void variables_that_cannot_be_had_are_told(void **state)
{
    (void)state;
    assert_int_equal(VARIABLE("<constant_variable id='v'><value>x</value></constant_variable>"), OVAL_TRUE);
    assert_int_equal(VARIABLE("<external_variable id='v'/>"), OVAL_UNKNOWN);
    assert_true(why_has("is to come from elsewhere"));
    assert_int_equal(VARIABLE(""), OVAL_ERROR);
    assert_true(why_has("is not in the document"));
    assert_int_equal(VARIABLE("<local_variable id='v'><time_difference/></local_variable>"), OVAL_UNKNOWN);
    assert_true(why_has("time_difference is not known here"));
    assert_int_equal(VARIABLE("<local_variable id='v'><substring substring_start='9' substring_length='1'>"
                              "<literal_component>x</literal_component></substring></local_variable>"),
                     OVAL_ERROR);
    assert_int_equal(
        VARIABLE("<local_variable id='v'><arithmetic arithmetic_operation='multiply'><literal_component>"
                 "9223372036854775807</literal_component><literal_component>2</literal_component>"
                 "</arithmetic></local_variable>"),
        OVAL_ERROR);
    assert_true(why_has("more than 64 bits"));
    assert_int_equal(VARIABLE("<local_variable id='v'><regex_capture pattern='('><literal_component>x"
                              "</literal_component></regex_capture></local_variable>"),
                     OVAL_ERROR);
}

static void functions_count_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(
        one("i:variable", "check='all'", STATE,
            "<objects><i:variable_object id='o'><i:var_ref>v</i:var_ref></i:variable_object></objects>"
            "<states><i:variable_state id='s'><i:value>守</i:value></i:variable_state></states>"
            "<variables><local_variable id='v'><substring substring_start='2' substring_length='1'>"
            "<literal_component>見守り</literal_component></substring></local_variable></variables>"),
        OVAL_TRUE);
}

static void numbers_that_are_no_whole_ones_are_added(void **state)
{
    (void)state;
    assert_int_equal(
        one("i:variable", "check='all'", STATE,
            "<objects><i:variable_object id='o'><i:var_ref>v</i:var_ref></i:variable_object></objects>"
            "<states><i:variable_state id='s'><i:value datatype='float'>3.5</i:value></i:variable_state>"
            "</states><variables><local_variable id='v'><arithmetic arithmetic_operation='add'>"
            "<literal_component>1</literal_component><literal_component>2.5</literal_component>"
            "</arithmetic></local_variable></variables>"),
        OVAL_TRUE);
}

static void make_file(const char *name, const char *content)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(file_write(path, content, strlen(content), &fault));
}

static void make_folder(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(file_make_folder(path, &fault));
}

static void make_root(void)
{
    snprintf(folder, sizeof folder, "/tmp/mimamori-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    machine.root_descriptor = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    assert_true(machine.root_descriptor >= 0);
    make_folder("etc/apt/deep");
    make_file("etc/a.conf", "one=1\ntwo=2\none=3\n");
    make_file("etc/apt/b.conf", "one=4\n");
    make_file("etc/apt/deep/c.conf", "one=5\n");
}

/* How many matches of "^one=" are found: by the only existence that counts them. */
static enum oval_result text_files(const char *attributes, const char *entities)
{
    CLEANUP(text_clear) struct text parts;
    text_init(&parts, 1 << 16);
    text_addf(&parts,
              "<objects><i:textfilecontent54_object id='o'>%s<i:pattern operation='pattern "
              "match'>^one=(.)</i:pattern>"
              "<i:instance datatype='int' operation='greater than or equal'>1</i:instance>"
              "</i:textfilecontent54_object></objects><states><i:textfilecontent54_state id='s'>"
              "<i:subexpression datatype='int' operation='greater than'>2</i:subexpression>"
              "</i:textfilecontent54_state></states>",
              entities);
    return one("i:textfilecontent54", attributes, STATE, parts.bytes);
}
#define IN(path, name) "<i:path>" path "</i:path><i:filename>" name "</i:filename>"
#define DOWN           "<i:behaviors recurse_direction='down' recurse='directories' max_depth='%s'/>"

static void text_is_found_beneath_the_root(void **state)
{
    (void)state;
    make_root();
    assert_int_equal(text_files("check='at least one'", IN("/etc", "a.conf")), OVAL_TRUE);
    assert_int_equal(text_files("check='only one'", IN("/etc/", "a.conf")), OVAL_TRUE);
    assert_int_equal(text_files("check='all'", IN("/etc", "a.conf")), OVAL_FALSE);
    assert_int_equal(text_files("check='all'", IN("/etc/apt", "b.conf")), OVAL_TRUE);
    assert_int_equal(text_files("check='all'", "<i:filepath>/etc/apt/b.conf</i:filepath>"), OVAL_TRUE);
    assert_int_equal(text_files("check='all'", IN("/etc/apt", "a.conf")), OVAL_FALSE);
    assert_int_equal(text_files("check='all' check_existence='none_exist'", IN("/etc/apt", "../a.conf")),
                     OVAL_TRUE);
    assert_int_equal(text_files("check='all'", "<i:path>/etc</i:path><i:filename operation='pattern match'>^b"
                                               "</i:filename>"),
                     OVAL_FALSE);
}

static void folders_are_walked_as_far_as_is_asked(void **state)
{
    (void)state;
    make_root();
    const char *any = "<i:path>/etc</i:path><i:filename operation='pattern match'>\\.conf$</i:filename>";
    const char *deeper =
        "<i:path operation='pattern match'>^/etc/apt.*</i:path><i:filename>c.conf</i:filename>";
    CLEANUP(text_clear) struct text walk;
    text_init(&walk, 4096);
    assert_int_equal(text_files("check='none satisfy' check_existence='only_one_exists'", deeper),
                     OVAL_FALSE);
    assert_int_equal(text_files("check='all' check_existence='only_one_exists'", deeper), OVAL_TRUE);
    for (int depth = 0; depth < 3;
         depth++) { /* of the four, one is not above 2, and two are in the first folder */
        char number[8];
        snprintf(number, sizeof number, "%d", depth);
        text_empty(&walk);
        text_addf(&walk, DOWN "%s", number, any);
        assert_int_equal(text_files("check='only one'", walk.bytes), depth == 0 ? OVAL_TRUE : OVAL_FALSE);
    }
    assert_int_equal(
        text_files("check='all'", "<i:filepath operation='pattern match'>^/etc/apt/.*\\.conf$</i:filepath>"),
        OVAL_TRUE);
    assert_int_equal(text_files("check='all'", "<i:behaviors recurse_direction='up'/>" IN("/etc", "a.conf")),
                     OVAL_UNKNOWN);
    assert_true(why_has("in a way that is not known here") && verdicts.items[0].no_kind);
}

static void links_do_not_lead_out_of_the_root(void **state)
{
    char path[128];
    (void)state;
    make_root();
    snprintf(path, sizeof path, "%s/etc/out.conf", folder);
    assert_int_equal(symlink("/etc/a.conf", path), 0);
    assert_int_equal(text_files("check='at least one'", IN("/etc", "out.conf")), OVAL_TRUE);
    snprintf(path, sizeof path, "%s/etc/away", folder);
    assert_int_equal(symlink("../../../../../etc", path), 0);
    assert_int_equal(text_files("check='at least one'", IN("/etc/away", "a.conf")), OVAL_TRUE);
    assert_int_equal(text_files("check='all'", IN("/etc/away", "passwd")), OVAL_FALSE);
    snprintf(path, sizeof path, "%s/etc/pipe.conf", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(text_files("check='all'", IN("/etc", "pipe.conf")), OVAL_FALSE);
}

static void files_have_types_and_rights(void **state)
{
    char path[128];
    (void)state;
    make_root();
    snprintf(path, sizeof path, "%s/etc/a.conf", folder);
    assert_int_equal(chmod(path, 04640), 0);
    const char *files =
        "<objects><u:file_object id='o'><u:path>/etc</u:path><u:filename>a.conf</u:filename>"
        "</u:file_object></objects><states><u:file_state id='s'><u:type>regular</u:type>"
        "<u:size datatype='int'>18</u:size><u:suid datatype='boolean'>true</u:suid>"
        "<u:gread datatype='boolean'>true</u:gread><u:oread datatype='boolean'>false</u:oread>"
        "</u:file_state></states>";
    assert_int_equal(one("u:file", "check='all'", STATE, files), OVAL_TRUE);
    files =
        "<objects><u:file_object id='o'><u:path>/etc/apt</u:path><u:filename xsi:nil='true'/></u:file_object>"
        "</objects><states><u:file_state id='s'><u:type>directory</u:type>"
        "<u:filename check_existence='none_exist'/></u:file_state></states>";
    assert_int_equal(one("u:file", "check='all'", STATE, files), OVAL_TRUE);
    files =
        "<objects><u:file_object id='o'><u:path>/etc/apt</u:path><u:filename xsi:nil='true'/></u:file_object>"
        "</objects><states><u:file_state id='s'><u:filename>apt</u:filename></u:file_state></states>";
    assert_int_equal(one("u:file", "check='all'", STATE, files), OVAL_FALSE);
}

#define UNAME(entity)                                                                                        \
    one("u:uname", "check='all'", STATE,                                                                     \
        "<objects><u:uname_object id='o'/></objects><states><u:uname_state id='s'>" entity                   \
        "</u:uname_state></states>")

static void another_disk_has_a_kernel_but_none_that_runs(void **state)
{
    (void)state;
    machine.architecture = "arm64";
    assert_int_equal(one("u:uname", "check='all'", "", "<objects><u:uname_object id='o'/></objects>"),
                     OVAL_TRUE);
    assert_int_equal(UNAME("<u:os_name>Linux</u:os_name><u:machine_class>aarch64</u:machine_class>"),
                     OVAL_TRUE);
    assert_int_equal(UNAME("<u:machine_class>x86_64</u:machine_class>"), OVAL_FALSE);
    assert_int_equal(UNAME("<u:os_release>6.1</u:os_release>"), OVAL_UNKNOWN);
    assert_true(why_has("'os_release' is not collected here"));
    machine.architecture = "i386";
    assert_int_equal(UNAME("<u:machine_class>i686</u:machine_class>"), OVAL_UNKNOWN);
    machine.here = true;
    assert_int_equal(UNAME("<u:os_release>6.1</u:os_release>"), OVAL_FALSE);
}

static void the_family_decides_what_applies(void **state)
{
    const char *family = "<objects><i:family_object id='o'/></objects><states><i:family_state id='s'>"
                         "<i:family>windows</i:family></i:family_state></states>";
    const char *registry = "<objects><w:registry_object id='o'><w:hive>HKEY_LOCAL_MACHINE</w:hive>"
                           "</w:registry_object></objects>";
    const char *mac = "<objects><ind:plist_object id='o'/></objects>";
    const char *other = "<objects><l:partition_object id='o'/></objects>";
    (void)state;
    assert_int_equal(one("i:family", "check='all'", STATE, family), OVAL_FALSE);
    assert_int_equal(one("w:registry", "check='all'", "", registry), OVAL_NOT_APPLICABLE);
    assert_int_equal(one("ind:plist", "check='all'", "", mac), OVAL_NOT_APPLICABLE);
    assert_int_equal(one("l:partition", "check='all'", "", other), OVAL_UNKNOWN);
    assert_true(verdicts.items[0].no_kind &&
                why_has("partition_object 'o' is of no kind that is known here"));
    machine.family = MACHINE_WINDOWS;
    assert_int_equal(one("i:family", "check='all'", STATE, family), OVAL_TRUE);
    assert_int_equal(one("l:partition", "check='all'", "", other), OVAL_NOT_APPLICABLE);
}

static void a_filter_that_cannot_be_judged_leaves_a_doubt(void **state)
{
    (void)state;
    installed(PRODUCT_DPKG, "hello", "1");
    const char *parts =
        "<objects><l:dpkginfo_object id='o'><l:name>hello</l:name><filter>s</filter></l:dpkginfo_object>"
        "</objects><states><l:dpkginfo_state id='s'><l:name datatype='int'>7</l:name>"
        "</l:dpkginfo_state></states>";
    assert_int_equal(one("l:dpkginfo", "check='all' check_existence='none_exist'", "", parts), OVAL_UNKNOWN);
    assert_true(why_has("a filter could not be judged"));
}

static void what_is_not_in_the_document_is_an_error(void **state)
{
    (void)state;
    installed(PRODUCT_DPKG, "hello", "1");
    assert_true(judge(DEFINITION) && verdicts.items[0].result == OVAL_ERROR && why_has("test 't' is not in"));
    assert_int_equal(one("l:dpkginfo", "check='all'", "", ""), OVAL_ERROR);
    assert_true(why_has("object 'o' is not in the document") && !verdicts.items[0].no_kind);
    assert_int_equal(
        one("l:dpkginfo", "check='all'", STATE,
            "<objects><l:dpkginfo_object id='o'><l:name>hello</l:name></l:dpkginfo_object></objects>"),
        OVAL_ERROR);
    assert_true(why_has("state 's' is not in the document"));
}

static void a_definition_is_told_with_what_a_person_wants_to_know(void **state)
{
    (void)state;
    assert_true(judge(
        "<generator><o:timestamp>2026-11-20T12:00:00</o:timestamp></generator><definitions>"
        "<definition id='d' class='vulnerability'><metadata><title>  A\nhole </title><affected family='unix'>"
        "<product>p</product><product>q</product></affected><reference ref_id='DSA-1'/>"
        "<reference ref_id='CVE-2026-1'/><reference ref_id='CVE-2026-2'/></metadata></definition>"
        "<definition id='e' class='inventory'/></definitions>"));
    assert_int_equal(verdicts.count, 2);
    assert_int_equal(verdicts.written_day, calendar_day(2026, 11, 20));
    const struct oval_verdict *verdict = &verdicts.items[0];
    assert_string_equal(verdict->title, "A hole");
    assert_string_equal(verdict->product, "p");
    assert_string_equal(verdict->reference, "CVE-2026-1");
    assert_int_equal(verdict->class, OVAL_VULNERABILITY);
    assert_int_equal(verdict->result, OVAL_NOT_EVALUATED);
    assert_int_equal(verdicts.items[1].class, OVAL_INVENTORY);
    assert_string_equal(oval_result_name(verdict->result), "not evaluated");
}

static void a_long_title_is_cut_between_characters(void **state)
{
    CLEANUP(text_clear) struct text body;
    (void)state;
    text_init(&body, 1 << 16);
    text_add_string(&body, "<definitions><definition id='d' class='patch'><metadata><title>x");
    for (int i = 0; i < 1000; i++)
        text_add_string(&body, "見");
    text_add_string(&body, "</title></metadata></definition></definitions>");
    assert_true(judge(body.bytes));
    assert_int_equal(strlen(verdicts.items[0].title), 1 + 341 * 3);
    assert_true(text_is_utf8(verdicts.items[0].title, strlen(verdicts.items[0].title)));
}

static void some_definitions_can_be_asked_for(void **state)
{
    const char *const only[] = {"c", "absent", "a", NULL};
    CLEANUP(text_clear) struct text document;
    (void)state;
    text_init(&document, 1 << 16);
    text_addf(&document,
              "%s<definitions><definition id='a' class='patch'/><definition id='b' class='patch'/>"
              "<definition id='c' class='patch'/></definitions></oval_definitions>",
              head);
    assert_true(oval_judge("x", document.bytes, document.length, &machine, only, &verdicts, &fault));
    assert_int_equal(verdicts.count, 2);
    assert_string_equal(verdicts.items[0].id, "c");
    assert_string_equal(verdicts.items[1].id, "a");
}

static void verdicts_come_through_packed(void **state)
{
    struct oval_verdicts again;
    CLEANUP(text_clear) struct text packed;
    (void)state;
    text_init(&packed, 1 << 16);
    assert_int_equal(one("l:partition", "check='all'", "", "<objects><l:partition_object id='o'/></objects>"),
                     OVAL_UNKNOWN);
    oval_pack(&verdicts, &packed);
    assert_true(oval_unpack(packed.bytes, packed.length, &again, &fault));
    assert_int_equal(again.count, 1);
    assert_string_equal(again.items[0].id, "d");
    assert_string_equal(again.items[0].why, verdicts.items[0].why);
    assert_int_equal(again.items[0].class, OVAL_PATCH);
    assert_true(again.items[0].no_kind && again.items[0].result == OVAL_UNKNOWN);
    oval_verdicts_clear(&again);
    for (size_t length = 0; length < packed.length; length++)
        assert_false(oval_unpack(packed.bytes, length, &again, &fault));
    memset(packed.bytes + 4, 0xff, 4);
    assert_false(oval_unpack(packed.bytes, packed.length, &again, &fault));
}

static void refused(const char *body, const char *sentence)
{
    assert_false(judge(body));
    if (strstr(fault.text, sentence) == NULL || strncmp(fault.text, "x.xml:", 6) != 0)
        fail_msg("'%s' has no '%s'", fault.text, sentence);
}

static void a_broken_document_is_refused_with_its_line(void **state)
{
    (void)state;
    refused("\n<definitions>\n</tests>", "x.xml:3: the XML is broken");
    refused("<tests><l:x_test check='all'/></tests>", "a reference to a test has no id");
    refused("<tests><l:x_test id='t' check='most'/></tests>",
            "check 'most' is unknown (expected all, at least one,");
    refused("<states><l:x_state id='s'><l:a operation='like'>b</l:a></l:x_state></states>",
            "operation 'like' is unknown");
    refused("<objects><l:x_object "
            "id='o'><set><object_reference>a</object_reference><object_reference>b</object_reference>"
            "<object_reference>c</object_reference></set></l:x_object></objects>",
            "more than two members");
    refused("<definitions><definition id='d' class='patch'><criteria/><criteria/></definition></definitions>",
            "definition 'd' has two criteria");
    refused("<variables><local_variable id='v'><substring substring_start='x'/></local_variable></variables>",
            "substring_start is 'x' (expected a whole number)");
    refused("<variables><local_variable id='v'><count/><count/></local_variable></variables>",
            "more than one value");
    refused("<definitions><definition id='d' class='&unknown;'/></definitions>", "the XML is broken");
}

static void what_is_no_oval_is_refused(void **state)
{
    static const char *const documents[] = {"",
                                            "x",
                                            "<a/>",
                                            "<oval_definitions/>",
                                            "<oval_definitions xmlns='urn:x'/>",
                                            "<!DOCTYPE a><oval_definitions xmlns='" LANGUAGE "'/>",
                                            "<oval_definitions xmlns='" LANGUAGE "'>",
                                            "\xff\xfe\xff"};
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        assert_false(oval_judge("x", documents[i], strlen(documents[i]), &machine, NULL, &verdicts, &fault));
        assert_true(strncmp(fault.text, "x:", 2) == 0);
    }
    assert_false(oval_judge("x", "", (size_t)600 << 20, &machine, NULL, &verdicts, &fault));
    assert_string_equal(fault.text, "x: is larger than 512 MiB");
}

static void what_is_not_ovals_is_passed_over(void **state)
{
    (void)state;
    assert_true(
        judge("<z:signature xmlns:z='urn:z'><z:a><z:b/></z:a></z:signature><definitions>"
              "<notes><note>n</note></notes><definition id='d' class='patch'><metadata><title>t</title>"
              "<z:debian xmlns:z='urn:z'><title>not this</title></z:debian></metadata><notes/></definition>"
              "<z:definition xmlns:z='urn:z' id='e'/></definitions><extra><extra/></extra>"));
    assert_int_equal(verdicts.count, 1);
    assert_string_equal(verdicts.items[0].title, "t");
}

static void what_strangers_write_cannot_move_a_terminal(void **state)
{
    (void)state;
    assert_true(judge(
        "<definitions><definition id='d' class='patch'><criteria><criterion test_ref='a\xe2\x80\xae&#10;b'/>"
        "</criteria></definition></definitions>"));
    assert_true(why_has("test 'a??b' is not in the document"));
}

static void reasons_are_utf8_whatever_was_found(void **state)
{
    CLEANUP(text_clear) struct text parts;
    (void)state;
    text_init(&parts, 1 << 16);
    installed(PRODUCT_DPKG, "h\xff\xfe\xe8\xa6", "1");
    assert_int_equal(
        one("l:dpkginfo", "check='all'", STATE,
            "<objects><l:dpkginfo_object id='o'><l:name operation='not equal'>x</l:name></l:dpkginfo_object>"
            "</objects><states><l:dpkginfo_state id='s'><l:name datatype='int'>7</l:name>"
            "</l:dpkginfo_state></states>"),
        OVAL_ERROR);
    assert_true(why_has("(h?\?\?\?) against '7': a value is no whole number"));
    text_add_string(&parts,
                    "<objects><l:dpkginfo_object id='o'><l:name>hello</l:name></l:dpkginfo_object></objects>"
                    "<states><l:dpkginfo_state id='s'><l:name datatype='int'>x");
    for (int i = 0; i < 100; i++)
        text_add_string(&parts, "見");
    text_add_string(&parts, "</l:name></l:dpkginfo_state></states>");
    installed(PRODUCT_DPKG, "hello", "1");
    assert_int_equal(one("l:dpkginfo", "check='all'", STATE, parts.bytes), OVAL_ERROR);
    assert_true(text_is_utf8(verdicts.items[0].why, strlen(verdicts.items[0].why)));
}

static void a_collection_ends_where_memory_would(void **state)
{
    struct arena arena;
    size_t left = 1000;
    (void)state;
    arena_init(&arena);
    struct oval_collection found = {.arena = &arena, .bytes_left = &left};
    struct oval_item *item = item_add(&found, ITEM_EXISTS);
    item_text(&found, item, "a", "short");
    assert_int_equal(found.flag, COLLECTION_COMPLETE);
    char large[2000];
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    item_text(&found, item, "b", large);
    assert_int_equal(found.flag, COLLECTION_INCOMPLETE);
    assert_int_equal(item->last->status, ITEM_NOT_COLLECTED);
    assert_null(item_add(&found, ITEM_EXISTS));
    arena_clear(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rpm_packages_have_their_fields),
        TEST(a_package_without_an_epoch_is_of_epoch_0),
        TEST(one_name_may_be_two_packages),
        TEST(variables_that_cannot_be_had_are_told),
        TEST(functions_count_characters_not_bytes),
        TEST(numbers_that_are_no_whole_ones_are_added),
        TEST(text_is_found_beneath_the_root),
        TEST(folders_are_walked_as_far_as_is_asked),
        TEST(links_do_not_lead_out_of_the_root),
        TEST(files_have_types_and_rights),
        TEST(another_disk_has_a_kernel_but_none_that_runs),
        TEST(the_family_decides_what_applies),
        TEST(a_filter_that_cannot_be_judged_leaves_a_doubt),
        TEST(what_is_not_in_the_document_is_an_error),
        TEST(a_definition_is_told_with_what_a_person_wants_to_know),
        TEST(a_long_title_is_cut_between_characters),
        TEST(some_definitions_can_be_asked_for),
        TEST(verdicts_come_through_packed),
        TEST(a_broken_document_is_refused_with_its_line),
        TEST(what_is_no_oval_is_refused),
        TEST(what_is_not_ovals_is_passed_over),
        TEST(what_strangers_write_cannot_move_a_terminal),
        TEST(reasons_are_utf8_whatever_was_found),
        TEST(a_collection_ends_where_memory_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
