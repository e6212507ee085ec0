/* Bitwarden's JSON: {"encrypted": false, "items": [{"type": 1, "name": ..., "login": {...}}, ...]}; items of
 * other types (notes, cards, identities, keys) have no "login". */
#include "check/passwords/export.h"
#include <jansson.h>
#include <string.h>

enum { TYPE_LOGIN = 1, JSON_FILE_MOST = 64 << 20 };

static const char *kept(struct logins *logins, const json_t *value)
{
    if (!json_is_string(value))
        return "";
    return secrets_keep(logins->secrets, json_string_value(value), json_string_length(value));
}

static bool take_item(struct logins *logins, const json_t *item, size_t number, const char *name,
                      struct fault *fault)
{
    const json_t *inner = json_object_get(item, "login");
    if (!json_is_object(inner) || json_integer_value(json_object_get(item, "type")) != TYPE_LOGIN)
        return true;
    const json_t *address = json_array_get(json_object_get(inner, "uris"), 0);
    struct login login = {.service = kept(logins, json_object_get(item, "name")),
                          .address = kept(logins, json_object_get(address, "uri")),
                          .user = kept(logins, json_object_get(inner, "username")),
                          .password = kept(logins, json_object_get(inner, "password")),
                          .one_time_code = json_string_length(json_object_get(inner, "totp")) > 0,
                          .used_day = LOGIN_NO_DAY,
                          .line = number};
    return logins_add(logins, &login, name, fault);
}

/* A vault that was given out under its password, or the account's key, holds nothing that can be read. */
static bool check_shape(const json_t *vault, const char *name, struct fault *fault)
{
    if (json_is_true(json_object_get(vault, "encrypted")))
        return fault_set(fault,
                         "'%s' is an encrypted export (expected one that Bitwarden calls '.json', not "
                         "'.json (Encrypted)'; delete it when you have looked)",
                         name);
    if (!json_is_array(json_object_get(vault, "items")))
        return fault_set(fault, "'%s' is JSON, but of no export that is known (expected %s)", name,
                         export_known);
    return true;
}

bool export_read_bitwarden(struct logins *logins, const char *name, const char *bytes, size_t length,
                           struct fault *fault)
{
    if (length > JSON_FILE_MOST)
        return fault_set(fault, "'%s' is too large (expected at most 64 MiB of JSON)", name);
    json_error_t error;
    json_t *vault = json_loadb(bytes, length, 0, &error);
    if (vault == NULL && secret_heap_full())
        return fault_set(fault, "'%s' is too large (expected JSON that fits into %d MiB of memory)", name,
                         SECRET_HEAP_MOST >> 20);
    if (vault == NULL) /* the error's own text tells what it found */
        return fault_set(fault, "%s:%d: this is not JSON that can be read (expected %s)", name,
                         error.line > 0 ? error.line : 1, export_known);
    bool taken = check_shape(vault, name, fault);
    const json_t *items = json_object_get(vault, "items");
    for (size_t i = 0; taken && i < json_array_size(items); i++)
        taken = take_item(logins, json_array_get(items, i), i + 1, name, fault);
    json_decref(vault);
    logins->format = "Bitwarden";
    logins->tells_one_time_code = true;
    return taken;
}
