/* marks: forms that people fill in as text, in a mail or a file: "■発見年月日: 2026年11月3日", "5. How
 * found", boxes that are chosen (■ ☑ ● [x]) or not (□ ☐ ○ [ ]), numbers before the questions, answers over
 * several lines, the marks of quoting before them. Read into the fields of the form that it is
 * (desk/forms.h); what is not understood is left to whoever reads the text itself. */
#pragma once
#include "cases/casefile.h"

enum marks_found { MARKS_FORM, MARKS_NONE /* no form: an ordinary text */ };
/* `text` is UTF-8. Adds the fields that hold to `told`, strings as form_value() gives them; others there
 * stay. */
enum marks_found marks_read(const char *text, json_t *told, enum case_kind *kind);
