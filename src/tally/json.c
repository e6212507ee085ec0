/* json: figures.json by hand, since its bytes are promised: the fields in the contract's order, a list of
 * numbers on one line, one thing with a name a line. */
#include "base/text.h"
#include "tally/figures.h"

/* RFC 8259 section 7: quotes, backslashes and control characters are escaped; all else is UTF-8 as it is. */
static void add_string(struct text *out, const char *string)
{
    text_add_byte(out, '"');
    for (; *string != '\0'; string++) {
        unsigned char byte = (unsigned char)*string;
        if (byte == '"' || byte == '\\')
            text_add_byte(out, '\\');
        if (byte < 0x20)
            text_addf(out, "\\u%04x", byte);
        else
            text_add_byte(out, *string);
    }
    text_add_byte(out, '"');
}

static void add_numbers(struct text *out, const uint64_t *numbers, size_t count)
{
    text_add_byte(out, '[');
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s%llu", i == 0 ? "" : ", ", (unsigned long long)numbers[i]);
    text_add_byte(out, ']');
}

static void add_six(struct text *out, const char *before, const figures_six six)
{
    text_add_string(out, before);
    add_numbers(out, six, FIGURES_MONTHS);
}

static void add_percent(struct text *out, struct percent percent)
{
    char number[PERCENT_TEXT_SIZE];
    number_percent_text(number, percent.tenths);
    text_add_string(out, percent.known ? number : "null");
}

/* Before the item `i` of a list, and behind its last one: each item has a line of its own. */
static void begin_item(struct text *out, size_t i)
{
    text_add_string(out, i == 0 ? "\n      " : ",\n      ");
}
static void end_list(struct text *out, size_t count)
{
    text_add_string(out, count == 0 ? "]" : "\n    ]");
}

static void add_month(struct text *out, int32_t month)
{
    char name[CALENDAR_MONTH_SIZE];
    calendar_month_text(name, month);
    add_string(out, name);
}

static void add_head(struct text *out, const struct figures *figures)
{
    text_add_string(out, "{\n  \"month\": ");
    add_month(out, figures->month);
    text_add_string(out, ",\n  \"previous_month\": ");
    add_month(out, figures->month - 1);
    text_add_string(out, ",\n  \"months\": [");
    for (int i = 0; i < FIGURES_MONTHS; i++) {
        text_add_string(out, i == 0 ? "" : ", ");
        add_month(out, figures->month - FIGURES_NOW + i);
    }
    text_add_string(out, "],\n");
}

static void add_virus(struct text *out, const struct figures *figures)
{
    const uint64_t *detections = figures->virus.detections, *reports = figures->virus.reports;
    const struct figures_names *names = &figures->virus.by_name;
    text_addf(out, "  \"virus\": {\n    \"detections\": %llu,\n    \"reports\": %llu,\n",
              (unsigned long long)detections[FIGURES_NOW], (unsigned long long)reports[FIGURES_NOW]);
    text_addf(out, "    \"previous\": {\"detections\": %llu, \"reports\": %llu},\n",
              (unsigned long long)detections[FIGURES_BEFORE], (unsigned long long)reports[FIGURES_BEFORE]);
    text_add_string(out, "    \"detections_change_percent\": ");
    add_percent(out, figures->virus.detections_change);
    text_add_string(out, ",\n    \"reports_change_percent\": ");
    add_percent(out, figures->virus.reports_change);
    text_add_string(out, ",\n    \"by_name\": [");
    for (size_t i = 0; i < names->count; i++) {
        begin_item(out, i);
        text_add_string(out, "{\"name\": ");
        add_string(out, names->items[i].name);
        add_six(out, ", \"detections\": ", names->items[i].detections);
        add_six(out, ", \"reports\": ", names->items[i].reports);
        text_add_byte(out, '}');
    }
    end_list(out, names->count);
    text_add_string(out, "\n  },\n");
}

static void add_program(struct text *out, const struct figures *figures)
{
    const struct figures_names *names = &figures->program.by_name;
    size_t length = (size_t)figures->month_length, before = (size_t)figures->days - length;
    text_addf(out, "  \"program\": {\n    \"detections\": %llu,\n    \"by_name\": [",
              (unsigned long long)figures->program.detections[FIGURES_NOW]);
    for (size_t i = 0; i < names->count; i++) {
        begin_item(out, i);
        text_add_string(out, "{\"name\": ");
        add_string(out, names->items[i].name);
        text_add_string(out, ", \"daily\": ");
        add_numbers(out, names->items[i].daily + before, length);
        add_six(out, ", \"detections\": ", names->items[i].detections);
        text_add_byte(out, '}');
    }
    end_list(out, names->count);
    text_add_string(out, "\n  },\n");
}

static void add_harm(struct text *out, const char *name, const struct figures_harm *harm)
{
    text_addf(out, "    \"%s\": {", name);
    add_six(out, "\"total\": ", harm->total);
    add_six(out, ", \"harm\": ", harm->harm);
    add_six(out, ", \"no_harm\": ", harm->no_harm);
    text_add_string(out, "},\n");
}

static void add_access(struct text *out, const struct figures *figures)
{
    const struct figures_counts *categories = &figures->access.harm_by_category;
    text_add_string(out, "  \"access\": {\n");
    add_harm(out, "reports", &figures->access.reports);
    add_harm(out, "consultations", &figures->access.consultations);
    add_harm(out, "all", &figures->access.all);
    text_add_string(out, "    \"harm_by_category\": [");
    for (size_t i = 0; i < categories->count; i++) {
        begin_item(out, i);
        text_add_string(out, "{\"category\": ");
        add_string(out, categories->items[i].name);
        text_addf(out, ", \"reports\": %llu}", (unsigned long long)categories->items[i].count[FIGURES_NOW]);
    }
    end_list(out, categories->count);
    text_add_string(out, "\n  },\n");
}

static void add_consultations(struct text *out, const struct figures *figures)
{
    const struct figures_counts *topics = &figures->consultations.topics;
    add_six(out, "  \"consultations\": {\n    \"total\": ", figures->consultations.total);
    add_six(out, ",\n    \"auto\": ", figures->consultations.automatic);
    add_six(out, ",\n    \"phone\": ", figures->consultations.phone);
    add_six(out, ",\n    \"mail\": ", figures->consultations.mail);
    add_six(out, ",\n    \"other\": ", figures->consultations.other);
    text_add_string(out, ",\n    \"topics\": [");
    for (size_t i = 0; i < topics->count; i++) {
        begin_item(out, i);
        text_add_string(out, "{\"topic\": ");
        add_string(out, topics->items[i].name);
        add_six(out, ", \"count\": ", topics->items[i].count);
        text_add_byte(out, '}');
    }
    end_list(out, topics->count);
    text_add_string(out, "\n  },\n");
}

static void add_pairs(struct text *out, const struct figures_port *port)
{
    text_add_string(out, "\"accesses\": ");
    add_numbers(out, port->accesses, 2);
    text_add_string(out, ", \"sources\": ");
    add_numbers(out, port->sources, 2);
}

static void add_ports(struct text *out, const struct figures *figures)
{
    text_add_string(out, "    \"ports\": [");
    for (size_t i = 0; i < figures->observation.port_count; i++) {
        const struct figures_port *port = &figures->observation.ports[i];
        begin_item(out, i);
        text_addf(out, "{\"port\": \"%s\", ", port->name);
        add_pairs(out, port);
        text_add_string(out, ", \"rank\": [");
        if (port->rank[0] == 0)
            text_add_string(out, "null");
        else
            text_addf(out, "%u", port->rank[0]);
        text_addf(out, ", %u]}", port->rank[1]);
    }
    end_list(out, figures->observation.port_count);
    text_add_string(out, ",\n    \"other_ports\": {");
    add_pairs(out, &figures->observation.other);
    text_add_string(out, "},\n    \"regions\": [");
    for (size_t i = 0; i < figures->observation.region_count; i++) {
        const struct figures_region *region = &figures->observation.regions[i];
        begin_item(out, i);
        text_addf(out, "{\"country\": \"%s\", \"accesses\": %llu, \"sources\": %llu}", region->country,
                  (unsigned long long)region->accesses, (unsigned long long)region->sources);
    }
    end_list(out, figures->observation.region_count);
}

static void add_notable(struct text *out, const struct figures *figures,
                        const struct figures_notable *notable)
{
    size_t length = (size_t)figures->month_length;
    text_addf(out, "{\"port\": \"%s\", \"why\": \"%s\",\n       \"daily\": ", notable->port,
              figures_why_names[notable->why]);
    add_numbers(out, notable->daily, length);
    text_add_string(out, ",\n       \"by_country\": [");
    for (size_t i = 0; i < notable->country_count; i++) {
        text_addf(out, "%s{\"country\": \"%s\", \"daily\": ", i == 0 ? "\n         " : ",\n         ",
                  notable->by_country[i].country);
        add_numbers(out, notable->by_country[i].daily, length);
        text_add_byte(out, '}');
    }
    text_add_string(out, notable->country_count == 0 ? "]}" : "\n       ]}");
}

static void add_observation(struct text *out, const struct figures *figures)
{
    const uint64_t *accesses = figures->observation.accesses, *sources = figures->observation.sources;
    const uint64_t *average = figures->observation.accesses_per_point_day;
    const uint64_t *average_sources = figures->observation.sources_per_point_day;
    text_addf(out, "  \"observation\": {\n    \"points\": %llu,\n    \"point_days\": %llu,\n",
              (unsigned long long)figures->observation.points,
              (unsigned long long)figures->observation.point_days);
    text_addf(out, "    \"accesses\": %llu,\n    \"sources\": %llu,\n",
              (unsigned long long)accesses[FIGURES_NOW], (unsigned long long)sources[FIGURES_NOW]);
    text_addf(out, "    \"accesses_per_point_day\": %llu,\n    \"sources_per_point_day\": %llu,\n",
              (unsigned long long)average[FIGURES_NOW], (unsigned long long)average_sources[FIGURES_NOW]);
    add_six(out, "    \"monthly\": {\n      \"accesses\": ", accesses);
    add_six(out, ",\n      \"sources\": ", sources);
    add_six(out, ",\n      \"accesses_per_point_day\": ", average);
    add_six(out, ",\n      \"sources_per_point_day\": ", average_sources);
    text_add_string(out, "\n    },\n");
    add_ports(out, figures);
    text_add_string(out, ",\n    \"notable\": [");
    for (size_t i = 0; i < figures->observation.notable_count; i++) {
        begin_item(out, i);
        add_notable(out, figures, &figures->observation.notable[i]);
    }
    end_list(out, figures->observation.notable_count);
    text_add_string(out, "\n  }\n}\n");
}

void figures_json(const struct figures *figures, struct text *out)
{
    add_head(out, figures);
    add_virus(out, figures);
    add_program(out, figures);
    add_access(out, figures);
    add_consultations(out, figures);
    add_observation(out, figures);
}
