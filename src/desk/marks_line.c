/* A line of a form: what stands before its question, where the question ends and its answer begins. */
#include "desk/marks_parts.h"
#include <ctype.h>
#include <string.h>

/* The length of "1.", "4-2", "(3)", "①", "７－１．" before a question; 0. */
static size_t number_before(const char *line)
{
    static const char *const signs[] = {"-", ".", ")", "(", "．", "－", "）", "（", "・", "、", "‐", "−"};
    size_t length = 0;
    bool digit = false, sign = true;
    while (sign) {
        const unsigned char *at = (const unsigned char *)line + length;
        bool wide = at[0] == 0xef && at[1] == 0xbc && at[2] >= 0x90 && at[2] <= 0x99;    /* ０ to ９ */
        bool circled = at[0] == 0xe2 && at[1] == 0x91 && at[2] >= 0xa0 && at[2] <= 0xb3; /* ① to ⑳ */
        size_t step = isdigit(at[0]) ? 1 : wide || circled ? 3 : 0;
        digit = digit || step > 0;
        for (size_t i = 0; step == 0 && i < sizeof signs / sizeof signs[0]; i++)
            if (strncmp(line + length, signs[i], strlen(signs[i])) == 0)
                step = strlen(signs[i]);
        sign = step > 0;
        length += step;
    }
    return digit ? length : 0;
}

const char *marks_question(const char *line, bool *headed)
{
    static const char *const marks[] = {"■", "◆", "●",  "▼", "□",  "○", "◇",
                                        "◎", "▽", "＊", "*", "・", "※", "#"};
    enum { HEADING = 4 };
    *headed = false;
    for (size_t step = 1; step > 0; line += step)
        step = *line == '>' ? 1 : marks_blank(line);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strncmp(line, marks[i], strlen(marks[i])) == 0) {
            *headed = i < HEADING;
            line += strlen(marks[i]);
            break;
        }
    for (size_t step; (step = marks_blank(line)) > 0;)
        line += step;
    line += number_before(line);
    for (size_t step; (step = marks_blank(line)) > 0;)
        line += step;
    return line;
}

size_t marks_cuts(const char *question, size_t cuts[MARKS_CUTS_MOST])
{
    size_t count = 0, length;
    for (size_t i = 0; count < MARKS_CUTS_MOST - 1 && question[i] != '\0' && i < MARKS_NAME_MOST; i++) {
        bool gap =
            question[i] == '\t' || strncmp(question + i, "  ", 2) == 0 || strncmp(question + i, "　", 3) == 0;
        bool cut = gap || marks_colon(question + i) > 0 || marks_open(question + i) > 0 ||
                   marks_box(question + i, &length) != MARKS_NO_BOX;
        if (cut && i > 0)
            cuts[count++] = i;
    }
    if (strlen(question) < MARKS_NAME_MOST)
        cuts[count++] = strlen(question);
    return count;
}

const char *marks_answer(const char *answer)
{
    const char *at = answer + marks_open(answer);
    while (at > answer && *at != '\0' && marks_close(at) == 0)
        at++;
    at += marks_close(at);
    while (marks_blank(at) > 0)
        at += marks_blank(at);
    return at > answer && marks_colon(at) > 0 ? at : answer;
}

bool marks_rule(const char *line)
{
    return strcmp(line, "-- ") == 0 || strncmp(line, "――", 6) == 0 || strncmp(line, "━━", 6) == 0 ||
           strncmp(line, "＝＝", 6) == 0 || (strlen(line) >= 4 && line[strspn(line, "-=_*> ")] == '\0');
}
