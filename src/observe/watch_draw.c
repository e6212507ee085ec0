/* watch_draw: one screen. What there is most of comes first; what there is no room for is left out. */
#include "observe/watch_parts.h"
#include "base/number.h"
#include <string.h>
#include <time.h>

enum { RANKS_MOST = 64, LEFT_COLUMNS = 40, NUMBER_COLUMNS = 11, COLUMNS_LEAST = 40 };

struct canvas {
    struct text *out;
    unsigned columns, lines, line, column;
    bool coloured;
};

static void style(struct canvas *canvas, const char *code)
{
    if (canvas->coloured)
        text_addf(canvas->out, "\033[%sm", code);
}

/* As much of a word as there is room for on the line. Whole characters only. */
static void put(struct canvas *canvas, const char *word)
{
    char part[8];
    while (*word != '\0') {
        size_t length = 1;
        while (length < sizeof part - 1 && (word[length] & 0xc0) == 0x80)
            length++;
        memcpy(part, word, length);
        part[length] = '\0';
        size_t wide = text_columns(part);
        if (canvas->column + wide > canvas->columns)
            return;
        text_add_tame(canvas->out, part);
        canvas->column += (unsigned)wide;
        word += length;
    }
}

static void pad_to(struct canvas *canvas, unsigned column)
{
    while (canvas->column < column && canvas->column < canvas->columns)
        put(canvas, " ");
}

/* False: the screen is full. */
static bool end_line(struct canvas *canvas)
{
    text_add_string(canvas->out, "\033[K");
    canvas->column = 0;
    if (canvas->line + 1 >= canvas->lines)
        return false;
    text_add_string(canvas->out, "\r\n");
    canvas->line++;
    return true;
}

static void put_number(struct canvas *canvas, uint64_t value, unsigned right)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, value);
    size_t length = strlen(grouped);
    pad_to(canvas, right > length ? right - (unsigned)length : 0);
    put(canvas, grouped);
}

static void put_figure(struct canvas *canvas, const char *name, uint64_t value)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, value);
    style(canvas, "1");
    put(canvas, grouped);
    style(canvas, "0");
    put(canvas, " ");
    put(canvas, name);
    put(canvas, "   ");
}

static void draw_head(struct canvas *canvas, const struct watch *watch, double rate)
{
    char text[64];
    struct tm civil;
    time_t now = (time_t)watch->now.time_s, since = (time_t)watch->since_s;
    style(canvas, "1");
    put(canvas, "mimamori observe ");
    put(canvas, watch->settings.interface);
    style(canvas, "0");
    strftime(text, sizeof text, "   %Y-%m-%d %H:%M:%S", localtime_r(&now, &civil));
    put(canvas, text);
    strftime(text, sizeof text, "   since %H:%M:%S", localtime_r(&since, &civil));
    put(canvas, text);
    if (!end_line(canvas))
        return;
    put_figure(canvas, "packets/s", (uint64_t)(rate + 0.5));
    put_figure(canvas, "accesses", watch->all.accesses);
    put_figure(canvas, watch->set_full ? "sources and more" : "sources", watch->all.sources);
    end_line(canvas);
    put_figure(canvas, "packets in all", watch->now.packets);
    put_figure(canvas, "dropped", watch->now.dropped);
    if (watch->now.dropped_interface > 0)
        put_figure(canvas, "dropped by the interface", watch->now.dropped_interface);
    end_line(canvas);
    put(canvas, watch->now.note);
    end_line(canvas);
}

static void head_of(struct canvas *canvas, const char *what, unsigned left, unsigned right)
{
    pad_to(canvas, left);
    put(canvas, what);
    pad_to(canvas, right - 8 - NUMBER_COLUMNS);
    put(canvas, "accesses");
    pad_to(canvas, right - 7);
    put(canvas, "sources");
}

static void put_rank(struct canvas *canvas, const char *name, const struct watch_count *count, unsigned right)
{
    unsigned whole = canvas->columns, room = right - 2 * NUMBER_COLUMNS;
    canvas->columns = room < whole ? room : whole;
    put(canvas, name);
    canvas->columns = whole;
    put_number(canvas, count->accesses, right - NUMBER_COLUMNS);
    put_number(canvas, count->sources, right);
}

/* Points on the left, ports on the right, or ports below where the screen is narrow. */
static void draw_ranks(struct canvas *canvas, const struct watch *watch, unsigned most)
{
    struct watch_rank points[RANKS_MOST], ports[RANKS_MOST];
    unsigned left = canvas->columns >= 2 * LEFT_COLUMNS - 2 ? (canvas->columns - 2) / 2 : 0;
    size_t point_count = left == 0 ? 0 : watch_top(watch->points, watch->point_count, points, most);
    size_t port_count = watch_top(watch->ports, WATCH_PORTS, ports, most);
    unsigned begin = left == 0 ? 0 : left + 2;
    style(canvas, "2");
    if (left > 0)
        head_of(canvas, "point", 0, left);
    head_of(canvas, "port", begin, canvas->columns);
    style(canvas, "0");
    end_line(canvas);
    for (size_t i = 0; i < most; i++) {
        char port[WATCH_PORT_TEXT];
        if (i < point_count)
            put_rank(canvas, watch->names[points[i].index], &points[i].count, left);
        if (i < port_count) {
            watch_port_text(port, (unsigned)(ports[i].index >> 16), (unsigned)ports[i].index);
            pad_to(canvas, begin);
            put_rank(canvas, port, &ports[i].count, canvas->columns);
        }
        end_line(canvas);
    }
}

static void draw_source(struct canvas *canvas, const struct watch *watch, const struct sighting *row)
{
    char text[ADDRESS_TEXT_SIZE], country[3] = "";
    struct tm civil;
    time_t seen = (time_t)row->first_s;
    strftime(text, sizeof text, "%H:%M:%S  ", localtime_r(&seen, &civil));
    put(canvas, text);
    origin_country(watch->settings.origin, row->source, country);
    put(canvas, country[0] != '\0' ? country : "--");
    put(canvas, "  ");
    watch_port_text(text, row->protocol, row->port);
    put(canvas, text);
    pad_to(canvas, 26);
    put(canvas, watch->names[row->point]);
    put(canvas, "  ");
    unsigned at = canvas->column < 44 ? 44 : canvas->column;
    address_text(text, row->source);
    size_t length = strlen(text);
    if (at + length > canvas->columns)
        at = canvas->column + length <= canvas->columns ? canvas->columns - (unsigned)length : canvas->column;
    pad_to(canvas, at);
    put(canvas, text);
}

static void draw_newest(struct canvas *canvas, const struct watch *watch)
{
    style(canvas, "2");
    put(canvas, "newest sources");
    style(canvas, "0");
    for (size_t i = 0; i < watch->newest_count && end_line(canvas); i++)
        draw_source(canvas, watch, &watch->newest[i]);
}

void watch_draw(struct watch *watch, unsigned columns, unsigned lines, double packets_a_second,
                struct text *out)
{
    struct canvas canvas = {.out = out,
                            .columns = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns,
                            .lines = lines,
                            .coloured = watch->settings.coloured};
    pthread_mutex_lock(&watch->lock);
    draw_head(&canvas, watch, packets_a_second);
    /* Of what is left, a half for the ranks. */
    unsigned left = lines > 8 ? lines - 6 : 2, ranks = left / 2 < RANKS_MOST ? left / 2 : RANKS_MOST;
    draw_ranks(&canvas, watch, ranks);
    end_line(&canvas);
    draw_newest(&canvas, watch);
    pthread_mutex_unlock(&watch->lock);
    text_add_string(out, "\033[K\033[J");
}
