/* Any bytes are an export or a sentence that holds nothing of them; what was read is text, and every entry
 * can be named, placed and held against the others. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "base/memory.h"
#include "check/passwords/looked.h"

#include <jansson.h>
#include <string.h>

static void check_string(const char *string)
{
    MUST(string != NULL && strlen(string) <= LOGIN_TEXT_MOST && text_is_utf8(string, strlen(string)));
}

static void check_login(const struct login *login)
{
    check_string(login->service);
    check_string(login->address);
    check_string(login->user);
    check_string(login->password);
    MUST(login->line > 0 && (login->used_day == LOGIN_NO_DAY || login->used_day >= 0));
    MUST(login->user[0] != '\0' || login->address[0] != '\0' || login->password[0] != '\0');
}

static void check_named(const struct looked *looked)
{
    MUST(text_is_utf8(looked->subject, strlen(looked->subject)) && strlen(looked->subject) < 200);
    MUST(looked->place[0] != '\0' && looked->service[0] != '\0');
    MUST(strstr(looked->site.host, looked->site.own) != NULL && strlen(looked->site.host) <= 253);
}

static void look_at(struct logins *logins)
{
    struct fault fault;
    CLEANUP(findings_clear) struct findings findings;
    OWNED_MEMORY struct looked *looked = memory_new(logins->count, sizeof *looked);
    findings_init(&findings);
    size_t count = looked_gather(looked, logins, &findings);
    MUST(count > 0 && count <= logins->count);
    reuse_same(looked, count);
    MUST(reuse_near(looked, count, &fault));
    for (size_t i = 0; i < count; i++) {
        check_named(&looked[i]);
        MUST(looked[i].same.count < count && looked[i].near.count < count);
        MUST(looked[i].same.count == 0 || looked[i].near.count == 0);
    }
}

static void clear(struct logins *logins)
{
    logins_clear(logins);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    json_set_alloc_funcs(secret_malloc, secret_free);
    struct fault fault = {""};
    CLEANUP(clear) struct logins logins = {.secrets = secrets_new((4 << 20) + 2 * length, &fault)};
    MUST(logins.secrets != NULL);
    char *copy = secrets_room(logins.secrets, length);
    MUST(copy != NULL);
    if (length > 0)
        memcpy(copy, bytes, length);
    if (!logins_parse(&logins, "name", copy, length, &fault)) {
        MUST(strncmp(fault.text, "name:", 5) == 0 || strncmp(fault.text, "'name' ", 7) == 0);
        return 0;
    }
    MUST(logins.count > 0 && logins.format != NULL);
    for (size_t i = 0; i < logins.count; i++)
        check_login(&logins.items[i]);
    look_at(&logins);
    return 0;
}
