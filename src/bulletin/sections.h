/* sections: the five sections of a bulletin, each adding its blocks in the order they are read. */
#pragma once
#include "bulletin/blocks.h"

void sections_call(struct blocks *blocks);
void sections_viruses(struct blocks *blocks);
void sections_access(struct blocks *blocks);
void sections_consultations(struct blocks *blocks);
void sections_observation(struct blocks *blocks);
