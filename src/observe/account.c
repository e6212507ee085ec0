/* account: the lines of the account are one table, so that none is forgotten in either form. */
#include "observe/account.h"
#include "base/number.h"
#include <assert.h>
#include <jansson.h>
#include <string.h>

static const struct line {
    enum verdict verdict;
    const char *name; /* in JSON */
    const char *words;
    bool always; /* shown where it is 0 too */
} lines[] = {
    {VERDICT_ACCESS, "accesses", "accesses", true},
    {VERDICT_BACKSCATTER, "backscatter", "backscatter", true},
    {VERDICT_ANSWERED, "answered", "answers to the points", true},
    {VERDICT_SENT, "sent", "sent by the points", true},
    {VERDICT_NOT_OURS, "not_ours", "not from or to a point", true},
    {VERDICT_BROADCAST, "broadcast", "broadcast or multicast", false},
    {VERDICT_HOUSEKEEPING, "link_housekeeping", "link housekeeping", false},
    {VERDICT_LATER_FRAGMENT, "later_fragment", "later fragments", false},
    {VERDICT_NOT_IP, "not_ip", "not IP", false},
    {VERDICT_LINK_UNKNOWN, "link_unknown", "link type not decoded", false},
    {VERDICT_CUT, "cut_short", "cut short", true},
    {VERDICT_MALFORMED, "malformed", "malformed", false},
    {VERDICT_NO_TIME, "no_time", "without a time", false},
    {VERDICT_LET_GO, "let_go", "of days let go", false},
};
static_assert(sizeof lines / sizeof *lines == VERDICT_COUNT, "every verdict has its line");

void account_add(struct account *sum, const struct account *part)
{
    sum->packets += part->packets;
    sum->sources += part->sources;
    sum->backscatter_sources += part->backscatter_sources;
    for (size_t i = 0; i < VERDICT_COUNT; i++)
        sum->verdicts[i] += part->verdicts[i];
}

bool account_check(const struct account *account, struct fault *fault)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < VERDICT_COUNT; i++)
        sum += account->verdicts[i];
    if (sum != account->packets)
        return fault_set(fault, "the account does not add up: %llu packets read, %llu accounted for",
                         (unsigned long long)account->packets, (unsigned long long)sum);
    return true;
}

void account_leave(struct account *account, const struct sightings_left *left)
{
    account->verdicts[VERDICT_ACCESS] -= left->accesses[SIGHTING_CONTACT];
    account->verdicts[VERDICT_BACKSCATTER] -= left->accesses[SIGHTING_BACKSCATTER];
    account->verdicts[VERDICT_LET_GO] +=
        left->accesses[SIGHTING_CONTACT] + left->accesses[SIGHTING_BACKSCATTER];
    account->sources -= left->sightings[SIGHTING_CONTACT];
    account->backscatter_sources -= left->sightings[SIGHTING_BACKSCATTER];
}

static void add_line(struct text *out, const char *words, uint64_t value)
{
    char grouped[NUMBER_GROUPED_SIZE];
    number_grouped(grouped, value);
    text_addf(out, "%-26s %15s\n", words, grouped);
}

static void add_name(struct text *out, const char *name)
{
    text_add_byte(out, '\'');
    text_add_tame(out, name);
    text_add_byte(out, '\'');
}

static void add_file(struct text *out, const struct account_file *file)
{
    char offset[NUMBER_GROUPED_SIZE], packet[NUMBER_GROUPED_SIZE];
    if (file->known) {
        add_name(out, file->name);
        text_add_string(out, " was taken in before: nothing changed\n");
    }
    if (!file->broken)
        return;
    number_grouped(offset, file->where.offset);
    number_grouped(packet, file->where.packet);
    add_name(out, file->name);
    text_addf(out, " is broken at byte %s, packet %s: %s\n", offset, packet, file->where.why);
}

void account_text(const struct account *sum, const struct account_file *files, size_t count, struct text *out)
{
    add_line(out, "packets read", sum->packets);
    for (size_t i = 0; i < VERDICT_COUNT; i++) {
        uint64_t value = sum->verdicts[lines[i].verdict];
        if (lines[i].always || value != 0)
            add_line(out, lines[i].words, value);
        if (lines[i].verdict == VERDICT_ACCESS)
            add_line(out, count > 1 ? "  sources, file by file" : "  from sources", sum->sources);
    }
    for (size_t i = 0; i < count; i++)
        add_file(out, &files[i]);
}

static json_t *numbers(const struct account *account)
{
    json_t *object = json_object();
    json_object_set_new(object, "packets", json_integer((json_int_t)account->packets));
    for (size_t i = 0; i < VERDICT_COUNT; i++) {
        json_object_set_new(object, lines[i].name,
                            json_integer((json_int_t)account->verdicts[lines[i].verdict]));
        if (lines[i].verdict == VERDICT_ACCESS)
            json_object_set_new(object, "sources", json_integer((json_int_t)account->sources));
    }
    return object;
}

static json_t *file_object(const struct account_file *file)
{
    json_t *object = numbers(&file->account);
    json_object_set_new(object, "file", json_pack("s?", text_or_null(file->name)));
    json_object_set_new(object, "known", json_boolean(file->known));
    json_t *broken = json_null();
    if (file->broken)
        broken = json_pack("{s:I, s:I, s:s}", "byte", (json_int_t)file->where.offset, "packet",
                           (json_int_t)file->where.packet, "why", file->where.why);
    json_object_set_new(object, "broken", broken);
    return object;
}

static int add_bytes(const char *bytes, size_t length, void *out)
{
    text_add(out, bytes, length);
    return 0;
}

void account_json(const struct account *sum, const struct account_file *files, size_t count, struct text *out)
{
    json_t *object = numbers(sum), *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, file_object(&files[i]));
    json_object_set_new(object, "files", array);
    json_dump_callback(object, add_bytes, out, JSON_PRESERVE_ORDER | JSON_INDENT(2));
    text_add_byte(out, '\n');
    json_decref(object);
}
