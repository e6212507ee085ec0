#include "ledger/sightings.h"
#include "ledger/spool.h"
#include "ledger/summary.h"

bool sightings_recover(struct ledger *ledger, struct fault *fault)
{
    return (spool_place(ledger, fault) && spool_remove_gone(ledger, fault) && spool_sweep(ledger, fault) &&
            summary_make_due(ledger, fault)) ||
           fault_while(fault, "cannot finish what an interrupted run left");
}
