/* mail_html: the words of an HTML page, as a person would read them. Nothing of it is run, nothing fetched.
 */
#pragma once
#include "base/text.h"

/* Paragraphs and rows become lines; where a link leads is written behind it, since that is often what a
 * message is about. */
void mail_html_text(const char *html, size_t length, struct text *out);
