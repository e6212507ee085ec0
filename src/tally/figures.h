/* figures: everything a bulletin says in numbers. The seam between tally/ (which fills it) and bulletin/
 * (which writes it); figures.json is this, field by field (the contract's names).
 *
 * Arrays of FIGURES_MONTHS run from five months before to the bulletin's month. Strings and arrays live in
 * `arena`. Equal counts are ordered by name. */
#pragma once
#include "base/arena.h"
#include "base/calendar.h"
#include "base/fault.h"
#include "base/number.h"
#include "ledger/ledger.h"

enum { FIGURES_MONTHS = 6, FIGURES_NOW = 5, FIGURES_BEFORE = 4, FIGURES_TOP_PORTS = 10 };

typedef uint64_t figures_six[FIGURES_MONTHS];

/* A virus or program: most detections this month first. */
struct figures_name {
    const char *name;
    figures_six detections, reports;
    uint64_t
        *daily; /* one a day of all six months, by the day accepted: figures->days of them; programs only */
};
struct figures_names {
    struct figures_name *items;
    size_t count;
};

struct figures_harm {
    figures_six total, harm, no_harm;
};
struct figures_count { /* a category or a topic */
    const char *name;
    figures_six count;
};
struct figures_counts {
    struct figures_count *items; /* most this month first */
    size_t count;
};

struct figures_port {
    char name[16];                    /* "445/tcp" */
    uint64_t accesses[2], sources[2]; /* month before, this month */
    uint32_t rank[2];                 /* by accesses; 0: none */
};
struct figures_region {
    char country[3]; /* "CN"; "ZZ": not known or none */
    uint64_t accesses, sources;
};
enum figures_why { FIGURES_RISING, FIGURES_NEW_IN_TOP, FIGURES_SPIKE };
extern const char *const figures_why_names[]; /* "rising", "new-in-top", "spike" */
struct figures_notable_country {
    char country[3];
    uint64_t *daily; /* days of this month */
    uint64_t accesses;
};
struct figures_notable {
    char port[16];
    enum figures_why why;
    uint64_t *daily;                            /* accesses, days of this month */
    figures_six monthly;                        /* accesses */
    struct figures_notable_country *by_country; /* most accesses first */
    size_t country_count;
};

struct figures {
    struct arena arena;
    int32_t month;
    int month_length;  /* days of this month */
    int32_t first_day; /* first day of the six months */
    int days;          /* days of the six months */

    struct {
        figures_six detections, reports;
        struct percent detections_change, reports_change;
        struct figures_names by_name;
    } virus;
    struct {
        figures_six detections;
        struct figures_names by_name;
    } program;
    struct {
        struct figures_harm reports, consultations, all;
        struct figures_counts
            harm_by_category; /* reports with harm; `count` over six months, those of this month only */
    } access;
    struct {
        figures_six total, automatic, phone, mail, other;
        struct figures_counts topics;
    } consultations;
    struct {
        uint64_t points, point_days;
        uint64_t monthly_point_days[FIGURES_MONTHS];
        figures_six accesses, sources, accesses_per_point_day, sources_per_point_day;
        struct figures_port ports[FIGURES_TOP_PORTS];
        size_t port_count;
        struct figures_port other;      /* all ports outside the top ten; name "" */
        struct figures_region *regions; /* most accesses first */
        size_t region_count;
        struct figures_notable *notable;
        size_t notable_count;
    } observation;
};

/* Tallies the month from the ledger, history where it has no records of its own, and checks that it adds up:
 * a fault names the table, the month and the two numbers that disagree. NULL on a fault. */
struct figures *figures_of_month(const struct ledger *ledger, int32_t month, struct fault *fault);
void figures_free(struct figures *figures);
OWNED_TYPE(figures_free, struct figures)

/* figures.json, the contract's shape, newline at the end; byte for byte the same for the same figures. */
struct text;
void figures_json(const struct figures *figures, struct text *out);
