/* link: from a captured frame to the IP packet in it, by a table of link types. */
#pragma once
#include "observe/capture.h"
#include "observe/packet.h"

/* Fills all of `packet` from one record: link, network and transport layer. */
void link_decode(const struct capture_record *record, struct packet *packet);
