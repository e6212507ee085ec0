#include "desk/qr.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <qrencode.h>
#include <sodium.h>
#include <string.h>

enum { QR_QUIET = 4 /* light all around, ISO/IEC 18004 */ };

static void cleanup_code(QRcode **code)
{
    QRcode_free(*code);
}

/* A rectangle for each run of dark in a row. */
static void add_row(struct text *svg, const unsigned char *row, int width, int line)
{
    for (int at = 0; at < width;) {
        int end = at;
        while (end < width && (row[end] & 1) != 0)
            end++;
        if (end > at)
            text_addf(svg, "M%d %dh%dv1h-%dz", at + QR_QUIET, line + QR_QUIET, end - at, end - at);
        at = end > at ? end : at + 1;
    }
}

static void draw(const QRcode *code, struct text *svg)
{
    int size = code->width + 2 * QR_QUIET;
    text_addf(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
        "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
        size, size, size, size);
    for (int line = 0; line < code->width; line++)
        add_row(svg, code->data + (ptrdiff_t)line * code->width, code->width, line);
    text_add_string(svg, "\"/></svg>");
}

bool qr_address(const char *string, struct text *out)
{
    CLEANUP(cleanup_code) QRcode *code = QRcode_encodeString8bit(string, 0, QR_ECLEVEL_M);
    CLEANUP(text_clear) struct text svg;
    text_init(&svg, QR_MOST);
    if (code == NULL)
        return false;
    draw(code, &svg);
    size_t room = sodium_base64_encoded_len(svg.length, sodium_base64_VARIANT_ORIGINAL);
    OWNED_MEMORY char *encoded = memory_new(room, 1);
    sodium_bin2base64(encoded, room, (const unsigned char *)svg.bytes, svg.length,
                      sodium_base64_VARIANT_ORIGINAL);
    text_add_string(out, "data:image/svg+xml;base64,");
    text_add_string(out, encoded);
    return text_whole(&svg) && text_whole(out);
}
