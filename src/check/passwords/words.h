/* words: Japanese words and names, in folded romaji (romaji.h), as a tree of letters that is made while
 * building (tools/make-words.c) from npm's lists and our own few (words.txt): nothing is read when the check
 * runs. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct words_node {
    uint32_t child; /* the first of its children, which stand in a row; 0: it has none */
    uint16_t rank;  /* of the word that ends here, 1 the commonest; 0: none ends */
    char letter;
    bool last; /* of its row */
};
/* words_nodes[0] is the root. */
extern const struct words_node words_nodes[];

/* The child of `node` by `letter`, 0: no word goes on so. */
uint32_t words_step(uint32_t node, char letter);
