#include "desk/request.h"
#include <string.h>

const struct request_field *request_find(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->fields_count; i++)
        if (strcmp(request->fields[i].name, name) == 0)
            return &request->fields[i];
    return NULL;
}
