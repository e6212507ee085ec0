/* send_line: the lines of a conversation with a mail server, plain or by TLS. Whoever is silent for too long
 * has ended it. */
#pragma once
#include "base/fault.h"
#include <stdbool.h>
#include <stddef.h>

struct send_line;
struct send_line *send_line_open(const char *server, struct fault *fault); /* HOST:PORT; NULL on a fault */
void send_line_close(struct send_line *line);
bool send_line_secure(struct send_line *line, const char *server, struct fault *fault); /* TLS from now on */
bool send_line_write(struct send_line *line, const char *bytes, size_t length, struct fault *fault);
/* One line without its end; longer ones are cut. What came before TLS began is not read after it. */
bool send_line_read(struct send_line *line, char *out, size_t size, struct fault *fault);
