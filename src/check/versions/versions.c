/* check versions: is each installed product the latest, is it supported, and is it known to be vulnerable? */
#include "base/words.h"
#include "check/check.h"

static const char *root, *hive;
static struct command_values documents, feeds;

static const struct check_id ids[] = {
    {"vulnerable", N_("Known to be vulnerable"),
     N_("A feed says that the version installed has a known vulnerability."), CHECK_ERROR},
    {"unsupported", N_("No longer supported"), N_("Its maker mends it no more, whatever is found in it."),
     CHECK_ERROR},
    {"not-latest", N_("Not the latest version"), N_("A newer version is known than the one installed."),
     CHECK_WARNING},
    {"version-unknown", N_("Could not be judged"),
     N_("No list says what the latest version is, or it is too old to go by."), CHECK_NOTE},
    {0},
};

static const struct command_option options[] = {
    {"--root", "DIR", "a mounted disk instead of this machine", &root, NULL},
    {"--registry", "HIVE", "a hive of Windows' registry (SOFTWARE, NTUSER.DAT)", &hive, NULL},
    {"--oval", "FILE", "judge by these OVAL or XCCDF definitions (again and again)", NULL, &documents},
    {"--feed", "FILE|URL", "go by what others publish: OVAL, JVN, the MyJVN API (again and again)", NULL,
     &feeds},
    CHECK_OPTIONS,
    {0},
};

static bool look(int count, char **words, struct findings *findings, struct fault *fault)
{
    (void)count, (void)words, (void)findings, (void)root, (void)hive;
    return fault_set(fault, "versions cannot be looked at yet");
}

static enum command_exit run(int count, char **words, struct fault *fault)
{
    return check_run(&check_versions, count, words, fault);
}

const struct check check_versions = {
    {"check versions", "[--root DIR] [--registry HIVE] [--oval FILE] [--feed FILE|URL]",
     "Is each installed product the latest, is it supported, and is it known to be vulnerable?", options, 0,
     0, run},
    N_("Versions"),
    ids,
    look};
