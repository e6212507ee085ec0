/* published: the numbers of the bulletin of November 2011 and of the ones before it that the demo must give
 * again, and beside them the made-up ones. README.md in this folder tells them apart.
 *
 * Arrays run from June to November 2011. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { DEMO_MONTHS = 6, DEMO_YEAR = 2011, DEMO_FIRST_MONTH = 6, DEMO_POINTS = 10 };

typedef uint32_t demo_six[DEMO_MONTHS];

struct demo_name {
    const char *name;
    demo_six detections, reports;
};
struct demo_category {
    const char *name;
    demo_six reports;
};
struct demo_topic {
    const char *name;
    demo_six count;
};
struct demo_port {
    const char *protocol;
    uint16_t port;
    uint16_t sources_percent; /* of its accesses */
    demo_six accesses;
};
struct demo_other_port {
    const char *protocol;
    uint16_t port;
    uint16_t weight;
};

extern const demo_six demo_virus_detections, demo_virus_reports;
extern const struct demo_name demo_viruses[];  /* ends with {0}; the first takes what the others leave */
extern const struct demo_name demo_programs[]; /* ends with {0} */

extern const struct demo_category demo_harm[], demo_no_harm[]; /* end with {0} */
extern const demo_six demo_access_consultations, demo_access_consultations_harm;

extern const demo_six demo_auto, demo_phone, demo_mail, demo_other;
extern const struct demo_topic demo_topics[];           /* ends with {0} */
extern const struct demo_other_port demo_other_ports[]; /* ends with {0} */

extern const demo_six demo_accesses, demo_sources;
extern const struct demo_port demo_ports[]; /* ends with {0} */
