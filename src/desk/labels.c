#include "desk/labels.h"
#include "base/words.h"
#include <string.h>

const struct field_choice labels_kinds[] = {
    {"malware", N_("Virus report")},
    {"access", N_("Report of unauthorised access")},
    {"consultation", N_("Consultation")},
    {0},
};

const struct field_choice labels_states[] = {
    {"new", N_("New")},
    {"working", N_("Being worked on")},
    {"waiting", N_("Waiting for the reporter")},
    {"answered", N_("Answered")},
    {"closed", N_("Closed")},
    {"rejected", N_("Not accepted")},
    {"withdrawn", N_("Withdrawn by the reporter")},
    {0},
};

const struct field_choice labels_channels[] = {
    {"web", N_("Web page")},
    {"mail", N_("E-mail")},
    {"phone", N_("Phone call")},
    {"post", N_("Post")},
    {"fax", N_("A fax")},
    {"counter", N_("At the counter")},
    {0},
};

const struct field_choice labels_malware[] = {
    {"virus", N_("Virus (it spreads, lies in wait or does something)")},
    {"program", N_("Other harmful program")},
    {0},
};

const struct field_choice labels_routes[] = {
    {"mail", N_("E-mail")},         {"download", N_("A downloaded file")},
    {"web", N_("A web page")},      {"media", N_("A USB stick or a disc")},
    {"network", N_("The network")}, {"other", N_("Another way")},
    {"unknown", N_("Not known")},   {0},
};

const struct field_choice labels_harm[] = {
    {"yes", N_("Harm was done")},
    {"no", N_("No harm was done")},
    {0},
};

/* The names are those the bulletin prints. */
const struct field_choice labels_categories[] = {
    {"intrusion", N_("intrusion")},
    {"impersonation", N_("impersonation")},
    {"dos", N_("denial of service (DoS)")},
    {"malware-implant", N_("planting of harmful programs")},
    {"mail-relay", N_("unauthorised mail relay")},
    {"worm", N_("worm infection")},
    {"address-spoofing", N_("address spoofing")},
    {"other-harm", N_("other harm")},
    {"probe", N_("traces of access (attempts)")},
    {"worm-trace", N_("traces of worms")},
    {"other", N_("other, without harm")},
    {0},
};

const struct field_choice labels_causes[] = {
    {"password", N_("A weak or known password")},
    {"old-version", N_("An old version with a hole")},
    {"misconfiguration", N_("Wrong settings")},
    {"other", N_("Another cause")},
    {"unknown", N_("Not known")},
    {0},
};

const struct field_choice labels_topics[] = {
    {"one-click", N_("one-click billing fraud")},
    {"fake-antivirus", N_("fake security software")},
    {"suspicious-mail", N_("suspicious mail")},
    {"targeted-mail", N_("suspicious mail aimed at particular organisations")},
    {"virus-infection", N_("infection with a virus")},
    {"unauthorised-access", N_("unauthorised access")},
    {"password", N_("passwords")},
    {"settings", N_("settings")},
    {"winny", N_("Winny")},
    {"other", N_("other topics")},
    {0},
};

/* Two answers in one question, so that nothing can be said that does not fit together. */
const struct field_choice labels_about_access[] = {
    {"no", N_("No")},
    {"harm", N_("Yes, and harm was done")},
    {"no-harm", N_("Yes, without harm")},
    {0},
};

const struct field_choice labels_languages[] = {
    {"ja", N_("Japanese")},
    {"en", N_("English")},
    {0},
};

const char *labels_of(const struct field_choice *choices, const char *word)
{
    for (; choices->word != NULL; choices++)
        if (strcmp(choices->word, word) == 0)
            return choices->label;
    return word;
}
