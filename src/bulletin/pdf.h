/* pdf: paper.html of a folder to bulletin.pdf, by WeasyPrint run as a program. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stdint.h>

bool pdf_possible(struct fault *fault); /* weasyprint is on the PATH */
/* Makes FOLDER/bulletin.pdf of FOLDER/paper.html, which is removed. `made_s` is the date the PDF bears, so
 * that the same ledger gives the same bytes. */
bool pdf_write(const char *folder, int64_t made_s, struct fault *fault);
