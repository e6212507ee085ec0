/* Reading the lines and placing the boxes in layers. */
#include "bulletin/causes.h"
#include <ctype.h>
#include <string.h>

/* A run of bytes inside the editor's file. */
struct piece {
    const char *at;
    size_t length;
};

static struct piece trim(struct piece piece)
{
    while (piece.length > 0 && isspace((unsigned char)piece.at[0]))
        piece = (struct piece){piece.at + 1, piece.length - 1};
    while (piece.length > 0 && isspace((unsigned char)piece.at[piece.length - 1]))
        piece.length--;
    return piece;
}

static bool add_box(struct causes *causes, struct piece piece, int *box, struct fault *fault)
{
    piece = trim(piece);
    if (piece.length == 0 || piece.length > CAUSES_TEXT_MOST)
        return fault_set(fault, "a box without text, or with too much (expected 1 to %d bytes)",
                         CAUSES_TEXT_MOST);
    for (int i = 0; i < causes->box_count; i++) {
        const char *text = causes->boxes[i].text;
        if (strlen(text) == piece.length && memcmp(text, piece.at, piece.length) == 0) {
            *box = i;
            return true;
        }
    }
    if (causes->box_count == CAUSES_BOXES_MOST)
        return fault_set(fault, "too many boxes (expected at most %d)", CAUSES_BOXES_MOST);
    *box = causes->box_count++;
    causes->boxes[*box] =
        (struct causes_box){arena_string(&causes->arena, piece.at, piece.length), CAUSES_STEP, 0};
    return true;
}

static bool add_arrow(struct causes *causes, int from, int to, struct fault *fault)
{
    for (int i = 0; i < causes->arrow_count; i++)
        if (causes->arrows[i].from == from && causes->arrows[i].to == to)
            return true;
    if (causes->arrow_count == CAUSES_ARROWS_MOST)
        return fault_set(fault, "too many arrows (expected at most %d)", CAUSES_ARROWS_MOST);
    causes->arrows[causes->arrow_count++] = (struct causes_arrow){from, to};
    return true;
}

/* A -> B -> C */
static bool read_chain(struct causes *causes, struct piece line, struct fault *fault)
{
    int before = -1, box;
    const char *end = line.at + line.length;
    for (const char *at = line.at; at <= end;) {
        const char *arrow = memmem(at, (size_t)(end - at), "->", 2);
        const char *stop = arrow == NULL ? end : arrow;
        if (!add_box(causes, (struct piece){at, (size_t)(stop - at)}, &box, fault))
            return false;
        if (before >= 0 && !add_arrow(causes, before, box, fault))
            return false;
        before = box;
        at = stop + (arrow == NULL ? 1 : 2);
    }
    return true;
}

static bool starts(struct piece line, const char *word)
{
    return line.length > strlen(word) && memcmp(line.at, word, strlen(word)) == 0;
}

static bool read_line(struct causes *causes, struct piece line, struct fault *fault)
{
    static const struct {
        const char *word;
        enum causes_kind kind;
    } kinds[] = {{"cause:", CAUSES_CAUSE}, {"damage:", CAUSES_DAMAGE}};
    line = trim(line);
    if (line.length == 0 || line.at[0] == '#')
        return true;
    if (starts(line, "title:")) {
        struct piece title = trim((struct piece){line.at + 6, line.length - 6});
        causes->title = arena_string(&causes->arena, title.at, title.length);
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(kinds[i].word);
        int box;
        if (!starts(line, kinds[i].word))
            continue;
        if (!add_box(causes, (struct piece){line.at + length, line.length - length}, &box, fault))
            return false;
        causes->boxes[box].kind = kinds[i].kind;
        return true;
    }
    if (memmem(line.at, line.length, "->", 2) != NULL)
        return read_chain(causes, line, fault);
    return fault_set(fault, "not a line of a drawing (expected 'title:', 'cause:', 'damage:' or 'A -> B')");
}

/* A box stands right of all that leads to it. False where arrows go round in a circle: then the boxes never
 * come to rest. */
static bool place_boxes(struct causes *causes)
{
    bool moved = true;
    for (int round = 0; moved && round <= causes->box_count; round++) {
        moved = false;
        for (int i = 0; i < causes->arrow_count; i++) {
            const struct causes_box *from = &causes->boxes[causes->arrows[i].from];
            struct causes_box *to = &causes->boxes[causes->arrows[i].to];
            if (to->layer <= from->layer) {
                to->layer = from->layer + 1;
                moved = true;
            }
        }
    }
    return !moved;
}

/* A cause stands as near to what it leads to as it may, so that no arrow has to pass behind other boxes. */
static void pull_causes(struct causes *causes)
{
    for (int box = causes->box_count - 1; box >= 0; box--) {
        int nearest = -1;
        for (int i = 0; i < causes->arrow_count; i++) {
            int layer = causes->boxes[causes->arrows[i].to].layer;
            if (causes->arrows[i].from == box && (nearest < 0 || layer < nearest))
                nearest = layer;
        }
        if (causes->boxes[box].kind == CAUSES_CAUSE && nearest > 0)
            causes->boxes[box].layer = nearest - 1;
    }
}

static bool damage_leads_on(const struct causes *causes)
{
    for (int i = 0; i < causes->arrow_count; i++)
        if (causes->boxes[causes->arrows[i].from].kind == CAUSES_DAMAGE)
            return true;
    return false;
}

bool causes_read(struct causes *causes, const char *path, const char *bytes, struct fault *fault)
{
    memset(causes, 0, sizeof *causes);
    arena_init(&causes->arena);
    size_t number = 1;
    for (const char *line = bytes; *line != '\0'; number++) {
        size_t length = strcspn(line, "\n");
        if (!read_line(causes, (struct piece){line, length}, fault)) {
            causes_clear(causes);
            return fault_while(fault, "%s:%zu", path, number);
        }
        line += length + (line[length] == '\n');
    }
    if (place_boxes(causes) && !damage_leads_on(causes)) {
        pull_causes(causes);
        return true;
    }
    causes_clear(causes);
    return fault_set(
        fault, "%s: the arrows go round in a circle or on from a damage (expected causes to lead to damage)",
        path);
}

void causes_clear(struct causes *causes)
{
    arena_clear(&causes->arena);
    causes->box_count = causes->arrow_count = 0;
}
