/* make-words: lists of Japanese words and names -> the tree of letters of src/check/passwords/words.h, as C.
 *
 *     make-words OUTPUT ranked.json... --flat flat.json... --text own.txt
 *
 * A list is a JSON array of romaji in the order of how common its words are, or (--flat) in no such order; a
 * text has a word a line, as common as the first hundred of a list. The best rank of a word counts. */
#include "base/fault.h"
#include "base/file.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/romaji.h"
#include "check/passwords/words.h"
#include <jansson.h>
#include <string.h>

enum { LETTERS_LEAST = 2, WORDS_MOST = 1 << 20, RANK_MOST = UINT16_MAX, RANK_TEXT = 100 };

struct word {
    char letters[ROMAJI_MOST + 1];
    unsigned rank;
};

struct lists {
    struct word *words;
    size_t count;
};

/* In folded romaji; what holds anything but letters is left out. */
static void add_word(struct lists *lists, const char *word, size_t rank)
{
    if (lists->count == WORDS_MOST || strlen(word) > ROMAJI_MOST)
        return;
    struct word *added = &lists->words[lists->count];
    size_t length = romaji_fold(word, added->letters, sizeof added->letters);
    if (length < LETTERS_LEAST || strspn(added->letters, "abcdefghijklmnopqrstuvwxyz") != length)
        return;
    added->rank = (unsigned)(rank < RANK_MOST ? rank : RANK_MOST);
    lists->count++;
}

static bool add_json(struct lists *lists, const char *path, bool is_flat, struct fault *fault)
{
    json_error_t error;
    json_t *list = json_load_file(path, 0, &error);
    if (!json_is_array(list)) {
        json_decref(list);
        return fault_set(fault, "%s:%d: %s (expected an array of words)", path, error.line, error.text);
    }
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (json_is_string(item))
            add_word(lists, json_string_value(item), is_flat ? json_array_size(list) : i + 1);
    }
    json_decref(list);
    return true;
}

static bool add_text(struct lists *lists, const char *path, struct fault *fault)
{
    CLEANUP(text_clear) struct text text;
    text_init(&text, 1 << 20);
    if (!file_read(path, &text, fault))
        return false;
    for (char *line = text.bytes, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (*line != '#')
            add_word(lists, line, RANK_TEXT);
    }
    return true;
}

static int by_letters(const void *left, const void *right)
{
    const struct word *a = left, *b = right;
    int order = strcmp(a->letters, b->letters);
    return order != 0 ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

/* The words from..to share their first `depth` letters, which are the way to a node whose children are made
 * here: a row of them after all that there is, then each one's own. */
struct tree {
    const struct word *words;
    struct words_node *nodes;
    size_t count;
};

static size_t same_letter(const struct tree *tree, size_t from, size_t to, size_t depth)
{
    size_t end = from + 1;
    while (end < to && tree->words[end].letters[depth] == tree->words[from].letters[depth])
        end++;
    return end;
}

static void grow(struct tree *tree, size_t node, const size_t range[2], size_t depth)
{
    size_t from = range[0], to = range[1];
    if (from < to && tree->words[from].letters[depth] == '\0')
        tree->nodes[node].rank = (uint16_t)tree->words[from].rank;
    while (from < to && tree->words[from].letters[depth] == '\0')
        from++;
    if (from == to)
        return;
    size_t row = tree->count, child = row;
    tree->nodes[node].child = (uint32_t)row;
    for (size_t at = from; at < to; at = same_letter(tree, at, to, depth))
        tree->nodes[tree->count++].letter = tree->words[at].letters[depth];
    tree->nodes[tree->count - 1].last = true;
    for (size_t at = from, end; at < to; at = end) {
        end = same_letter(tree, at, to, depth);
        grow(tree, child++, (size_t[2]){at, end}, depth + 1);
    }
}

static bool write_tree(const struct tree *tree, const char *path, struct fault *fault)
{
    CLEANUP(text_clear) struct text code;
    text_init(&code, 64 << 20);
    text_add_string(&code,
                    "#include \"check/passwords/words.h\"\nconst struct words_node words_nodes[] = {\n");
    for (size_t i = 0; i < tree->count; i++) {
        const struct words_node *node = &tree->nodes[i];
        text_addf(&code, "{%u,%u,%d,%d},\n", node->child, node->rank, node->letter, node->last);
    }
    text_add_string(&code, "};\n");
    return text_whole(&code) ? file_write(path, code.bytes, code.length, fault)
                             : fault_set(fault, "too many words");
}

static bool run(int count, char **words, struct fault *fault)
{
    OWNED_MEMORY struct word *list = memory_new(WORDS_MOST, sizeof *list);
    struct lists lists = {list, 0};
    bool is_flat = false, is_text = false;
    for (int i = 2; i < count; i++) {
        if (strcmp(words[i], "--flat") == 0)
            is_flat = true;
        else if (strcmp(words[i], "--text") == 0)
            is_text = true;
        else if (!(is_text ? add_text(&lists, words[i], fault) : add_json(&lists, words[i], is_flat, fault)))
            return false;
    }
    qsort(list, lists.count, sizeof *list, by_letters);
    size_t letters = 1;
    for (size_t i = 0; i < lists.count; i++)
        letters += strlen(list[i].letters);
    OWNED_MEMORY struct words_node *nodes = memory_new(letters, sizeof *nodes);
    struct tree tree = {list, nodes, 1};
    nodes[0].last = true;
    grow(&tree, 0, (size_t[2]){0, lists.count}, 0);
    return write_tree(&tree, words[1], fault);
}

int main(int count, char **words)
{
    struct fault fault;
    if (count < 3 || !run(count, words, &fault)) {
        fprintf(stderr, "make-words: %s\n", count < 3 ? "expected OUTPUT LIST..." : fault.text);
        return 2;
    }
    return 0;
}
