#include "desk/rsit.h"
#include "base/words.h"
#include <string.h>

const struct field_choice rsit_choices[] = {
    {"", N_("None")},
    {"abusive-content/spam", N_("Abusive content: spam")},
    {"abusive-content/harmful-speech", N_("Abusive content: harmful speech")},
    {"abusive-content/violence", N_("Abusive content: of children, sexual or violent")},
    {"malicious-code/infected-system", N_("Harmful code: an infected system")},
    {"malicious-code/c2-server", N_("Harmful code: a server that commands it")},
    {"malicious-code/malware-distribution", N_("Harmful code: spread from here")},
    {"malicious-code/malware-configuration", N_("Harmful code: its settings lie here")},
    {"information-gathering/scanner", N_("Spying out: scanning")},
    {"information-gathering/sniffing", N_("Spying out: listening on the network")},
    {"information-gathering/social-engineering", N_("Spying out: tricking people")},
    {"intrusion-attempts/ids-alert", N_("Tried to break in: by a known hole")},
    {"intrusion-attempts/brute-force", N_("Tried to break in: by guessing passwords")},
    {"intrusion-attempts/exploit", N_("Tried to break in: by a new way")},
    {"intrusions/privileged-account-compromise", N_("Broke in: an administrator's account")},
    {"intrusions/unprivileged-account-compromise", N_("Broke in: a user's account")},
    {"intrusions/application-compromise", N_("Broke in: an application")},
    {"intrusions/system-compromise", N_("Broke in: a system")},
    {"intrusions/burglary", N_("Broke in: into a building")},
    {"availability/dos", N_("Not available: denial of service")},
    {"availability/ddos", N_("Not available: denial of service from many places")},
    {"availability/misconfiguration", N_("Not available: wrong settings")},
    {"availability/sabotage", N_("Not available: sabotage")},
    {"availability/outage", N_("Not available: a failure")},
    {"information-content-security/unauthorised-information-access", N_("Information: seen by others")},
    {"information-content-security/unauthorised-information-modification",
     N_("Information: changed by others")},
    {"information-content-security/data-loss", N_("Information: lost")},
    {"information-content-security/data-leak", N_("Information: leaked")},
    {"fraud", N_("Fraud: of a kind that RSIT does not name")},
    {"fraud/unauthorised-use-of-resources", N_("Fraud: use of what is not one's own")},
    {"fraud/copyright", N_("Fraud: against copyright")},
    {"fraud/masquerade", N_("Fraud: under a false name")},
    {"fraud/phishing", N_("Fraud: phishing")},
    {"vulnerable/weak-crypto", N_("Open to attack: weak encryption")},
    {"vulnerable/ddos-amplifier", N_("Open to attack: can be used to strengthen others' attacks")},
    {"vulnerable/potentially-unwanted-accessible", N_("Open to attack: a service open to all")},
    {"vulnerable/information-disclosure", N_("Open to attack: tells too much")},
    {"vulnerable/vulnerable-system", N_("Open to attack: a hole in a system")},
    {"other/other", N_("Other: in no other class")},
    {"other/undetermined", N_("Other: not known yet")},
    {"test/test", N_("Test: only a test")},
    {0},
};

static const struct {
    const char *word, *rsit;
} nearest[] = {
    {"virus", "malicious-code/infected-system"},
    {"program", "malicious-code/infected-system"},
    {"intrusion", "intrusions/system-compromise"},
    {"impersonation", "intrusions/unprivileged-account-compromise"},
    {"dos", "availability/dos"},
    {"malware-implant", "malicious-code/malware-distribution"},
    {"mail-relay", "fraud/unauthorised-use-of-resources"},
    {"worm", "malicious-code/infected-system"},
    {"address-spoofing", "fraud/masquerade"},
    {"probe", "information-gathering/scanner"},
    {"worm-trace", "intrusion-attempts/ids-alert"},
    {"one-click", "fraud"},
    {"fake-antivirus", "fraud"},
    {"suspicious-mail", "fraud/phishing"},
    {"targeted-mail", "information-gathering/social-engineering"},
    {"virus-infection", "malicious-code/infected-system"},
    {"unauthorised-access", "intrusions/system-compromise"},
};

const char *rsit_suggest(const char *word)
{
    for (size_t i = 0; i < sizeof nearest / sizeof nearest[0]; i++)
        if (strcmp(nearest[i].word, word) == 0)
            return nearest[i].rsit;
    return "";
}
