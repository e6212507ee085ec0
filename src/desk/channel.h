/* channel: whole messages between two processes of the desk, over a pair of Unix sockets that keep packets
 * apart (SOCK_SEQPACKET): many threads may send and receive at one end, and who is killed in the midst leaves
 * no half message. A short one is the packet; a long one lies in memory (memfd) that the packet hands over.
 */
#pragma once
#include "base/fault.h"
#include "base/text.h"
#include <stdbool.h>

bool channel_pair(int ends[2], struct fault *fault);

enum channel_sent { CHANNEL_SENT, CHANNEL_FULL /* only without `wait` */, CHANNEL_ENDED };
enum channel_sent channel_send(int socket, const struct text *message, bool wait);
/* Waits. Replaces what is in `message`; its limit holds. False: the other side has ended, or sends what
 * cannot be. */
bool channel_receive(int socket, struct text *message);

/* One byte and, where `descriptor` is not -1, an open file. */
bool channel_hand(int socket, char what, int descriptor);
bool channel_take(int socket, char *what, int *descriptor); /* waits; *descriptor -1 where none came */
