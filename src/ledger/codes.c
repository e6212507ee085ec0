#include "ledger/codes.h"
#include <stddef.h>
#include <string.h>

const char *const codes_kinds[] = {"virus", "program", NULL};
const char *const codes_routes[] = {"mail",  "download", "web", "media", "network",
                                    "other", "unknown",  "",    NULL};
/* from "probe" on there was no harm */
const char *const codes_categories[] = {
    "intrusion",        "impersonation", "dos",   "malware-implant", "mail-relay", "worm",
    "address-spoofing", "other-harm",    "probe", "worm-trace",      "other",      NULL};
const char *const codes_causes[] = {"password", "old-version", "misconfiguration", "other", "unknown",
                                    "",         NULL};
const char *const codes_channels[] = {"auto", "phone", "mail", "other", NULL};
const char *const codes_topics[] = {"one-click", "fake-antivirus", "winny", "targeted-mail", NULL};

static const char *const codes_yes[] = {"no", "yes"};

bool codes_has(const char *const *codes, const char *word)
{
    while (*codes != NULL && strcmp(*codes, word) != 0)
        codes++;
    return *codes != NULL;
}

bool codes_category_harms(const char *category)
{
    static const char *const harmless[] = {"probe", "worm-trace", "other", NULL};
    return !codes_has(harmless, category);
}

bool codes_check_days(int32_t accepted_on, int32_t detected_on, struct fault *fault)
{
    return detected_on <= accepted_on ||
           fault_set(fault, "'detected_on' is later than 'accepted_on' (expected a detection no later than "
                            "its acceptance)");
}

bool codes_check_access(const char *category, bool harm, struct fault *fault)
{
    return harm == codes_category_harms(category) ||
           fault_set(fault, "'category' is '%s' with harm '%s' (expected harm '%s')", category,
                     codes_yes[harm], codes_yes[!harm]);
}

bool codes_check_consultation(bool access, enum codes_harm harm, struct fault *fault)
{
    if (access && harm == CODES_HARM_EMPTY)
        return fault_set(fault, "'harm' is empty with access 'yes' (expected yes or no)");
    if (!access && harm != CODES_HARM_EMPTY)
        return fault_set(fault, "'harm' is '%s' without access 'yes' (expected it empty)", codes_yes[harm]);
    return true;
}
