/* make-demo: the raw records and captures of June to November 2011, the same in every run.
 *
 *     make-demo FOLDER COUNTRY-DATABASE
 *
 * tools/demo/README.md tells which of their counts were published and which are made up. */
#include "base/calendar.h"
#include "base/fault.h"
#include "base/file.h"
#include "demo/points.h"
#include "demo/published.h"
#include "demo/records.h"
#include "demo/traffic.h"
#include <stdio.h>

/* Every month comes in another form of capture file; the last one in two files. */
static const struct {
    int month;
    int first, last; /* days of the month, the last one not included; 0: to its end */
    struct capture_form form;
} files[] = {
    {0, 0, 0, {.name = "capture-2011-06.pcap", .link = LINK_ETHERNET}},
    {1, 0, 0, {.name = "capture-2011-07.pcap", .link = LINK_ETHERNET, .nanoseconds = true, .tagged = true}},
    {2, 0, 0, {.name = "capture-2011-08.pcap", .link = LINK_ETHERNET, .big_endian = true}},
    {3, 0, 0, {.name = "capture-2011-09.pcap", .link = LINK_SLL}},
    {4, 0, 0, {.name = "capture-2011-10.pcap", .link = LINK_SLL2, .big_endian = true, .nanoseconds = true}},
    {5, 0, 15, {.name = "capture-2011-11-a.pcapng", .pcapng = true, .tagged = true}},
    {5, 15, 0, {.name = "capture-2011-11-b.pcap", .link = LINK_ETHERNET, .nanoseconds = true}},
};

static void make_captures(const char *folder, const struct pools *pools, int month)
{
    int32_t number = DEMO_YEAR * 12 + DEMO_FIRST_MONTH - 1 + month;
    struct traffic traffic = {.month = month, .pools = pools};
    traffic.first = calendar_month_first(number);
    traffic.length = calendar_month_length(number);
    traffic_contacts(&traffic);
    traffic_answers(&traffic);
    traffic_backscatter(&traffic);
    traffic_noise(&traffic);
    capture_sort(&traffic.capture);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i].month != month)
            continue;
        int last = files[i].last == 0 ? traffic.length : files[i].last;
        int64_t interval_ns[2] = {traffic_day_ns(traffic.first + files[i].first),
                                  traffic_day_ns(traffic.first + last)};
        capture_write(&traffic.capture, folder, &files[i].form, interval_ns);
    }
    capture_clear(&traffic.capture);
}

int main(int argc, char **argv)
{
    struct fault fault;
    if (argc != 3) {
        fputs("usage: make-demo FOLDER COUNTRY-DATABASE\n", stderr);
        return 2;
    }
    if (!file_make_folder(argv[1], &fault)) {
        fprintf(stderr, "make-demo: %s\n", fault.text);
        return 2;
    }
    points_write(argv[1]);
    struct once seen;
    once_init(&seen);
    for (int month = 0; month < DEMO_MONTHS; month++) {
        records_malware(argv[1], month, &seen);
        records_access(argv[1], month);
        records_consultations(argv[1], month);
    }
    once_clear(&seen);
    struct pools pools;
    pools_make(&pools, argv[2]);
    for (int month = 0; month < DEMO_MONTHS; month++)
        make_captures(argv[1], &pools, month);
    pools_clear(&pools);
    return 0;
}
