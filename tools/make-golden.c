/* make-golden: the golden tests' captures, from a file of lines, one a case:
 *
 *     NAME: FORMAT [SETTING...] | ITEM | ITEM ...
 *
 * FORMAT is pcap or pcapng. An item is a packet in words (golden_words.c), with settings of its own before
 * them:
 *     @12.5 (seconds after noon of 2011-11-08 in Tokyo; else a second after the one before), cut=N (bytes
 * captured), cut-each (once for every number of bytes captured), if=N, simple, obsolete (pcapng) or, in
 * pcapng: section [big], interface [link=N] [resolution=N] [offset=S] [snap=N], block=TYPE. Settings of a
 * file: link=N, big, ns, modified, minor=N, drop=N (bytes off its end), junk=HEX (bytes behind it). */
#include "golden_words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 20, LINE_MOST = 1 << 16 };
static const uint64_t noon_s = 1320721200;

struct file {
    unsigned char bytes[FILE_MOST];
    size_t length;
    bool ng, big, ns, modified;
    unsigned link, minor, drop;
    uint64_t time_ns, resolution;
    char junk[256];
};

static void put(struct file *file, uint64_t value, int count)
{
    for (int i = 0; i < count && file->length < FILE_MOST; i++)
        file->bytes[file->length++] = (unsigned char)(value >> 8 * (file->big ? count - 1 - i : i));
}

static void put_bytes(struct file *file, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(file, bytes[i], 1);
}

/* "name=value" of a word, NULL where the word is another. */
static const char *value_of(const char *word, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(word, name, length) != 0)
        return NULL;
    return word[length] == '=' ? word + length + 1 : word[length] == '\0' ? "" : NULL;
}

/* Words of a line, apart by spaces. */
struct split {
    char *rest;
};
static char *next_word(struct split *split)
{
    split->rest += strspn(split->rest, " ");
    if (*split->rest == '\0')
        return NULL;
    char *word = split->rest;
    split->rest += strcspn(word, " ");
    if (*split->rest != '\0')
        *split->rest++ = '\0';
    return word;
}

static void put_pcap_header(struct file *file)
{
    put(file, file->modified ? 0xa1b2cd34 : file->ns ? 0xa1b23c4d : 0xa1b2c3d4, 4);
    put(file, 2, 2);
    put(file, file->minor, 2);
    put(file, 0, 8);
    put(file, 65535, 4);
    put(file, file->link, 4);
}

static void put_section(struct file *file)
{
    put(file, 0x0a0d0d0a, 4);
    put(file, 28, 4);
    put(file, 0x1a2b3c4d, 4);
    put(file, 1, 2);
    put(file, 0, 2);
    put(file, UINT64_MAX, 8);
    put(file, 28, 4);
}

struct item { /* settings of one packet */
    bool simple, obsolete, cut_each;
    unsigned interface;
    size_t cut;
};

static void put_ng_packet(struct file *file, const struct item *item, const struct words *packet,
                          size_t captured)
{
    size_t padded = (captured + 3) / 4 * 4;
    uint32_t length = (uint32_t)(padded + (item->simple ? 16 : 32));
    uint64_t ticks = (uint64_t)((unsigned __int128)file->time_ns * file->resolution / 1000000000);
    put(file, item->simple ? 3 : item->obsolete ? 2 : 6, 4);
    put(file, length, 4);
    if (!item->simple) {
        put(file, item->interface, item->obsolete ? 2 : 4);
        if (item->obsolete)
            put(file, 0, 2);
        put(file, ticks >> 32, 4);
        put(file, ticks & UINT32_MAX, 4);
        put(file, captured, 4);
    }
    put(file, packet->length, 4);
    put_bytes(file, packet->bytes, captured);
    put(file, 0, (int)(padded - captured));
    put(file, length, 4);
}

static void put_packet(struct file *file, const struct item *item, const struct words *packet,
                       size_t captured)
{
    if (file->ng) {
        put_ng_packet(file, item, packet, captured);
        return;
    }
    bool swapped = file->minor < 3;
    put(file, file->time_ns / 1000000000, 4);
    put(file, file->time_ns % 1000000000 / (file->ns ? 1 : 1000), 4);
    put(file, swapped ? packet->length : captured, 4);
    put(file, swapped ? captured : packet->length, 4);
    if (file->modified)
        put(file, 0, 8);
    put_bytes(file, packet->bytes, captured);
}

static bool take_setting(struct file *file, struct item *item, const char *word)
{
    const char *value;
    unsigned long seconds;
    char fraction[16] = "";
    if (word[0] == '@' && sscanf(word, "@%lu.%9[0-9]", &seconds, fraction) >= 1) {
        size_t digits = strlen(fraction);
        uint64_t ns = strtoul(fraction, NULL, 10);
        for (; digits < 9; digits++)
            ns *= 10;
        file->time_ns = (noon_s + seconds) * 1000000000 + ns;
    } else if ((value = value_of(word, "cut")) != NULL) {
        item->cut = strtoul(value, NULL, 0);
    } else if ((value = value_of(word, "if")) != NULL) {
        item->interface = (unsigned)strtoul(value, NULL, 0);
    } else if (strcmp(word, "cut-each") == 0) {
        item->cut_each = true;
    } else if (strcmp(word, "simple") == 0) {
        item->simple = true;
    } else if (strcmp(word, "obsolete") == 0) {
        item->obsolete = true;
    } else {
        return false;
    }
    return true;
}

static bool put_item(struct file *file, char *text)
{
    struct split split = {text};
    struct item item = {.cut = SIZE_MAX};
    struct words packet = {.length = 0};
    file->time_ns += 1000000000;
    for (char *word; (word = next_word(&split)) != NULL;)
        if (!take_setting(file, &item, word) && !words_add(&packet, word)) {
            fprintf(stderr, "make-golden: '%s' is no word\n", word);
            return false;
        }
    words_end(&packet);
    size_t captured = item.cut < packet.length ? item.cut : packet.length;
    for (size_t at = item.cut_each ? 0 : captured; at <= captured; at++)
        put_packet(file, &item, &packet, at);
    return true;
}

static void put_option(struct file *file, unsigned code, uint64_t value, int count)
{
    put(file, code, 2);
    put(file, (unsigned)count, 2);
    put(file, value, count);
    put(file, 0, -count & 3);
}

static void put_interface(struct file *file, struct split *split)
{
    unsigned link = 1, resolution = 6, snap = 0;
    uint64_t offset = 0;
    for (char *word; (word = next_word(split)) != NULL;) {
        const char *value;
        if ((value = value_of(word, "link")) != NULL)
            link = (unsigned)strtoul(value, NULL, 0);
        else if ((value = value_of(word, "resolution")) != NULL)
            resolution = (unsigned)strtoul(value, NULL, 0);
        else if ((value = value_of(word, "offset")) != NULL)
            offset = strtoull(value, NULL, 0);
        else if ((value = value_of(word, "snap")) != NULL)
            snap = (unsigned)strtoul(value, NULL, 0);
    }
    put(file, 1, 4);
    put(file, 44, 4);
    put(file, link, 2);
    put(file, 0, 2);
    put(file, snap, 4);
    put_option(file, 9, resolution, 1);
    put_option(file, 14, offset, 8);
    put(file, 0, 4); /* the end of the options */
    put(file, 44, 4);
    file->resolution = 1;
    for (unsigned i = 0; i < (resolution & 0x7f); i++)
        file->resolution *= resolution & 0x80 ? 2 : 10;
}

static bool put_ng_item(struct file *file, char *text)
{
    char first[32] = "";
    sscanf(text, "%31s", first);
    struct split split = {text};
    const char *type = value_of(first, "block");
    if (strcmp(first, "section") == 0) {
        file->big = strstr(text, "big") != NULL;
        put_section(file);
    } else if (strcmp(first, "interface") == 0) {
        put_interface(file, &split);
    } else if (type != NULL) {
        put(file, strtoul(type, NULL, 0), 4);
        put(file, 20, 4);
        put(file, 0x1234567812345678, 8);
        put(file, 20, 4);
    } else {
        return put_item(file, text);
    }
    return true;
}

static bool take_format(struct file *file, char *text)
{
    struct split split = {text};
    for (char *word; (word = next_word(&split)) != NULL;) {
        const char *value;
        if (strcmp(word, "pcapng") == 0)
            file->ng = true;
        else if (strcmp(word, "big") == 0)
            file->big = true;
        else if (strcmp(word, "ns") == 0)
            file->ns = true;
        else if (strcmp(word, "modified") == 0)
            file->modified = true;
        else if ((value = value_of(word, "link")) != NULL)
            file->link = (unsigned)strtoul(value, NULL, 0);
        else if ((value = value_of(word, "minor")) != NULL)
            file->minor = (unsigned)strtoul(value, NULL, 0);
        else if ((value = value_of(word, "drop")) != NULL)
            file->drop = (unsigned)strtoul(value, NULL, 0);
        else if ((value = value_of(word, "junk")) != NULL)
            snprintf(file->junk, sizeof file->junk, "%s", value);
        else if (strcmp(word, "pcap") != 0)
            return false;
    }
    if (!file->ng)
        put_pcap_header(file);
    return true;
}

static bool write_file(const struct file *file, const char *folder, const char *name)
{
    char path[4096];
    struct words junk = {.length = 0};
    if (snprintf(path, sizeof path, "%s/%s.pcap", folder, name) >= (int)sizeof path)
        return false;
    FILE *out = fopen(path, "wb");
    if (out == NULL || !words_hex(&junk, file->junk) || file->drop > file->length)
        return false;
    fwrite(file->bytes, 1, file->length - file->drop, out);
    fwrite(junk.bytes, 1, junk.length, out);
    return fclose(out) == 0;
}

static bool make_case(char *line, const char *folder)
{
    static struct file file;
    file = (struct file){.link = 1, .minor = 4, .resolution = 1000000, .time_ns = (noon_s - 1) * 1000000000};
    char *colon = strchr(line, ':');
    if (colon == NULL)
        return false;
    *colon = '\0';
    bool fine = true, first = true;
    for (char *item = colon + 1, *next; fine && item != NULL; item = next, first = false) {
        next = strchr(item, '|');
        if (next != NULL)
            *next++ = '\0';
        fine = first ? take_format(&file, item) : file.ng ? put_ng_item(&file, item) : put_item(&file, item);
    }
    return fine && write_file(&file, folder, line);
}

int main(int argc, char **argv)
{
    static char line[LINE_MOST];
    FILE *cases = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (cases == NULL) {
        fprintf(stderr, "usage: make-golden CASES FOLDER\n");
        return 2;
    }
    for (unsigned number = 1; fgets(line, sizeof line, cases) != NULL; number++) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#' && !make_case(line, argv[2])) {
            fprintf(stderr, "make-golden: %s:%u: cannot be made\n", argv[1], number);
            return 2;
        }
    }
    fclose(cases);
    return 0;
}
