#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool fault_set(struct fault *fault, const char *format, ...)
{
    /* By way of a copy: an argument may be the old sentence itself. */
    char sentence[sizeof fault->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    memcpy(fault->text, sentence, sizeof sentence);
    return false;
}

bool fault_while(struct fault *fault, const char *format, ...)
{
    char doing[sizeof fault->text / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(doing, sizeof doing, format, arguments);
    va_end(arguments);
    return fault_set(fault, "%s: %s", doing, fault->text);
}

bool fault_errno(struct fault *fault, const char *format, ...)
{
    int error = errno;
    char subject[sizeof fault->text / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(subject, sizeof subject, format, arguments);
    va_end(arguments);
    return fault_set(fault, "%s: %s", subject, strerrordesc_np(error));
}
