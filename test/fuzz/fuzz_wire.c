/* Any bytes between the desk's processes are no message, or exactly the bytes that the message is written as.
 */
#include "fuzz.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include "desk/wire.h"
#include <string.h>

static void read_request(const uint8_t *bytes, size_t length)
{
    OWNED_MEMORY struct wire_request *read = memory_new(1, sizeof *read);
    CLEANUP(text_clear) struct text again;
    text_init(&again, WIRE_REQUEST_MOST);
    if (!wire_read_request(bytes, length, read))
        return;
    wire_add_request(&again, read->id, &read->request);
    MUST(again.length == length && memcmp(again.bytes, bytes, length) == 0);
}

static void read_reply(const uint8_t *bytes, size_t length)
{
    struct reply reply;
    CLEANUP(text_clear) struct text again;
    uint64_t id = 0;
    reply_init(&reply);
    text_init(&again, WIRE_REPLY_MOST);
    if (wire_read_reply(bytes, length, &id, &reply)) {
        wire_add_reply(&again, id, &reply);
        MUST(again.length == length && memcmp(again.bytes, bytes, length) == 0);
    }
    reply_clear(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    OWNED_MEMORY uint8_t *exact = memory_new(length == 0 ? 1 : length, 1); /* a byte read beyond is seen */
    if (length > 0)
        memcpy(exact, bytes, length);
    read_request(exact, length);
    read_reply(exact, length);
    return 0;
}
