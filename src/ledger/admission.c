#include "ledger/admission.h"
#include "ledger/intake.h"

bool admission_open(struct admission *admission, const struct ledger *ledger, struct content content,
                    struct sightings_in in, struct fault *fault)
{
    *admission = (struct admission){.in = in, .day = INT32_MIN};
    return intake_knows(ledger, MANIFEST_KIND, content, &admission->known, fault) &&
           manifest_lost(ledger, content, &admission->lost, fault) &&
           manifest_let_go(ledger, &admission->let_go, fault);
}

void admission_clear(struct admission *admission)
{
    manifest_days_clear(&admission->lost);
    manifest_days_clear(&admission->let_go);
}

static bool admits(struct admission *admission, int32_t day)
{
    if (day == admission->day)
        return admission->admitted;
    admission->day = day;
    admission->admitted = admission->known ? manifest_days_hold(&admission->lost, day)
                                           : !manifest_days_hold(&admission->let_go, day);
    return admission->admitted;
}

/* Rows come day by day. */
static void leave(struct admission *admission, const struct sighting *row)
{
    struct sightings_left *left = &admission->left;
    if (admission->known)
        return; /* it is here already */
    if (left->sightings[0] + left->sightings[1] == 0)
        left->first = row->day;
    left->last = row->day;
    left->sightings[row->kind == SIGHTING_BACKSCATTER]++;
    left->accesses[row->kind == SIGHTING_BACKSCATTER] += row->accesses;
}

static size_t next_rows(void *context, struct sighting *rows, size_t most)
{
    struct admission *admission = context;
    for (size_t count; (count = admission->in.next(admission->in.context, rows, most)) != 0;) {
        size_t admitted = 0;
        for (size_t i = 0; i < count; i++)
            if (admits(admission, rows[i].day))
                rows[admitted++] = rows[i];
            else
                leave(admission, &rows[i]);
        if (admitted != 0)
            return admitted;
    }
    return 0;
}

struct sightings_in admission_stream(struct admission *admission)
{
    bool all = !admission->known && admission->let_go.count == 0;
    return all ? admission->in : (struct sightings_in){next_rows, admission};
}
