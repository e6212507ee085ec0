/* Any bytes behind a pcap header are packets, and a break or an end. */
#include "capture.h"
