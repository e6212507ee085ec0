#include "month.h"
#include "base/memory.h"
#include "base/words.h"
#include <string.h>

void month_pair(uint64_t six[FIGURES_MONTHS], uint64_t before, uint64_t now)
{
    six[FIGURES_BEFORE] = before;
    six[FIGURES_NOW] = now;
}

static struct figures_name name(struct figures *f, const char *called, uint64_t before, uint64_t now)
{
    struct figures_name item = {.name = called};
    month_pair(item.detections, before, now);
    month_pair(item.reports, before / 10, now / 10);
    item.daily = arena_new(&f->arena, (size_t)f->days, sizeof item.daily[0]);
    item.daily[f->days - 1] = now;
    return item;
}

static void fill_viruses(struct figures *f)
{
    month_pair(f->virus.detections, 20409, 20585);
    month_pair(f->virus.reports, 795, 1115);
    f->virus.by_name.items = arena_new(&f->arena, 2, sizeof(struct figures_name));
    f->virus.by_name.items[0] = name(f, "W32/Netsky", 9000, 9282);
    f->virus.by_name.items[1] = name(f, "W32/Mydoom", 6000, 6344);
    f->virus.by_name.count = 2;
    month_pair(f->program.detections, 13100, 17440);
    f->program.by_name.items = arena_new(&f->arena, 1, sizeof(struct figures_name));
    f->program.by_name.items[0] = name(f, "BACKDOOR", 13100, 17440);
    f->program.by_name.count = 1;
}

static void fill_harm(struct figures_harm *harm, uint64_t with, uint64_t without)
{
    harm->harm[FIGURES_NOW] = with;
    harm->no_harm[FIGURES_NOW] = without;
    harm->total[FIGURES_NOW] = with + without;
}

static struct figures_counts counts(struct figures *f, const char *first, const char *second)
{
    struct figures_counts list = {arena_new(&f->arena, 2, sizeof(struct figures_count)), 2};
    list.items[0] = (struct figures_count){first, {0, 0, 0, 0, 419, 418}};
    list.items[1] = (struct figures_count){second, {0, 0, 0, 0, 12, 35}};
    return list;
}

static void fill_desk(struct figures *f)
{
    fill_harm(&f->access.reports, 5, 2);
    fill_harm(&f->access.consultations, 14, 55);
    fill_harm(&f->access.all, 19, 57);
    f->access.harm_by_category = counts(f, "intrusion", "dos");
    f->access.harm_by_category.items[0].count[FIGURES_NOW] = 4;
    f->access.harm_by_category.items[1].count[FIGURES_NOW] = 1;
    month_pair(f->consultations.total, 1496, 1420);
    month_pair(f->consultations.automatic, 865, 746);
    month_pair(f->consultations.phone, 564, 561);
    month_pair(f->consultations.mail, 55, 102);
    month_pair(f->consultations.other, 12, 11);
    f->consultations.topics = counts(f, "one-click", "winny");
}

static void fill_observation(struct figures *f)
{
    f->observation.points = 10;
    f->observation.point_days = 300;
    month_pair(f->observation.accesses, 97000, 86568);
    month_pair(f->observation.sources, 41000, 36259);
    month_pair(f->observation.accesses_per_point_day, 313, 288);
    month_pair(f->observation.sources_per_point_day, 134, 120);
    f->observation.ports[0] = (struct figures_port){"445/tcp", {26020, 24810}, {9000, 8000}, {1, 1}};
    f->observation.port_count = 1;
    f->observation.other = (struct figures_port){"", {70980, 61758}, {32000, 28259}, {0, 0}};
    f->observation.regions = arena_new(&f->arena, 2, sizeof(struct figures_region));
    f->observation.regions[0] = (struct figures_region){"CN", 80000, 30000};
    f->observation.regions[1] = (struct figures_region){"ZZ", 6568, 6259};
    f->observation.region_count = 2;
    struct figures_notable *notable = arena_new(&f->arena, 1, sizeof *notable);
    *notable = (struct figures_notable){.port = "8909/tcp", .why = FIGURES_RISING};
    month_pair(notable->monthly, 1240, 2380);
    notable->daily = arena_new(&f->arena, 30, sizeof(uint64_t));
    notable->daily[29] = 2380;
    notable->by_country = arena_new(&f->arena, 1, sizeof(struct figures_notable_country));
    notable->by_country[0] = (struct figures_notable_country){"CN", notable->daily, 2380};
    notable->country_count = 1;
    f->observation.notable = notable;
    f->observation.notable_count = 1;
}

struct month *month_new(const char *language)
{
    struct month *month = memory_new(1, sizeof *month);
    struct figures *f = &month->figures;
    words_open(language);
    arena_init(&f->arena);
    f->month = 2011 * 12 + 10;
    f->month_length = 30;
    f->first_day = calendar_day(2011, 6, 1);
    f->days = calendar_day(2011, 12, 1) - f->first_day;
    fill_viruses(f);
    fill_desk(f);
    fill_observation(f);
    month->settings.level_tenths = -1;
    snprintf(month->settings.language, sizeof month->settings.language, "ja");
    month->issue = (struct issue){.figures = f, .settings = &month->settings, .editor = &month->editor};
    arena_init(&month->issue.words);
    return month;
}

void month_free(struct month *month)
{
    if (month == NULL)
        return;
    arena_clear(&month->issue.words);
    arena_clear(&month->figures.arena);
    free(month);
}
