#include "check/output.h"
#include "base/cleanup.h"
#include "base/file.h"

enum { PAGE_MOST = 256 << 20 };

static bool write_page(const struct check *check, const struct findings *findings, struct fault *fault)
{
    CLEANUP(text_clear) struct text page;
    text_init(&page, PAGE_MOST);
    return output_html(check, findings, &page, fault) &&
           file_write(check_options.html, page.bytes, page.length, fault);
}

bool output_write(const struct check *check, const struct findings *findings, struct fault *fault)
{
    if (check_options.html != NULL && !write_page(check, findings, fault))
        return false;
    if (check_options.json != NULL)
        output_json(check, findings, stdout);
    else if (check_options.sarif != NULL)
        output_sarif(check, findings, stdout);
    else
        output_text(check, findings, stdout);
    return true;
}
