#include "ledger/sightings.h"
#include "ledger/spool.h"
#include "ledger/summary.h"

bool sightings_recover(struct ledger *ledger, struct fault *fault)
{
    struct fault later; /* a day that cannot be summed keeps nobody from writing: it stays due */
    if (!spool_place(ledger, fault) || !spool_remove_gone(ledger, fault) || !spool_sweep(ledger, fault))
        return fault_while(fault, "cannot finish what an interrupted run left");
    summary_make_due(ledger, &later);
    return true;
}
