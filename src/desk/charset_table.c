/* The table: names as IANA and mail programs write them, in small letters. */
#include "desk/charset.h"
#include "desk/charset_table.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct charset table[] = {
    {"|us-ascii|ascii|ansi_x3.4-1968|unknown|unknown-8bit|x-unknown|default|", NULL, CHARSET_ASCII, false},
    {"|utf-8|utf8|", NULL, CHARSET_UTF8, false},
    {"|iso-2022-jp|iso-2022-jp-1|iso-2022-jp-2|iso-2022-jp-3|iso-2022-jp-2004|iso-2022-jp-ms|csiso2022jp|"
     "csiso2022jp2|cp50220|cp50221|cp50222|jis|iso2022jp|",
     NULL, CHARSET_JIS, true},
    {"|shift_jis|shift-jis|sjis|x-sjis|ms_kanji|csshiftjis|cp932|ms932|windows-31j|cswindows31j|shift_jis-"
     "2004|",
     "CP932", CHARSET_MANY, true},
    {"|euc-jp|eucjp|x-euc-jp|cseucpkdfmtjapanese|euc-jp-ms|eucjp-ms|cp51932|euc-jis-2004|", "EUC-JP-MS",
     CHARSET_EUC, true},
    {"|gb18030|gb2312|gbk|gb_2312-80|cp936|hz-gb-2312|csgb2312|x-gbk|", "GB18030", CHARSET_MANY, false},
    {"|big5|big5-hkscs|cn-big5|csbig5|cp950|", "BIG5-HKSCS", CHARSET_MANY, false},
    {"|euc-kr|ks_c_5601-1987|uhc|cp949|windows-949|ks_c_5601|cseuckr|", "UHC", CHARSET_MANY, false},
    {"|iso-2022-kr|csiso2022kr|", "ISO-2022-KR", CHARSET_MANY, false},
    {"|utf-7|unicode-1-1-utf-7|", "UTF-7", CHARSET_MANY, false},
    {"|utf-16|", "UTF-16", CHARSET_MANY, false},
    {"|utf-16le|", "UTF-16LE", CHARSET_MANY, false},
    {"|utf-16be|", "UTF-16BE", CHARSET_MANY, false},
    /* WINDOWS-1252 is what is meant where ISO-8859-1 is said (WHATWG Encoding, section 4.2) */
    {"|iso-8859-1|latin1|l1|windows-1252|cp1252|x-ansi|iso8859-1|", "WINDOWS-1252", CHARSET_SINGLE, false},
    {"|iso-8859-2|latin2|", "ISO-8859-2", CHARSET_SINGLE, false},
    {"|iso-8859-3|", "ISO-8859-3", CHARSET_SINGLE, false},
    {"|iso-8859-4|", "ISO-8859-4", CHARSET_SINGLE, false},
    {"|iso-8859-5|", "ISO-8859-5", CHARSET_SINGLE, false},
    {"|iso-8859-6|", "ISO-8859-6", CHARSET_SINGLE, false},
    {"|iso-8859-7|", "ISO-8859-7", CHARSET_SINGLE, false},
    {"|iso-8859-8|iso-8859-8-i|", "ISO-8859-8", CHARSET_SINGLE, false},
    {"|iso-8859-9|windows-1254|", "WINDOWS-1254", CHARSET_SINGLE, false},
    {"|iso-8859-10|", "ISO-8859-10", CHARSET_SINGLE, false},
    {"|tis-620|iso-8859-11|windows-874|", "WINDOWS-874", CHARSET_SINGLE, false},
    {"|iso-8859-13|", "ISO-8859-13", CHARSET_SINGLE, false},
    {"|iso-8859-14|", "ISO-8859-14", CHARSET_SINGLE, false},
    {"|iso-8859-15|latin-9|", "ISO-8859-15", CHARSET_SINGLE, false},
    {"|windows-1250|cp1250|", "WINDOWS-1250", CHARSET_SINGLE, false},
    {"|windows-1251|cp1251|", "WINDOWS-1251", CHARSET_SINGLE, false},
    {"|windows-1253|", "WINDOWS-1253", CHARSET_SINGLE, false},
    {"|windows-1255|", "WINDOWS-1255", CHARSET_SINGLE, false},
    {"|windows-1256|", "WINDOWS-1256", CHARSET_SINGLE, false},
    {"|windows-1257|", "WINDOWS-1257", CHARSET_SINGLE, false},
    {"|windows-1258|", "WINDOWS-1258", CHARSET_SINGLE, false},
    {"|koi8-r|", "KOI8-R", CHARSET_SINGLE, false},
    {"|koi8-u|", "KOI8-U", CHARSET_SINGLE, false},
    {"|macintosh|x-mac-roman|", "MACINTOSH", CHARSET_SINGLE, false},
};
enum { TABLE = sizeof table / sizeof *table, LABEL_MOST = 40 };
static iconv_t converters[TABLE];
static bool opened;

void charset_open(void)
{
    for (size_t i = 0; i < TABLE && !opened; i++)
        converters[i] = table[i].converter == NULL ? (iconv_t)-1 : iconv_open("UTF-8", table[i].converter);
    opened = true;
}

const struct charset *charset_find(const char *label)
{
    char wanted[LABEL_MOST + 3] = "|";
    size_t length = 1;
    for (const char *at = label == NULL ? "" : label; *at != '\0'; at++) {
        if (*at == ' ' || *at == '"' || *at == '\'' || *at == '\t')
            continue;
        if (length > LABEL_MOST || *at == '|')
            return NULL;
        wanted[length++] = (char)tolower((unsigned char)*at);
    }
    wanted[length] = '|';
    for (size_t i = 0; i < TABLE && length > 1; i++)
        if (strstr(table[i].labels, wanted) != NULL)
            return &table[i];
    return NULL;
}

iconv_t charset_converter(const char *converter)
{
    charset_open();
    for (size_t i = 0; i < TABLE; i++)
        if (table[i].converter != NULL && strcmp(table[i].converter, converter) == 0)
            return converters[i];
    return (iconv_t)-1;
}

bool charset_is_japanese(const char *label)
{
    const struct charset *charset = charset_find(label);
    return charset != NULL && charset->japanese;
}

size_t charset_convert(const char *converter, const char *bytes, size_t length, struct text *out)
{
    iconv_t handle = charset_converter(converter);
    char *at = (char *)bytes; /* iconv(3) does not change what it reads */
    char buffer[4096];
    size_t unreadable = 0;
    bool more = handle != (iconv_t)-1;
    if (!more)
        return length;
    iconv(handle, NULL, NULL, NULL, NULL);
    while (more) {
        char *to = buffer;
        size_t room = sizeof buffer;
        size_t made =
            length > 0 ? iconv(handle, &at, &length, &to, &room) : iconv(handle, NULL, NULL, &to, &room);
        int problem = errno;
        more = length > 0 || made == (size_t)-1;
        text_add(out, buffer, sizeof buffer - room);
        if (made == (size_t)-1 && problem != E2BIG) {
            text_add_string(out, CHARSET_UNREADABLE);
            unreadable++;
            more = length > 0;
            at += more;
            length -= more;
        }
    }
    return unreadable;
}
