/* check versions: is each installed product the latest, is it supported, and is it known to be vulnerable? */
#include "base/words.h"
#include "check/check.h"
#include "check/versions/apt.h"
#include "check/versions/documents.h"
#include "check/versions/dpkg.h"
#include "check/versions/fetch.h"
#include "check/versions/flatpak.h"
#include "check/versions/inventory.h"
#include "check/versions/judge.h"
#include "check/versions/rpm.h"
#include "check/versions/windows.h"

static const char *root, *hive;
static struct command_values documents, feeds;

static const struct check_id ids[] = {
    {"vulnerable", N_("Known to be vulnerable"),
     N_("What is published on vulnerabilities names the version that is installed."), CHECK_ERROR},
    {"unsupported", N_("No longer supported"),
     N_("Its maker has stopped mending it: whatever is found in it stays open."), CHECK_ERROR},
    {"not-latest", N_("Not the latest version"), N_("A newer version is known than the one installed."),
     CHECK_WARNING},
    {"version-unknown", N_("Could not be judged"),
     N_("Nothing that is known says what the latest version is, or it is too old to go by."), CHECK_NOTE},
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

/* To add one: its row here, its file. */
static const struct inventory inventories[] = {
    {PRODUCT_DPKG, dpkg_there, dpkg_add, apt_know},
    {PRODUCT_RPM, rpm_there, rpm_add, rpm_know},
    {PRODUCT_FLATPAK, flatpak_there, flatpak_add, flatpak_know},
    {PRODUCT_WINDOWS, windows_there, windows_add, NULL},
};

/* What is there and cannot be read: what it would have told of is not judged. */
static void say_unread(struct findings *findings, const struct inventory *inventory, const char *advice,
                       const struct fault *fault)
{
    finding_add(findings, &(struct finding){.id = "version-unknown",
                                            .result = CHECK_UNKNOWN,
                                            .subject = product_system_name(inventory->system),
                                            .seen = fault->text,
                                            .advice = advice,
                                            .source_age_days = FINDING_NO_AGE});
}

static void add_system(struct machine *machine)
{
    if (machine->family == MACHINE_LINUX && machine->os_name[0] != '\0')
        products_add(&machine->products, &(struct product){.system = PRODUCT_OS,
                                                           .name = machine->os_name,
                                                           .version = machine->os_version,
                                                           .architecture = machine->architecture,
                                                           .where = "etc/os-release",
                                                           .latest_age_days = FINDING_NO_AGE});
}

/* No list is there, or one that names nothing: that is no good news. */
static void say_nothing(struct findings *findings)
{
    finding_add(findings,
                &(struct finding){.id = "version-unknown",
                                  .result = CHECK_UNKNOWN,
                                  .subject = _("Installed programs"),
                                  .seen = _("none was found"),
                                  .advice = _("See whether this is the disk or the hive that you meant."),
                                  .source_age_days = FINDING_NO_AGE});
}

/* What one list names, and what is known of the latest of these. False where the list itself was not read to
 * its end; what it named until then still counts. */
static bool gather_from(const struct inventory *inventory, struct machine *machine, struct findings *findings,
                        struct fault *fault)
{
    struct fault why;
    bool added = inventory->add(machine, fault);
    if (!added)
        say_unread(findings, inventory,
                   _("Not all that is installed could be read: have that list mended, and check again."),
                   fault);
    if (inventory->know != NULL && !inventory->know(machine, &why))
        say_unread(findings, inventory,
                   _("A list of what is the latest could not be read: get it anew, and check again."), &why);
    return added;
}

/* Everything that is installed. False where nothing could be read. */
static bool gather(struct machine *machine, struct findings *findings, struct fault *fault)
{
    size_t whole = 0, broken = 0;
    fault_set(fault, "'%s' holds no system that is known (expected the root of Linux or Windows)",
              machine->root);
    for (size_t i = 0; i < sizeof inventories / sizeof inventories[0]; i++)
        if (inventories[i].there(machine))
            *(gather_from(&inventories[i], machine, findings, fault) ? &whole : &broken) += 1;
    add_system(machine);
    size_t programs = 0;
    for (size_t i = 0; i < machine->products.count; i++)
        programs += machine->products.items[i].system != PRODUCT_OS;
    bool anything = whole > 0 || machine->products.count > 0;
    if (anything && programs == 0 && broken == 0)
        say_nothing(findings);
    return anything;
}

/* --oval takes definitions and benchmarks from files; all else that others publish is a feed. */
static bool open_documents(struct feeds *opened, const struct machine *machine, struct findings *findings,
                           struct fault *fault)
{
    for (size_t i = 0; i < documents.count; i++) {
        size_t before = opened->count;
        if (!feeds_open(opened, documents.values[i], machine, findings, fault))
            return false;
        for (size_t d = before; d < opened->count; d++)
            if (opened->items[d].kind != FEED_OVAL && opened->items[d].kind != FEED_XCCDF)
                return fault_set(fault, "%s: neither OVAL nor XCCDF (expected '--feed' for it)",
                                 opened->items[d].name);
    }
    for (size_t i = 0; i < feeds.count; i++)
        if (!feeds_open(opened, feeds.values[i], machine, findings, fault))
            return false;
    return true;
}

static bool look(int count, char **words, struct findings *findings, struct fault *fault)
{
    (void)count, (void)words;
    CLEANUP(machine_clear) struct machine machine;
    CLEANUP(feeds_clear) struct feeds opened = {0};
    /* what is installed first: the MyJVN API is asked for what concerns it */
    if (!machine_open(&machine, root, hive, fault) || !gather(&machine, findings, fault) ||
        !open_documents(&opened, &machine, findings, fault))
        return false;
    findings->looked_at = machine.products.count;
    judge_products(&machine, findings);
    return documents_judge(&opened, &machine, findings, fault);
}

static bool reaches_out(void)
{
    for (size_t i = 0; i < feeds.count; i++)
        if (fetch_is_address(feeds.values[i]))
            return true;
    return false;
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
    look,
    reaches_out};
