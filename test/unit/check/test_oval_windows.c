/* Registry and file objects, judged one by one: each line of a table is an object, a state and what must come
 * of them. */
#include "disk.h"
#include "base/cleanup.h"
#include "check/oval/beginning.h"
#include "check/oval/oval.h"

static const char software[] = "[Microsoft\\Windows NT\\CurrentVersion]\n"
                               "\"SystemRoot\"=\"C:\\Windows\"\n"
                               "[Microsoft\\Windows\\CurrentVersion]\n"
                               "\"ProgramFilesDir (x86)\"=\"C:\\Program Files (x86)\"\n"
                               "[Typed]\n"
                               "@=\"default\"\n"
                               "\"sz\"=\"C:\\\\x\"\n"
                               "\"expand\"=expand:%SystemRoot%\\x\n"
                               "\"dword\"=dword:ffffffff\n"
                               "\"qword\"=qword:ffffffffffffffff\n"
                               "\"binary\"=hex:00ff\n"
                               "\"multi\"=multi:one|two\n"
                               "\"none\"=multi:\n"
                               "\"short\"=4:0102\n"
                               "\"odd\"=77:0102\n"
                               "[Tree\\A\\B\\C]\n"
                               "\"leaf\"=dword:1\n"
                               "[Tree\\A.B]\n"
                               "\"leaf\"=dword:2\n"
                               "[Wow6432Node\\Tree\\W]\n"
                               "\"leaf\"=dword:3\n";

static struct disk disk;
static struct machine machine;

static int open_disk(void **state)
{
    (void)state;
    struct fault fault;
    disk_open(&disk);
    disk_hive(&disk, "Windows/System32/config/SOFTWARE", software);
    disk_pe(&disk, "Windows/System32/x.dll",
            "bits=64\nfile=6.1.7601.17514\nproduct=6.1.0.0\nProductVersion=6.1\nCompanyName=Maker\n"
            "FileVersion=6.1.7601.17514 (win7sp1_rtm.101119-1850)\n");
    disk_pe(&disk, "Windows/SysWOW64/x.dll", "bits=32\nfile=6.1.0.32\nproduct=6.1.0.0\n");
    disk_pe(&disk, "Program Files/Tool/bin/x.exe", "bits=64\nfile=2.0.0.0\nproduct=2.0.0.0\n");
    CLEANUP(text_clear) struct text whole;
    disk_read(&disk, &whole);
    disk_bytes(&disk, "Program Files/Tool/cut.exe", whole.bytes, whole.length - 8);
    disk_bytes(&disk, "Program Files/Tool/readme.txt", "hello", 5);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/Program Files/Tool/link.exe", disk.folder);
    assert_int_equal(symlink("bin/x.exe", path), 0);
    return !machine_open(&machine, disk.folder, NULL, &fault);
}

static int close_disk(void **state)
{
    (void)state;
    machine_clear(&machine);
    disk_close(&disk);
    return 0;
}

struct line {
    const char *object, *state; /* what is between their tags; state NULL: only whether there is one */
    enum oval_result result;
};

static const char *family = "windows";

static enum oval_result judge(const char *kind, const struct line *line, char why[256])
{
    struct fault fault;
    CLEANUP(text_clear) struct text document;
    CLEANUP(oval_verdicts_clear) struct oval_verdicts verdicts = {0};
    text_init(&document, 1 << 16);
    text_addf(&document,
              "<oval_definitions xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5' "
              "xmlns:oval='http://oval.mitre.org/XMLSchema/oval-common-5' "
              "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><generator>"
              "<oval:schema_version>5.10</oval:schema_version></generator><definitions>"
              "<definition id='oval:t:def:1' version='1' class='miscellaneous'><metadata><title>t</title>"
              "<description>d</description></metadata><criteria><criterion test_ref='oval:t:tst:1'/>"
              "</criteria></definition></definitions><tests>"
              "<%s_test xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5#%s' id='oval:t:tst:1' "
              "version='1' check='all' check_existence='at_least_one_exists' comment='c'>"
              "<object object_ref='oval:t:obj:1'/>%s</%s_test></tests><objects>"
              "<%s_object xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5#%s' "
              "id='oval:t:obj:1' version='1'>%s</%s_object></objects>",
              kind, family, line->state == NULL ? "" : "<state state_ref='oval:t:ste:1'/>", kind, kind,
              family, line->object, kind);
    if (line->state != NULL)
        text_addf(&document,
                  "<states><%s_state xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5#%s' "
                  "id='oval:t:ste:1' version='1'>%s</%s_state></states>",
                  kind, family, line->state, kind);
    text_add_string(&document, "</oval_definitions>");
    if (!oval_judge("t.xml", document.bytes, document.length, &machine, NULL, &verdicts, &fault))
        fail_msg("%s", fault.text);
    assert_int_equal(verdicts.count, 1);
    snprintf(why, 256, "%s", verdicts.items[0].why);
    return verdicts.items[0].result;
}

static void judge_all(const char *kind, const struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char why[256];
        enum oval_result result = judge(kind, &lines[i], why);
        if (result != lines[i].result)
            fail_msg("%s | %s: %s (expected %s): %s", lines[i].object,
                     lines[i].state == NULL ? "" : lines[i].state, oval_result_name(result),
                     oval_result_name(lines[i].result), why);
    }
}
#define JUDGE_ALL(kind, lines) judge_all(kind, lines, sizeof(lines) / sizeof *(lines))

#define HKLM        "<hive>HKEY_LOCAL_MACHINE</hive>"
#define TYPED(name) HKLM "<key>SOFTWARE\\typed</key><name>" name "</name>"
#define EXIST       NULL

static void each_type_of_value_has_its_name_and_form(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {TYPED("SZ"), "<type>reg_sz</type><value>C:\\\\x</value>", OVAL_TRUE},
        {TYPED("expand"), "<type>reg_expand_sz</type><value>%SystemRoot%\\x</value>", OVAL_TRUE},
        {TYPED("dword"), "<type>reg_dword</type><value datatype='int'>4294967295</value>", OVAL_TRUE},
        {TYPED("qword"), "<type>reg_qword</type><value datatype='int'>18446744073709551615</value>",
         OVAL_TRUE},
        {TYPED("binary"), "<type>reg_binary</type><value datatype='binary'>00FF</value>", OVAL_TRUE},
        {TYPED("multi"), "<type>reg_multi_sz</type><value entity_check='at least one'>two</value>",
         OVAL_TRUE},
        {TYPED("multi"), "<value entity_check='all'>two</value>", OVAL_FALSE},
        {TYPED("none"), "<value>two</value>", OVAL_FALSE},
        {TYPED("short"), "<type>reg_dword</type>", OVAL_TRUE},
        {TYPED("short"), "<value datatype='int'>513</value>", OVAL_ERROR},
        {TYPED("odd"), "<value datatype='binary'>0102</value>", OVAL_TRUE},
        {TYPED("odd"), "<type>reg_binary</type>", OVAL_ERROR},
        {HKLM "<key>SOFTWARE\\Typed</key><name></name>", "<value>default</value>", OVAL_TRUE},
        {TYPED("not there"), EXIST, OVAL_FALSE},
    };
    JUDGE_ALL("registry", lines);
}

static void keys_are_found_by_name_and_by_pattern(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {HKLM "<key>SOFTWARE\\Typed</key><name xsi:nil='true'/>", EXIST, OVAL_TRUE},
        {HKLM "<key operation='case insensitive equals'>software\\TYPED</key><name xsi:nil='true'/>", EXIST,
         OVAL_TRUE},
        {HKLM "<key operation='case insensitive equals'>software\\TYPE</key><name xsi:nil='true'/>", EXIST,
         OVAL_FALSE},
        {HKLM "<key operation='not equal'>SOFTWARE</key><name>dword</name>",
         "<value datatype='int'>4294967295</value>",
         OVAL_UNKNOWN}, /* there may be more in the hives that are not here */
        {HKLM "<key>SOFTWARE\\Untyped</key><name xsi:nil='true'/>", EXIST, OVAL_FALSE},
        {HKLM "<key operation='pattern match'>^Software\\\\Tree\\\\A\\\\.*C$</key><name>leaf</name>",
         "<value datatype='int'>1</value>", OVAL_TRUE},
        {HKLM "<key operation='pattern match'>^SOFTWARE\\\\Tree\\\\A\\.B$</key><name>leaf</name>",
         "<value datatype='int'>2</value>", OVAL_TRUE},
        {HKLM "<key operation='pattern match'>^SOFTWARE\\\\(Nothing|Tree\\\\A.B)$</key><name>leaf</name>",
         "<value datatype='int'>2</value>", OVAL_TRUE},
        {HKLM "<key operation='pattern match'>^SOFTWARE\\\\Tree\\\\X</key><name>leaf</name>", EXIST,
         OVAL_FALSE},
        {HKLM "<key>SOFTWARE\\Typed</key><name operation='pattern match'>^dwor</name>", "<name>dword</name>",
         OVAL_TRUE},
        {HKLM "<key operation='pattern match'>^SOFTWARE\\\\(</key><name>leaf</name>", EXIST, OVAL_ERROR},
        {"<hive>HKEY_NOWHERE</hive><key>SOFTWARE</key><name xsi:nil='true'/>", EXIST, OVAL_ERROR},
    };
    JUDGE_ALL("registry", lines);
}

static void keys_beneath_and_above_are_found_by_behaviors(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"<behaviors recurse_direction='down'/>" HKLM "<key>SOFTWARE\\Tree\\A</key><name>leaf</name>",
         "<value datatype='int'>1</value>", OVAL_TRUE},
        {"<behaviors recurse_direction='down' max_depth='2'/>" HKLM
         "<key>SOFTWARE\\Tree\\A</key><name>leaf</name>",
         EXIST, OVAL_TRUE},
        {"<behaviors recurse_direction='down' max_depth='1'/>" HKLM
         "<key>SOFTWARE\\Tree\\A</key><name>leaf</name>",
         EXIST, OVAL_FALSE},
        {HKLM "<key>SOFTWARE\\Tree\\A</key><name>leaf</name>", EXIST, OVAL_FALSE},
        {"<behaviors recurse_direction='up' max_depth='2'/>" HKLM
         "<key>SOFTWARE\\Typed\\a\\b</key><name>dword</name>",
         EXIST, OVAL_TRUE},
        {"<behaviors recurse_direction='up' max_depth='1'/>" HKLM
         "<key>SOFTWARE\\Typed\\a\\b</key><name>dword</name>",
         EXIST, OVAL_FALSE},
        {"<behaviors windows_view='32_bit'/>" HKLM "<key>SOFTWARE\\Tree\\W</key><name>leaf</name>",
         "<windows_view>32_bit</windows_view><value datatype='int'>3</value>", OVAL_TRUE},
        {"<behaviors windows_view='64_bit'/>" HKLM "<key>SOFTWARE\\Tree\\W</key><name>leaf</name>", EXIST,
         OVAL_FALSE},
    };
    JUDGE_ALL("registry", lines);
}

static void what_cannot_be_asked_is_unknown_never_absent(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {HKLM "<key>SYSTEM\\CurrentControlSet</key><name xsi:nil='true'/>", EXIST, OVAL_UNKNOWN},
        {HKLM "<key>SAM\\SAM</key><name xsi:nil='true'/>", EXIST, OVAL_UNKNOWN},
        {"<hive>HKEY_CURRENT_USER</hive><key>Software</key><name xsi:nil='true'/>", EXIST, OVAL_UNKNOWN},
        {"<hive>HKEY_USERS</hive><key>S-1-5-21-1</key><name xsi:nil='true'/>", EXIST, OVAL_UNKNOWN},
    };
    char why[256];
    JUDGE_ALL("registry", lines);
    judge("registry", &lines[0], why);
    assert_non_null(strstr(why, "HKEY_LOCAL_MACHINE\\SYSTEM: there is no such hive here"));
}

#define FILE_OF(path, name) "<path>" path "</path><filename>" name "</filename>"

static void a_file_tells_its_version_and_texts(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {FILE_OF("C:\\windows\\system32", "X.DLL"),
         "<version datatype='version'>6.1.7601.17514</version><product_version>6.1</product_version>"
         "<company>Maker</company><development_class>win7sp1_rtm</development_class>"
         "<type>FILE_TYPE_DISK</type>",
         OVAL_TRUE},
        {FILE_OF("C:\\Windows\\System32\\", "x.dll"),
         "<version datatype='version' operation='greater than'>6.1.7601.17514</version>", OVAL_FALSE},
        {FILE_OF("C:\\Windows\\System32", "x.dll"), "<product_name>x</product_name>", OVAL_FALSE},
        {FILE_OF("C:\\Windows\\System32", "x.dll"), "<owner>x</owner>", OVAL_UNKNOWN},
        {"<behaviors windows_view='32_bit'/>" FILE_OF("C:\\Windows\\System32", "x.dll"),
         "<version datatype='version'>6.1.0.32</version>", OVAL_TRUE},
        {FILE_OF("C:\\Program Files\\Tool", "readme.txt"), "<size datatype='int'>5</size>", OVAL_TRUE},
        {FILE_OF("C:\\Program Files\\Tool", "readme.txt"),
         "<version datatype='version' operation='less than'>9</version>", OVAL_FALSE},
        {FILE_OF("C:\\Program Files\\Tool", "cut.exe"),
         "<version datatype='version' operation='less than'>9</version>", OVAL_ERROR},
        {FILE_OF("C:\\Windows\\System32", "none.dll"), EXIST, OVAL_FALSE},
        {FILE_OF("C:\\Windows", "System32"), EXIST, OVAL_FALSE}, /* a folder is no file */
        {"<path>C:\\Windows</path><filename xsi:nil='true'/>", "<path>C:\\Windows</path>", OVAL_TRUE},
        {"<path>C:\\Windows2</path><filename xsi:nil='true'/>", EXIST, OVAL_FALSE},
        {"<filepath>C:\\Program Files\\Tool\\bin\\x.exe</filepath>",
         "<filepath>C:\\Program Files\\Tool\\bin\\x.exe</filepath>", OVAL_TRUE},
    };
    JUDGE_ALL("file", lines);
}

static void files_are_found_by_pattern_and_behaviors(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {"<filepath operation='pattern match'>^C:\\\\program files\\\\.*\\\\x\\.exe$</filepath>",
         "<version datatype='version'>2.0.0.0</version>", OVAL_TRUE},
        {"<path operation='pattern match'>^C:\\\\Program.*bin$</path><filename>x.exe</filename>", EXIST,
         OVAL_TRUE},
        {"<filepath operation='pattern match'>^C:\\\\Windows\\\\.*\\\\x\\.exe$</filepath>", EXIST,
         OVAL_FALSE},
        {"<behaviors recurse_direction='down' max_depth='2'/>"
         "<path>C:\\Program Files</path><filename operation='pattern match'>^x\\.</filename>",
         EXIST, OVAL_TRUE},
        {"<behaviors recurse_direction='down' max_depth='1'/>"
         "<path>C:\\Program Files</path><filename operation='pattern match'>^x\\.</filename>",
         EXIST, OVAL_FALSE},
        {"<behaviors recurse_direction='up' max_depth='1'/>"
         "<path>C:\\Program Files\\Tool\\bin</path><filename>readme.txt</filename>",
         EXIST, OVAL_TRUE},
        {"<path>C:\\Program Files\\Tool\\bin</path><filename>readme.txt</filename>", EXIST, OVAL_FALSE},
    };
    JUDGE_ALL("file", lines);
}

static void a_file_that_cannot_be_looked_at_is_never_absent(void **state)
{
    (void)state;
    static const struct line lines[] = {
        {FILE_OF("D:\\Tool", "x.exe"), EXIST, OVAL_UNKNOWN},
        {"<filepath operation='pattern match'>^D:\\\\Tool\\\\x\\.exe$</filepath>", EXIST, OVAL_UNKNOWN},
        {FILE_OF("C:\\Program Files\\Tool", "link.exe"), EXIST, OVAL_ERROR},
    };
    JUDGE_ALL("file", lines);
}

static void variables_are_those_of_the_machine(void **state)
{
    (void)state;
    static const struct line without[] = {{"<name>windir</name>", EXIST, OVAL_UNKNOWN}};
    static const struct line lines[] = {
        {"<name>WinDir</name>", "<value>C:\\Windows</value>", OVAL_TRUE},
        {"<name>SystemDrive</name>", "<value>C:</value>", OVAL_TRUE},
        {"<name>ProgramFiles(x86)</name>", "<value>C:\\Program Files (x86)</value>", OVAL_TRUE},
        {"<name>Path</name>", "<value>C:\\Windows\\system32;C:\\Windows;%none%;50%</value>", OVAL_TRUE},
        {"<name>PROCESSOR_ARCHITECTURE</name>", "<value>x86</value>", OVAL_FALSE},
        {"<name>TEMP_OF_HANAKO</name>", EXIST, OVAL_UNKNOWN}, /* hers nobody read */
    };
    struct fault fault;
    struct machine other = machine;
    family = "independent";
    JUDGE_ALL("environmentvariable", without); /* there is no SYSTEM yet */
    disk_hive(&disk, "Windows/System32/config/SYSTEM",
              "[Select]\n\"Current\"=dword:1\n[ControlSet001\\Control\\Session Manager\\Environment]\n"
              "\"windir\"=expand:%SystemRoot%\n\"PROCESSOR_ARCHITECTURE\"=\"AMD64\"\n"
              "\"Path\"=expand:%SystemRoot%\\system32;%windir%;%none%;50%\n");
    assert_true(machine_open(&machine, disk.folder, NULL, &fault));
    JUDGE_ALL("environmentvariable", lines);
    machine_clear(&machine);
    machine = other;
    family = "windows";
    assert_int_equal(unlink(disk.path), 0);
}

static void expect_beginning(const char *pattern, const char *wanted, bool whole)
{
    CLEANUP(text_clear) struct text out;
    text_init(&out, 100);
    text_add_string(&out, "");
    assert_int_equal(beginning_of(pattern, &out), whole);
    assert_string_equal(out.bytes, wanted);
}

static void a_pattern_begins_with_its_whole_names(void **state)
{
    (void)state;
    expect_beginning("^SOFTWARE\\\\Mozilla\\\\.*$", "SOFTWARE\\Mozilla", false);
    expect_beginning("^SOFTWARE\\\\Moz.*$", "SOFTWARE", false);
    expect_beginning("^SOFTWARE\\\\A\\.B$", "SOFTWARE\\A.B", true);
    expect_beginning("(?i)^SOFTWARE\\\\A\\\\b+", "SOFTWARE\\A", false);
    expect_beginning("^(?i)SOFTWARE\\\\A\\\\", "SOFTWARE\\A", false);
    expect_beginning("^SOFTWARE\\\\A(\\\\x|\\\\y)", "SOFTWARE", false);
    expect_beginning("^SOFTWARE\\\\A\\\\(x|y)", "SOFTWARE\\A", false);
    expect_beginning("^SOFTWARE\\\\A\\\\[x|y]", "SOFTWARE\\A", false);
    expect_beginning("^SOFTWARE\\\\A\\\\x|y", "", false);
    expect_beginning("SOFTWARE\\\\A\\\\x", "", false);
    expect_beginning("^SOFTWARE\\\\A\\\\?x", "SOFTWARE", false);
    expect_beginning("^SOFTWARE\\\\\\d\\\\x", "SOFTWARE", false);
    expect_beginning("^", "", false);
    expect_beginning("^$", "", true);
    expect_beginning("", "", false);
    expect_beginning("^C:\\\\Windows\\\\$", "C:\\Windows\\", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_of_value_has_its_name_and_form),
        cmocka_unit_test(keys_are_found_by_name_and_by_pattern),
        cmocka_unit_test(keys_beneath_and_above_are_found_by_behaviors),
        cmocka_unit_test(what_cannot_be_asked_is_unknown_never_absent),
        cmocka_unit_test(a_file_tells_its_version_and_texts),
        cmocka_unit_test(files_are_found_by_pattern_and_behaviors),
        cmocka_unit_test(a_file_that_cannot_be_looked_at_is_never_absent),
        cmocka_unit_test(variables_are_those_of_the_machine),
        cmocka_unit_test(a_pattern_begins_with_its_whole_names),
    };
    return cmocka_run_group_tests(tests, open_disk, close_disk);
}
