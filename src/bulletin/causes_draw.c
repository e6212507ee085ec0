/* The drawing: layers from left to right, text wrapped in boxes of one width, arrows as gentle curves. The
 * colours are those of web/chart.js, which the page's style sheet knows how to turn for the dark. */
#include "bulletin/causes.h"
#include "bulletin/markup.h"
#include <math.h>
#include <string.h>

enum {
    BOX_WIDTH = 142,
    BOX_GAP = 20,   /* between boxes of a layer */
    LAYER_GAP = 44, /* between layers */
    PADDING = 12,
    LINE_HEIGHT = 19,
    LINE_COLUMNS = 18, /* half-width columns a line: nine characters of 13 px */
    LINES_MOST = 24,
    MARGIN = 6,
};

struct wrapped {
    struct {
        const char *at;
        size_t length;
    } lines[LINES_MOST];
    int count;
    int rough; /* lines broken inside a word, for want of a better place */
};

static size_t character_length(const char *at)
{
    unsigned char first = (unsigned char)at[0];
    size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, i = 1;
    while (i < length && ((unsigned char)at[i] & 0xc0) == 0x80)
        i++;
    return i;
}

static bool starts_no_line(const char *at) /* JIS X 4051 */
{
    static const char *const never[] = {"、", "。", "，", "．", "」", "』", "）", ")",  "ー",
                                        "っ", "ゃ", "ゅ", "ょ", "ッ", "ャ", "ュ", "ョ", "・"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (strncmp(at, never[i], strlen(never[i])) == 0)
            return true;
    return false;
}

static bool ends_no_line(const char *at)
{
    static const char *const never[] = {"(", "（", "「", "『"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (strncmp(at, never[i], strlen(never[i])) == 0)
            return true;
    return false;
}

static void add_line(struct wrapped *wrapped, const char *from, const char *to)
{
    while (from < to && from[0] == ' ')
        from++;
    if (wrapped->count < LINES_MOST && from < to) {
        wrapped->lines[wrapped->count].at = from;
        wrapped->lines[wrapped->count++].length = (size_t)(to - from);
    }
}

static bool is_hiragana(const char *at) /* U+3041 to U+3096 */
{
    return strncmp(at, "ぁ", 3) >= 0 && strncmp(at, "ゖ", 3) <= 0;
}

/* How well a line may break before `at`: 0 not at all, 1 between any two wide characters, 2 after a space or
 * a particle, or before an opening bracket. */
static int break_before(const char *before, const char *at)
{
    if (starts_no_line(at) || ends_no_line(before))
        return 0;
    bool wide = character_length(at) >= 3;
    if (*before == ' ' || ends_no_line(at) || (is_hiragana(before) && !is_hiragana(at)))
        return 2;
    return wide ? 1 : 0;
}

static int columns_between(const char *from, const char *to)
{
    int columns = 0;
    for (; from < to; from += character_length(from))
        columns += character_length(from) >= 3 ? 2 : 1;
    return columns;
}

static struct wrapped wrap_at(const char *text, int most)
{
    struct wrapped wrapped = {.count = 0, .rough = 0};
    const char *line = text, *breaks[3] = {NULL, NULL, NULL}, *before = text;
    for (const char *at = text; *at != '\0'; before = at, at += character_length(at)) {
        if (at > line)
            breaks[break_before(before, at)] = at;
        if (columns_between(line, at + character_length(at)) <= most ||
            (breaks[1] == NULL && breaks[2] == NULL))
            continue;
        const char *good = breaks[2] != NULL ? breaks[2] : breaks[1];
        wrapped.rough += breaks[2] == NULL;
        add_line(&wrapped, line, good);
        line = good;
        breaks[1] = breaks[2] = NULL;
    }
    add_line(&wrapped, line, text + strlen(text));
    return wrapped;
}

/* As few lines as fit the box, and those about as long as each other. */
static struct wrapped wrap(const char *text)
{
    struct wrapped best = wrap_at(text, LINE_COLUMNS);
    for (int most = LINE_COLUMNS - 1; most >= 8; most--) {
        struct wrapped narrower = wrap_at(text, most);
        if (narrower.count > best.count || narrower.rough > best.rough)
            break;
        best = narrower;
    }
    return best;
}

struct layout {
    double x[CAUSES_BOXES_MOST], y[CAUSES_BOXES_MOST], height[CAUSES_BOXES_MOST];
    double width, tall;
};

static double box_height(const char *text)
{
    return wrap(text).count * LINE_HEIGHT + 2 * PADDING;
}

/* The mean height of what leads to a box: drawing boxes in this order crosses few arrows. */
static double pull(const struct causes *causes, const struct layout *layout, int box)
{
    double sum = 0;
    int count = 0;
    for (int i = 0; i < causes->arrow_count; i++)
        if (causes->arrows[i].to == box) {
            sum += layout->y[causes->arrows[i].from] + layout->height[causes->arrows[i].from] / 2;
            count++;
        }
    return count == 0 ? box : sum / count;
}

static int boxes_of(const struct causes *causes, const struct layout *layout, int layer,
                    int found[CAUSES_BOXES_MOST])
{
    int count = 0;
    for (int box = 0; box < causes->box_count; box++) {
        if (causes->boxes[box].layer != layer)
            continue;
        int at = count++;
        double wish = layer == 0 ? box : pull(causes, layout, box);
        for (; at > 0 && (layer == 0 ? found[at - 1] : pull(causes, layout, found[at - 1])) > wish; at--)
            found[at] = found[at - 1];
        found[at] = box;
    }
    return count;
}

static double layer_height(const struct causes *causes, int layer)
{
    double height = -BOX_GAP;
    for (int box = 0; box < causes->box_count; box++)
        if (causes->boxes[box].layer == layer)
            height += box_height(causes->boxes[box].text) + BOX_GAP;
    return height;
}

static void place(const struct causes *causes, struct layout *layout)
{
    int layers = 0;
    layout->tall = 0;
    for (int box = 0; box < causes->box_count; box++) {
        layers = causes->boxes[box].layer >= layers ? causes->boxes[box].layer + 1 : layers;
        layout->height[box] = box_height(causes->boxes[box].text);
        layout->tall = fmax(layout->tall, layer_height(causes, causes->boxes[box].layer));
    }
    for (int layer = 0; layer < layers; layer++) {
        int found[CAUSES_BOXES_MOST], count = boxes_of(causes, layout, layer, found);
        double y = MARGIN + (layout->tall - layer_height(causes, layer)) / 2;
        for (int i = 0; i < count; i++) {
            layout->x[found[i]] = MARGIN + layer * (BOX_WIDTH + LAYER_GAP);
            layout->y[found[i]] = y;
            y += layout->height[found[i]] + BOX_GAP;
        }
    }
    layout->width = layers * (BOX_WIDTH + LAYER_GAP) - LAYER_GAP + 2 * MARGIN;
    layout->tall += 2 * MARGIN;
}

static void draw_arrow(const struct layout *layout, struct causes_arrow arrow, struct text *out)
{
    double x1 = layout->x[arrow.from] + BOX_WIDTH,
           y1 = layout->y[arrow.from] + layout->height[arrow.from] / 2;
    double x2 = layout->x[arrow.to], y2 = layout->y[arrow.to] + layout->height[arrow.to] / 2;
    text_addf(out,
              "<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"#8a949e\" "
              "stroke-width=\"1.5\"/>",
              x1, y1, x1 + LAYER_GAP / 2.0, y1, x2 - LAYER_GAP / 2.0, y2, x2 - 7, y2);
    text_addf(out, "<path d=\"M%.1f %.1fl-8 -4.5v9z\" fill=\"#8a949e\"/>\n", x2, y2);
}

static void draw_box(const struct layout *layout, const struct causes_box *box, int index, struct text *out)
{
    /* fill, border, text */
    static const char *const colours[][3] = {
        [CAUSES_CAUSE] = {"#e4eef6", "#1d5a86", "#173f5c"},
        [CAUSES_STEP] = {"#ffffff", "#8a949e", "#3b4650"},
        [CAUSES_DAMAGE] = {"#f7e6ed", "#9c3d66", "#6d2345"},
    };
    const char *const *colour = colours[box->kind];
    text_addf(out,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"6\" fill=\"%s\" stroke=\"%s\" "
              "stroke-width=\"1.2\"/>",
              layout->x[index], layout->y[index], BOX_WIDTH, layout->height[index], colour[0], colour[1]);
    struct wrapped wrapped = wrap(box->text);
    for (int i = 0; i < wrapped.count; i++) {
        text_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"13px\" fill=\"%s\">",
                  layout->x[index] + BOX_WIDTH / 2.0, layout->y[index] + PADDING + LINE_HEIGHT * i + 14,
                  colour[2]);
        markup_text(out, wrapped.lines[i].at, wrapped.lines[i].length);
        text_add_string(out, "</text>");
    }
    text_add_byte(out, '\n');
}

void causes_draw(const struct causes *causes, struct causes_words words, struct text *out)
{
    struct layout layout = {0};
    place(causes, &layout);
    markup_svg_open(out, layout.width, layout.tall, words.id);
    markup_named(out, words.id, words.title, words.description);
    for (int i = 0; i < causes->arrow_count; i++)
        draw_arrow(&layout, causes->arrows[i], out);
    for (int i = 0; i < causes->box_count; i++)
        draw_box(&layout, &causes->boxes[i], i, out);
    text_add_string(out, "</svg>\n");
}
