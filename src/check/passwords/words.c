#include "check/passwords/words.h"

uint32_t words_step(uint32_t node, char letter)
{
    uint32_t child = words_nodes[node].child;
    if (child == 0)
        return 0;
    while (words_nodes[child].letter < letter && !words_nodes[child].last)
        child++;
    return words_nodes[child].letter == letter ? child : 0;
}
