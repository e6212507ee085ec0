#include "ledger/sightings.h"
#include "ledger/close.h"
#include "ledger/intake.h"
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

bool sightings_store(struct ledger *ledger, const struct points *points, struct content content,
                     const char *name, struct sightings_in in, enum sightings_stored *stored,
                     struct fault *fault)
{
    CLEANUP(manifest_files_clear) struct manifest_files files = {NULL, 0};
    bool known;
    if (!intake_knows(ledger, MANIFEST_KIND, content, &known, fault))
        return false;
    if (known) {
        *stored = SIGHTINGS_KNOWN;
        return true;
    }
    if (!spool_write(ledger, points, content, in, &files, fault))
        return fault_while(fault, "cannot keep what '%s' holds", name);
    if (!manifest_commit(ledger, content, name, &files, fault)) {
        spool_remove(ledger, content);
        return fault_while(fault, "cannot keep what '%s' holds", name);
    }
    struct fault later; /* it is taken in; who settles, places what could not be placed now */
    if (spool_place(ledger, &later))
        spool_remove(ledger, content);
    *stored = SIGHTINGS_NEW;
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
