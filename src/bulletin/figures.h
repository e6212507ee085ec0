/* figures: the charts of a bulletin, each as bulletin/figure.h says. NULL where there is nothing to draw. */
#pragma once
#include "bulletin/issue.h"
#include <jansson.h>

json_t *figures_virus_detections(struct issue *issue);           /* 2-1 */
json_t *figures_virus_reports(struct issue *issue);              /* 2-2 */
json_t *figures_programs(struct issue *issue);                   /* 2-3 */
json_t *figures_topic(struct issue *issue);                      /* 4-1 */
json_t *figures_averages(struct issue *issue);                   /* 5-1 */
json_t *figures_ports(struct issue *issue);                      /* 5-2 */
json_t *figures_notable_port(struct issue *issue, size_t index); /* 5-3 and on */
