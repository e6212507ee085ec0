/* tables: the tables that stand in the bulletin for themselves (those of figures are made with the figures).
 */
#pragma once
#include "bulletin/issue.h"
#include <jansson.h>

json_t *tables_access(struct issue *issue);        /* reports and consultations, a to f, with totals */
json_t *tables_harm(struct issue *issue);          /* reports with harm by kind */
json_t *tables_consultations(struct issue *issue); /* by channel */
json_t *tables_topics(struct issue *issue);
json_t *tables_ports(struct issue *issue);   /* top ten and the rest, beside the month before */
json_t *tables_regions(struct issue *issue); /* where accesses came from */

/* Columns for the six months. */
void tables_months(struct issue *issue, json_t *table);
