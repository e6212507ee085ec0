#include "ledger/dictionary.h"

enum { PLACES = 4 * DICTIONARY_MOST, PLACES_BITS = 14 };
_Static_assert(1 << PLACES_BITS == PLACES, "the hash has as many values as there are places");

void dictionary_empty(struct dictionary *dictionary)
{
    for (size_t i = 0; i < dictionary->count; i++)
        dictionary->places[dictionary->held[i]] = 0;
    dictionary->count = 0;
}

/* The place of one number, and one; 0: no room. */
static unsigned find(struct dictionary *dictionary, uint64_t value)
{
    size_t at = (value * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - PLACES_BITS);
    for (; dictionary->places[at] != 0; at = (at + 1) % PLACES)
        if (dictionary->values[dictionary->places[at] - 1] == value)
            return dictionary->places[at];
    if (dictionary->count == DICTIONARY_MOST)
        return 0;
    dictionary->held[dictionary->count] = (uint16_t)at;
    dictionary->values[dictionary->count++] = value;
    return dictionary->places[at] = (uint16_t)dictionary->count;
}

bool dictionary_add(struct dictionary *dictionary, const uint64_t *values, size_t count, uint16_t *places)
{
    unsigned place = 0;
    for (size_t i = 0; i < count; i++) {
        if (place == 0 || values[i] != values[i - 1])
            place = find(dictionary, values[i]);
        if (place == 0)
            return false;
        places[i] = (uint16_t)(place - 1);
    }
    return true;
}
