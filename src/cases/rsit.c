#include "cases/rsit.h"
#include "ledger/codes.h"
#include <stddef.h>
#include <string.h>

const char *const rsit_names[] = {
    "abusive-content/spam",
    "abusive-content/harmful-speech",
    "abusive-content/violence",
    "malicious-code/infected-system",
    "malicious-code/c2-server",
    "malicious-code/malware-distribution",
    "malicious-code/malware-configuration",
    "information-gathering/scanner",
    "information-gathering/sniffing",
    "information-gathering/social-engineering",
    "intrusion-attempts/ids-alert",
    "intrusion-attempts/brute-force",
    "intrusion-attempts/exploit",
    "intrusions/privileged-account-compromise",
    "intrusions/unprivileged-account-compromise",
    "intrusions/application-compromise",
    "intrusions/system-compromise",
    "intrusions/burglary",
    "availability/dos",
    "availability/ddos",
    "availability/misconfiguration",
    "availability/sabotage",
    "availability/outage",
    "information-content-security/unauthorised-information-access",
    "information-content-security/unauthorised-information-modification",
    "information-content-security/data-loss",
    "information-content-security/data-leak",
    "fraud/unauthorised-use-of-resources",
    "fraud/copyright",
    "fraud/masquerade",
    "fraud/phishing",
    "vulnerable/weak-crypto",
    "vulnerable/ddos-amplifier",
    "vulnerable/potentially-unwanted-accessible",
    "vulnerable/information-disclosure",
    "vulnerable/vulnerable-system",
    "other/other",
    "other/undetermined",
    "test/test",
    NULL,
};

static const struct {
    const char *ours, *theirs;
} suggestions[] = {
    {"virus", "malicious-code/infected-system"},
    {"program", "malicious-code/infected-system"},
    {"intrusion", "intrusions/system-compromise"},
    {"impersonation", "intrusions/unprivileged-account-compromise"},
    {"dos", "availability/dos"},
    {"malware-implant", "malicious-code/infected-system"},
    {"mail-relay", "fraud/unauthorised-use-of-resources"},
    {"worm", "malicious-code/infected-system"},
    {"address-spoofing", "fraud/masquerade"},
    {"other-harm", "other/other"},
    {"probe", "information-gathering/scanner"},
    {"worm-trace", "intrusion-attempts/exploit"},
    {"other", "other/undetermined"},
    {"fake-antivirus", "malicious-code/infected-system"},
    {"targeted-mail", "information-gathering/social-engineering"},
};

bool rsit_has(const char *name)
{
    return codes_has(rsit_names, name);
}

const char *rsit_suggest(const char *word)
{
    for (size_t i = 0; i < sizeof suggestions / sizeof *suggestions; i++)
        if (strcmp(suggestions[i].ours, word) == 0)
            return suggestions[i].theirs;
    return "";
}
