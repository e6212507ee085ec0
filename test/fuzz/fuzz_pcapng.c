/* Any bytes behind a section header are blocks, and a break or an end. */
#include "capture.h"
