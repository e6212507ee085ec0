/* Any bytes are a program file of Windows, another file or a broken one; what is told of it is text. */
#include "fuzz.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "check/versions/pe.h"

#include <string.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct pe pe = {0}, again = {0};
    CLEANUP(cleanup_descriptor) int file = memfd_create("input", MFD_CLOEXEC);
    MUST(file >= 0 && write(file, bytes, length) == (ssize_t)length);
    enum pe_answer answer = pe_read(file, &pe);
    MUST(pe_read(file, &again) == answer && memcmp(&pe, &again, sizeof pe) == 0);
    MUST(answer == PE_READ || !pe.has_version);
    for (size_t i = 0; i < PE_STRINGS; i++) {
        size_t told = strnlen(pe.strings[i], PE_STRING_MOST);
        MUST(told < PE_STRING_MOST && text_is_utf8(pe.strings[i], told));
        MUST(told == 0 || pe.has_version);
    }
    return 0;
}
