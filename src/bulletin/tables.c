#include "bulletin/tables.h"
#include "bulletin/country.h"
#include "bulletin/phrase.h"
#include "bulletin/table.h"

void tables_months(struct issue *issue, json_t *table)
{
    for (int i = 0; i < FIGURES_MONTHS; i++)
        table_column(table, phrase_month_short(issue, issue->figures->month - FIGURES_NOW + i));
}

static json_t *six_months(struct issue *issue, const char *file, const char *caption, const char *corner)
{
    json_t *table = table_new(file, caption, corner);
    tables_months(issue, table);
    return table;
}

json_t *tables_access(struct issue *issue)
{
    const struct figures_harm *reports = &issue->figures->access.reports;
    const struct figures_harm *consultations = &issue->figures->access.consultations;
    const struct figures_harm *all = &issue->figures->access.all;
    json_t *table = six_months(issue, "table-3-1-unauthorised-access",
                               _("Reports of unauthorised access and consultations about it"), _("Month"));
    table_row(table, _("Reports (a)"), "total", reports->total, FIGURES_MONTHS);
    table_row(table, _("with harm (b)"), "part", reports->harm, FIGURES_MONTHS);
    table_row(table, _("without harm (c)"), "part", reports->no_harm, FIGURES_MONTHS);
    table_row(table, _("Consultations (d)"), "total", consultations->total, FIGURES_MONTHS);
    table_row(table, _("with harm (e)"), "part", consultations->harm, FIGURES_MONTHS);
    table_row(table, _("without harm (f)"), "part", consultations->no_harm, FIGURES_MONTHS);
    table_row(table, _("Total (a + d)"), "total", all->total, FIGURES_MONTHS);
    table_row(table, _("with harm (b + e)"), "part", all->harm, FIGURES_MONTHS);
    table_row(table, _("without harm (c + f)"), "part", all->no_harm, FIGURES_MONTHS);
    return table;
}

json_t *tables_harm(struct issue *issue)
{
    const struct figures_counts *counts = &issue->figures->access.harm_by_category;
    const uint64_t *all = &issue->figures->access.reports.harm[FIGURES_NOW];
    json_t *table = table_new("table-3-2-harm-by-kind", _("Reports with harm, by kind"), _("Kind"));
    table_column(table, phrase_month_short(issue, issue->figures->month));
    for (size_t i = 0; i < counts->count; i++)
        table_row(table, phrase_category(counts->items[i].name), "", &counts->items[i].count[FIGURES_NOW], 1);
    table_row(table, _("Total"), "total", all, 1);
    return table;
}

json_t *tables_consultations(struct issue *issue)
{
    json_t *table =
        six_months(issue, "table-4-1-consultations", _("Consultations, by the way they came in"), _("Month"));
    table_row(table, _("Total"), "total", issue->figures->consultations.total, FIGURES_MONTHS);
    table_row(table, _("Automatic answering"), "part", issue->figures->consultations.automatic,
              FIGURES_MONTHS);
    table_row(table, _("Phone"), "part", issue->figures->consultations.phone, FIGURES_MONTHS);
    table_row(table, _("E-mail"), "part", issue->figures->consultations.mail, FIGURES_MONTHS);
    table_row(table, _("Other ways"), "part", issue->figures->consultations.other, FIGURES_MONTHS);
    return table;
}

json_t *tables_topics(struct issue *issue)
{
    const struct figures_counts *topics = &issue->figures->consultations.topics;
    json_t *table = six_months(issue, "table-4-2-topics", _("Consultations, by topic"), _("Topic"));
    for (size_t i = 0; i < topics->count; i++)
        table_row(table,
                  topics->items[i].name[0] == '\0' ? _("not recorded") : phrase_topic(topics->items[i].name),
                  "", topics->items[i].count, FIGURES_MONTHS);
    return table;
}

static void port_row(json_t *table, const char *name, const struct figures_port *port)
{
    uint64_t cells[] = {port->accesses[0], port->accesses[1], port->sources[0], port->sources[1]};
    table_row(table, name, "", cells, 4);
}

json_t *tables_ports(struct issue *issue)
{
    const struct figures *f = issue->figures;
    const char *before = phrase_month_short(issue, f->month - 1), *now = phrase_month_short(issue, f->month);
    json_t *table = table_new("figure-5-2-ports", _("Accesses and sources by port"), _("Port"));
    table_column(table, phrase(issue, _("Accesses, %s"), before));
    table_column(table, phrase(issue, _("Accesses, %s"), now));
    table_column(table, phrase(issue, _("Sources, %s"), before));
    table_column(table, phrase(issue, _("Sources, %s"), now));
    for (size_t i = 0; i < f->observation.port_count; i++)
        port_row(table, f->observation.ports[i].name, &f->observation.ports[i]);
    port_row(table, _("Other ports"), &f->observation.other);
    return table;
}

json_t *tables_regions(struct issue *issue)
{
    const struct figures *f = issue->figures;
    json_t *table = table_new("table-5-1-regions", _("Where the accesses came from"), _("Country or region"));
    table_column(table, _("Accesses"));
    table_column(table, _("Sources"));
    for (size_t i = 0; i < f->observation.region_count; i++) {
        const struct figures_region *region = &f->observation.regions[i];
        uint64_t cells[] = {region->accesses, region->sources};
        table_row(table, country_name(issue, region->country), "", cells, 2);
    }
    return table;
}
