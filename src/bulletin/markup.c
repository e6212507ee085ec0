#include "bulletin/markup.h"
#include <string.h>

#define MARKUP_FONTS                                                                                         \
    "Hiragino Sans, Yu Gothic UI, Noto Sans CJK JP, Noto Sans JP, IPAexGothic, system-ui, sans-serif"

void markup_text(struct text *out, const char *bytes, size_t length)
{
    static const char *const escapes[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    for (size_t i = 0; i < length; i++) {
        const char *escape = escapes[(unsigned char)bytes[i]];
        if (escape != NULL)
            text_add_string(out, escape);
        else
            text_add_byte(out, bytes[i]);
    }
}

void markup_svg_open(struct text *out, double width, double height, const char *id)
{
    text_addf(
        out,
        "<svg width=\"%.0f\" height=\"%.0f\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
        "font-family=\"" MARKUP_FONTS "\" role=\"img\" aria-labelledby=\"%s-title %s-desc\">",
        width, height, width, height, id, id);
}

static void named(struct text *out, const char *element, const char *id, const char *words)
{
    text_addf(out, "<%s id=\"%s-%s\">", element, id, element);
    markup_text(out, words, strlen(words));
    text_addf(out, "</%s>", element);
}

void markup_named(struct text *out, const char *id, const char *title, const char *description)
{
    named(out, "title", id, title);
    named(out, "desc", id, description);
    text_add_byte(out, '\n');
}

void markup_spark(struct text *out, const unsigned long *values, size_t count)
{
    unsigned long most = 1;
    for (size_t i = 0; i < count; i++)
        most = values[i] > most ? values[i] : most;
    text_addf(out,
              "<svg class=\"spark\" width=\"%zu\" height=\"28\" viewBox=\"0 0 %zu 28\" aria-hidden=\"true\">",
              count * 12, count * 12);
    for (size_t i = 0; i < count; i++) {
        double height = 2 + 26.0 * (double)values[i] / (double)most;
        text_addf(out, "<rect x=\"%zu\" y=\"%.1f\" width=\"9\" height=\"%.1f\" rx=\"1\" fill=\"%s\"/>",
                  i * 12, 28 - height, height, i + 1 == count ? "#1d5a86" : "#b3bac2");
    }
    text_add_string(out, "</svg>");
}
