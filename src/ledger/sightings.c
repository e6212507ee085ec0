#include "ledger/sightings.h"
#include "ledger/admission.h"
#include "ledger/close.h"
#include "ledger/spool.h"
#include "ledger/summary.h"

const char *const sighting_kind_names[] = {"contact", "backscatter"};
const char *const sighting_protocol_names[] = {"tcp", "udp", "icmp", "icmp6", "ip"};

int sighting_compare(const struct sighting *a, const struct sighting *b)
{
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->protocol != b->protocol)
        return a->protocol < b->protocol ? -1 : 1;
    if (a->port != b->port)
        return a->port < b->port ? -1 : 1;
    return address_compare(a->source, b->source);
}

static bool commit(struct ledger *ledger, struct content content, const char *name,
                   const struct admission *admission, const struct manifest_files *files, struct fault *fault)
{
    return admission->known ? manifest_mend(ledger, content, &admission->lost, files, fault)
                            : manifest_commit(ledger, content, name, files, fault);
}

static bool keep(struct ledger *ledger, const struct points *points, struct content content, const char *name,
                 struct admission *admission, struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    if (!spool_write(ledger, points, content, admission_stream(admission), &files, fault))
        return false;
    if (!commit(ledger, content, name, admission, &files, fault)) {
        spool_remove(ledger, content);
        return false;
    }
    struct fault later; /* it is taken in; who settles, places what could not be placed now */
    if (spool_place(ledger, &later))
        spool_remove(ledger, content);
    return true;
}

bool sightings_take(struct ledger *ledger, const struct points *points, struct content content,
                    const char *name, struct sightings_in in, struct sightings_taken *taken,
                    struct fault *fault)
{
    CLEANUP(admission_clear) struct admission admission;
    if (!admission_open(&admission, ledger, content, in, fault))
        return false;
    if (admission.known && admission.lost.count == 0) {
        *taken = (struct sightings_taken){.stored = SIGHTINGS_KNOWN};
        return true;
    }
    if (!keep(ledger, points, content, name, &admission, fault))
        return fault_while(fault, "cannot keep what '%s' holds", name);
    *taken = (struct sightings_taken){admission.known ? SIGHTINGS_MENDED : SIGHTINGS_NEW, admission.left};
    return true;
}

bool sightings_store(struct ledger *ledger, const struct points *points, struct content content,
                     const char *name, struct sightings_in in, enum sightings_stored *stored,
                     struct fault *fault)
{
    struct sightings_taken taken;
    if (!sightings_take(ledger, points, content, name, in, &taken, fault))
        return false;
    *stored = taken.stored;
    return true;
}

void sightings_settle(struct ledger *ledger)
{
    struct fault later;
    if (!spool_place(ledger, &later))
        return;
    close_days(ledger, &later);
    summary_make_due(ledger, &later);
}
