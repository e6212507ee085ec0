/* Random months, counted once by the tally's statements and once by plain loops over what was put in. */
#include "base/text.h"
#include "desk.h"

enum {
    FIRST_YEAR = 2011,
    DAYS = 245, /* 1 April to 1 December 2011: months on both sides of the six */
    ROWS_MOST = 3000,
    NAMES = 9,
    REPORTERS = 5,
    PORTS = 16,
    COUNTRIES = 4,
};

static uint64_t seed;
static uint32_t below(uint32_t limit) /* xorshift64*: the same rows every run */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* 0 to 5: the month of the six; -1: outside. Day 0 is 1 April; June to November 2011 are days 61 to 243. */
static int month_at(int day)
{
    static const int ends[] = {61, 91, 122, 153, 183, 214, 244};
    for (int i = 0; i < 7; i++)
        if (day < ends[i])
            return i - 1;
    return -1;
}

static void day_name(char out[CALENDAR_DAY_SIZE], int day)
{
    calendar_day_text(out, calendar_day(FIRST_YEAR, 4, 1) + day);
}

struct malware_row {
    int accepted, detected;
    uint32_t reporter, name, detections;
};

static bool same_report(const struct malware_row *a, const struct malware_row *b)
{
    return a->reporter == b->reporter && a->detected == b->detected && a->name == b->name &&
           month_at(a->accepted) == month_at(b->accepted);
}

static void malware_is_as_counted_by_hand(void **state)
{
    (void)state;
    static struct malware_row rows[ROWS_MOST];
    CLEANUP(desk_close) struct desk desk;
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 1 << 20);
    figures_six detections[NAMES] = {{0}}, reports[NAMES] = {{0}};
    for (int i = 0; i < ROWS_MOST; i++) {
        struct malware_row *row = &rows[i];
        *row = (struct malware_row){
            .accepted = (int)below(DAYS), .reporter = below(REPORTERS), .name = below(NAMES)};
        row->detected = row->accepted - (int)below(row->accepted < 3 ? 1 : 4);
        row->detections = 1 + below(50);
        char accepted[CALENDAR_DAY_SIZE], detected[CALENDAR_DAY_SIZE];
        day_name(accepted, row->accepted);
        day_name(detected, row->detected);
        text_addf(&csv, "r%u,%s,%s,N%u,%s,%u,\n", row->reporter, accepted, detected, row->name,
                  row->name % 3 == 0 ? "program" : "virus", row->detections);
        int at = month_at(row->accepted);
        if (at < 0)
            continue;
        bool known = false;
        for (int j = 0; j < i && !known; j++)
            known = same_report(row, &rows[j]);
        detections[row->name][at] += row->detections;
        reports[row->name][at] += !known;
    }
    desk_open(&desk);
    desk_import(&desk, "malware", csv.bytes);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");

    const struct figures_names *lists[] = {&figures->virus.by_name, &figures->program.by_name};
    size_t seen = 0;
    for (int kind = 0; kind < 2; kind++)
        for (size_t i = 0; i < lists[kind]->count; i++, seen++) {
            const struct figures_name *item = &lists[kind]->items[i];
            int name = item->name[1] - '0';
            assert_int_equal(name % 3 == 0, kind == 1);
            desk_expect(item->detections, detections[name], __FILE__, __LINE__);
            desk_expect(item->reports, reports[name], __FILE__, __LINE__);
            if (i > 0)
                assert_true(lists[kind]->items[i - 1].detections[5] >= item->detections[5]);
        }
    assert_int_equal(seen, NAMES);
}

static void consultations_are_as_counted_by_hand(void **state)
{
    (void)state;
    static const char *const channels[] = {"auto", "phone", "mail", "other"};
    CLEANUP(desk_close) struct desk desk;
    CLEANUP(text_clear) struct text csv;
    text_init(&csv, 1 << 20);
    figures_six by_channel[4] = {{0}}, by_topic[NAMES] = {{0}}, access[2] = {{0}};
    for (int i = 0; i < ROWS_MOST; i++) {
        int day = (int)below(DAYS), at = month_at(day);
        uint32_t channel = below(4), topic = below(NAMES), about = below(3), harm = below(2);
        char name[CALENDAR_DAY_SIZE];
        day_name(name, day);
        text_addf(&csv, "%s,%s,t%u,%s,%s\n", name, channels[channel], topic, about == 0 ? "yes" : "",
                  about > 0   ? ""
                  : harm == 0 ? "no"
                              : "yes");
        if (at < 0)
            continue;
        by_channel[channel][at]++;
        by_topic[topic][at]++;
        if (about == 0)
            access[harm][at]++;
    }
    desk_open(&desk);
    desk_import(&desk, "consultations", csv.bytes);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");
    desk_expect(figures->consultations.automatic, by_channel[0], __FILE__, __LINE__);
    desk_expect(figures->consultations.phone, by_channel[1], __FILE__, __LINE__);
    desk_expect(figures->consultations.mail, by_channel[2], __FILE__, __LINE__);
    desk_expect(figures->consultations.other, by_channel[3], __FILE__, __LINE__);
    desk_expect(figures->access.consultations.no_harm, access[0], __FILE__, __LINE__);
    desk_expect(figures->access.consultations.harm, access[1], __FILE__, __LINE__);
    assert_int_equal(figures->consultations.topics.count, NAMES);
    for (size_t i = 0; i < NAMES; i++) {
        const struct figures_count *topic = &figures->consultations.topics.items[i];
        desk_expect(topic->count, by_topic[topic->name[1] - '0'], __FILE__, __LINE__);
    }
}

static const char *const countries[COUNTRIES] = {"CN", "JP", "US", ""};

static struct sighting random_sighting(void)
{
    char name[CALENDAR_DAY_SIZE];
    day_name(name, 150 + (int)below(DAYS - 150)); /* from 29 August on, so that keys meet */
    uint32_t source = below(6);
    struct sighting sighting = desk_sighting(name, (uint16_t)(20 + below(PORTS)), source,
                                             countries[source % COUNTRIES], 1 + below(40));
    sighting.point = (uint16_t)below(2);
    sighting.kind = below(5) == 0 ? SIGHTING_BACKSCATTER : SIGHTING_CONTACT;
    return sighting;
}

static int compare(const void *a, const void *b)
{
    return sighting_compare(a, b);
}

/* A capture's sightings: the accesses of one key added, as it is when they are folded. */
static size_t random_capture(struct sighting *rows)
{
    size_t count = 0;
    for (int i = 0; i < ROWS_MOST; i++)
        rows[i] = random_sighting();
    qsort(rows, ROWS_MOST, sizeof *rows, compare);
    for (int i = 0; i < ROWS_MOST; i++)
        if (count > 0 && sighting_compare(&rows[count - 1], &rows[i]) == 0)
            rows[count - 1].accesses += rows[i].accesses;
        else
            rows[count++] = rows[i];
    return count;
}

struct sums {
    figures_six accesses, sources;
};

static void add(struct sums *sums, int at, uint64_t accesses, bool new_source)
{
    sums->accesses[at] += accesses;
    sums->sources[at] += new_source;
}

static uint32_t rank_of(const struct sums ports[PORTS], int port, int at)
{
    uint32_t rank = 1;
    for (int other = 0; other < PORTS; other++) /* two digits: the order of names is that of numbers */
        rank += ports[other].accesses[at] > ports[port].accesses[at] ||
                (ports[other].accesses[at] == ports[port].accesses[at] && other < port);
    return ports[port].accesses[at] == 0 ? 0 : rank;
}

static void expect_ports(const struct figures *figures, const struct sums ports[PORTS])
{
    assert_int_equal(figures->observation.port_count, 10);
    for (size_t i = 0; i < 10; i++) {
        const struct figures_port *seen = &figures->observation.ports[i];
        int port = (int)strtol(seen->name, NULL, 10) - 20;
        assert_in_range(port, 0, PORTS - 1);
        assert_int_equal(seen->rank[1], i + 1);
        for (int k = 0; k < 2; k++) {
            assert_int_equal(seen->accesses[k], ports[port].accesses[4 + k]);
            assert_int_equal(seen->sources[k], ports[port].sources[4 + k]);
            assert_int_equal(seen->rank[k], rank_of(ports, port, 4 + k));
        }
    }
}

static void sightings_are_as_counted_by_hand(void **state)
{
    (void)state;
    static struct sighting first[ROWS_MOST], second[ROWS_MOST];
    struct sums all = {{0}, {0}}, ports[PORTS] = {{{0}, {0}}}, regions[COUNTRIES] = {{{0}, {0}}};
    size_t first_count = random_capture(first), second_count = random_capture(second);
    for (size_t i = 0; i < first_count + second_count; i++) {
        const struct sighting *row = i < first_count ? &first[i] : &second[i - first_count];
        int at = month_at(row->day - calendar_day(FIRST_YEAR, 4, 1));
        if (at < 0 || row->kind != SIGHTING_CONTACT)
            continue;
        bool new_source = true;
        for (size_t j = 0; i >= first_count && j < first_count && new_source; j++)
            new_source = sighting_compare(row, &first[j]) != 0;
        add(&all, at, row->accesses, new_source);
        add(&ports[row->port - 20], at, row->accesses, new_source);
        add(&regions[address_ipv4(row->source) % 256 % COUNTRIES], at, row->accesses, new_source);
    }
    CLEANUP(desk_close) struct desk desk;
    desk_open(&desk);
    desk_point(&desk, "east", "192.0.2.1", NULL, NULL);
    desk_point(&desk, "west", "192.0.2.2", NULL, NULL);
    desk_see(&desk, first, first_count);
    desk_see(&desk, second, second_count);
    OWNED(figures_free) struct figures *figures = desk_figures(&desk, "2011-11");

    desk_expect(figures->observation.accesses, all.accesses, __FILE__, __LINE__);
    desk_expect(figures->observation.sources, all.sources, __FILE__, __LINE__);
    expect_ports(figures, ports);
    assert_int_equal(figures->observation.region_count, COUNTRIES);
    for (size_t i = 0; i < COUNTRIES; i++) {
        const struct figures_region *seen = &figures->observation.regions[i];
        size_t country = 0;
        while (country < COUNTRIES && strcmp(seen->country, countries[country]) != 0)
            country++;
        country = country == COUNTRIES ? COUNTRIES - 1 : country; /* "ZZ" */
        assert_int_equal(seen->accesses, regions[country].accesses[5]);
        assert_int_equal(seen->sources, regions[country].sources[5]);
    }
}

int main(void)
{
    seed = 20111105;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malware_is_as_counted_by_hand),
        cmocka_unit_test(consultations_are_as_counted_by_hand),
        cmocka_unit_test(sightings_are_as_counted_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
