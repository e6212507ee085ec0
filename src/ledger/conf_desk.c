/* The settings of the web desk and its mail. */
#include "ledger/conf_desk.h"
#include "base/memory.h"
#include "ledger/conf.h"
#include <stdlib.h>
#include <string.h>

enum {
    CONF_ADDRESS_MOST = 254, /* of a mail address: RFC 5321 section 4.5.3.1.3, less its brackets */
    CONF_PORT_MOST = 65535
};

/* The letters of a host's name, of an address in brackets, and of a port behind it. */
static bool is_host(const char *value, size_t length)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    return length > 0 && length <= CONF_ADDRESS_MOST && strspn(value, letters) >= length;
}

bool conf_desk_address(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    size_t scheme = strncmp(value, "https://", 8) == 0 ? 8 : strncmp(value, "http://", 7) == 0 ? 7 : 0;
    size_t length = strlen(value);
    if (length > 0 && value[length - 1] == '/')
        length--;
    if (scheme == 0 || length < scheme || !is_host(value + scheme, length - scheme))
        return fault_set(fault,
                         "'desk-address' is '%s' (expected how the world names the desk, like "
                         "https://desk.example.jp)",
                         value);
    free(settings->desk_address);
    settings->desk_address = memory_string(value);
    settings->desk_address[length] = '\0';
    return true;
}

bool conf_is_mail(const char *address)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/="
                                  "?^_`{|}~"; /* atext and dots, RFC 5322 section 3.2.3 */
    size_t length = strlen(address), local = strspn(address, letters);
    const char *domain = address + local + 1;
    if (length > CONF_ADDRESS_MOST || local == 0 || local > 64 || address[local] != '@' || address[0] == '-')
        return false;
    size_t rest = strlen(domain);
    return is_host(domain, rest) && strpbrk(domain, ":[]") == NULL && domain[0] != '.' && domain[0] != '-' &&
           domain[rest - 1] != '.' && strstr(domain, "..") == NULL;
}

bool conf_desk_mail(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    if (!conf_is_mail(value))
        return fault_set(fault, "'desk-mail' is '%s' (expected a mail address, like desk@example.jp)", value);
    free(settings->desk_mail);
    settings->desk_mail = memory_string(value);
    return true;
}

static bool take_path(char **path, const char *name, const char *value, struct fault *fault)
{
    if (value[0] != '/')
        return fault_set(fault, "'%s' is '%s' (expected a path that begins with '/')", name, value);
    free(*path);
    *path = memory_string(value);
    return true;
}

bool conf_desk_maildir(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    return take_path(&settings->desk_maildir, "desk-maildir", value, fault);
}

static bool one_way_out(const struct ledger_settings *settings, struct fault *fault)
{
    return (settings->desk_sendmail == NULL || settings->desk_smtp == NULL) ||
           fault_set(fault, "'desk-sendmail' and 'desk-smtp' are both there (expected one way to send mail)");
}

bool conf_desk_sendmail(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    return take_path(&settings->desk_sendmail, "desk-sendmail", value, fault) && one_way_out(settings, fault);
}

bool conf_desk_smtp(void *target, const char *value, struct fault *fault)
{
    struct ledger_settings *settings = target;
    const char *colon = strrchr(value, ':');
    uint64_t port;
    if (colon == NULL || !is_host(value, (size_t)(colon - value)) ||
        !number_parse(colon + 1, strlen(colon + 1), CONF_PORT_MOST, &port) || port == 0)
        return fault_set(fault, "'desk-smtp' is '%s' (expected HOST:PORT, like localhost:25)", value);
    free(settings->desk_smtp);
    settings->desk_smtp = memory_string(value);
    return one_way_out(settings, fault);
}
