/* capture: tells the formats apart and keeps what they have in common. */
#include "observe/capture.h"
#include "base/memory.h"
#include <stdarg.h>

struct capture *capture_new(struct source *source, const char *name, struct fault *fault)
{
    OWNED(capture_free) struct capture *capture = memory_new(1, sizeof *capture);
    capture->source = source;
    if (source_peek(source, 1) == NULL) {
        if (source->why_failed != NULL)
            fault_set(fault, "'%s' cannot be read: %s", name, source->why_failed);
        else
            fault_set(fault, "'%s' is empty (expected a pcap or pcapng file)", name);
        return NULL;
    }
    if (!pcap_begin(capture) && !pcapng_begin(capture)) {
        fault_set(fault, "'%s' is not a capture (expected a pcap or pcapng file)", name);
        return NULL;
    }
    return HANDOVER(capture);
}

void capture_free(struct capture *capture)
{
    if (capture == NULL)
        return;
    if (capture->format != NULL)
        capture->format->free(capture->state);
    source_free(capture->source);
    free(capture);
}

struct source *capture_source(struct capture *capture)
{
    return capture->source;
}

enum capture_next capture_next(struct capture *capture, struct capture_record *record)
{
    if (capture->broken)
        return CAPTURE_BROKEN;
    enum capture_next next = capture->format->next(capture, record);
    if (next == CAPTURE_RECORD)
        capture->packets++;
    return next;
}

size_t capture_some(struct capture *capture, struct capture_record *records, size_t most)
{
    if (capture->broken || capture->format->some == NULL)
        return 0;
    size_t count = capture->format->some(capture, records, most);
    capture->packets += count;
    return count;
}

const struct capture_break *capture_break(const struct capture *capture)
{
    return &capture->where;
}

enum capture_next capture_broke(struct capture *capture, const char *format, ...)
{
    capture->broken = true;
    capture->where.offset = source_offset(capture->source);
    capture->where.packet = capture->packets + 1;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(capture->where.why, sizeof capture->where.why, format, arguments);
    va_end(arguments);
    return CAPTURE_BROKEN;
}

enum capture_next capture_end(struct capture *capture, const char *within)
{
    struct source *source = capture->source;
    if (!source->held && source_ended(source) && source->why_failed == NULL)
        return CAPTURE_END;
    return capture_short(capture, within);
}

enum capture_next capture_short(struct capture *capture, const char *within)
{
    if (capture->source->held)
        return CAPTURE_HELD;
    if (capture->source->why_failed != NULL)
        return capture_broke(capture, "%s", capture->source->why_failed);
    return capture_broke(capture, "the file ends within %s", within);
}
