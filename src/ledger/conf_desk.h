/* conf_desk: the settings of the web desk and its mail, for the table of conf.c (base/settings.h). */
#pragma once
#include "base/fault.h"

bool conf_desk_address(void *target, const char *value, struct fault *fault);
bool conf_desk_mail(void *target, const char *value, struct fault *fault);
bool conf_desk_maildir(void *target, const char *value, struct fault *fault);
bool conf_desk_sendmail(void *target, const char *value, struct fault *fault);
bool conf_desk_smtp(void *target, const char *value, struct fault *fault);
