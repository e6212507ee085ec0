#include "base/script.h"
#include "base/memory.h"
#include "base/parts.h"
#include "base/stop.h"
#include <duktape.h>
#include <stdint.h>

struct script {
    duk_context *engine;
};

enum { SCRIPT_MOST = 8 << 20 };

static bool evaluate(duk_context *engine, const char *name, const char *source, size_t length,
                     struct fault *fault)
{
    duk_push_string(engine, name);
    bool well = duk_pcompile_lstring_filename(engine, 0, source, length) == 0 && duk_pcall(engine, 0) == 0;
    if (!well)
        fault_set(fault, "script '%s' failed: %s", name, duk_safe_to_string(engine, -1));
    duk_pop(engine);
    return well;
}

static bool load(duk_context *engine, const char *name, struct fault *fault)
{
    CLEANUP(text_clear) struct text source;
    text_init(&source, SCRIPT_MOST);
    return parts_read(name, &source, fault) && evaluate(engine, name, source.bytes, source.length, fault);
}

struct script *script_open(const char *const *names, struct fault *fault)
{
    OWNED(script_free) struct script *script = memory_new(1, sizeof *script);
    script->engine = duk_create_heap_default();
    if (script->engine == NULL)
        abort(); /* out of memory */
    for (; *names != NULL; names++)
        if (!load(script->engine, *names, fault))
            return NULL;
    return HANDOVER(script);
}

void script_free(struct script *script)
{
    if (script == NULL)
        return;
    duk_destroy_heap(script->engine);
    free(script);
}

static uint32_t three_bytes(const unsigned char *at)
{
    return (uint32_t)(at[0] & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
}

static void add_four_bytes(struct text *out, uint32_t code)
{
    char bytes[4] = {(char)(0xf0 | code >> 18), (char)(0x80 | (code >> 12 & 0x3f)),
                     (char)(0x80 | (code >> 6 & 0x3f)), (char)(0x80 | (code & 0x3f))};
    text_add(out, bytes, 4);
}

/* Duktape keeps a pair of surrogates as two three-byte sequences (CESU-8, Unicode Technical Report 26);
 * outside it is one character of UTF-8, and half a pair is U+FFFD. */
static void add_utf8(struct text *out, const unsigned char *at, size_t length)
{
    const unsigned char *end = at + length;
    while (at < end) {
        bool surrogate = at[0] == 0xed && end - at >= 3 && at[1] >= 0xa0;
        if (!surrogate) {
            const unsigned char *from = at++;
            while (at < end && at[0] != 0xed)
                at++;
            text_add(out, (const char *)from, (size_t)(at - from));
            continue;
        }
        bool pair = at[1] < 0xb0 && end - at >= 6 && at[3] == 0xed && at[4] >= 0xb0;
        if (pair)
            add_four_bytes(out, 0x10000 + ((three_bytes(at) & 0x3ff) << 10) + (three_bytes(at + 3) & 0x3ff));
        else
            text_add_string(out, "\xef\xbf\xbd");
        at += pair ? 6 : 3;
    }
}

static duk_ret_t decode(duk_context *engine, void *unused)
{
    (void)unused;
    duk_json_decode(engine, -1);
    return 1;
}

bool script_call(struct script *script, const char *name, json_t *given, struct text *out,
                 struct fault *fault)
{
    duk_context *engine = script->engine;
    OWNED_MEMORY char *json = json_dumps(given, JSON_COMPACT);
    json_decref(given);
    if (json == NULL)
        return fault_set(fault, "what '%s' was given is not JSON", name);
    if (!stop_check(fault))
        return false;
    duk_get_global_string(engine, name);
    duk_push_string(engine, json);
    bool well = duk_safe_call(engine, decode, NULL, 1, 1) == 0 && duk_pcall(engine, 1) == 0;
    if (well && duk_is_string(engine, -1)) {
        size_t length;
        const char *bytes = duk_get_lstring(engine, -1, &length);
        add_utf8(out, (const unsigned char *)bytes, length);
    } else {
        well = fault_set(fault, "script '%s' failed: %s", name, duk_safe_to_string(engine, -1));
    }
    duk_set_top(engine, 0);
    return well;
}
