/* desk: what desk_fill makes and desk measures. */
#pragma once
#include "cases/casefile.h"
#include "ledger/records.h"

static inline struct seal_pair bench_desk(void)
{
    static const unsigned char seed[32] = "the desk's key of a benchmark's";
    struct seal_pair pair;
    seal_pair_from(seed, &pair);
    return pair;
}
/* One case in six is a report. */
static inline enum case_kind bench_kind(int64_t id)
{
    return id % 12 == 0 ? CASE_MALWARE : id % 6 == 0 ? CASE_ACCESS : CASE_CONSULTATION;
}
/* They came over ten years. */
static inline int64_t bench_received_s(int64_t id, int64_t all)
{
    return INT64_C(1262304000) + (int64_t)((double)id / (double)all * 3653.0 * 86400.0);
}
