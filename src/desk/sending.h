/* sending: what the last page of a public form does: what was told goes in, durably, and a receipt comes out.
 */
#pragma once
#include "cases/casefile.h"
#include "desk/page.h"

enum { SENDING_ONCE_TEXT = 65 };
/* 32 random bytes as hex: what a form carries from its first page to its last. */
void sending_once(char out[SENDING_ONCE_TEXT]);

/* SENDING_KNOWN: the same page was sent before; the receipt is the same one. SENDING_OTHER: it was, and said
 * something else then: this is not taken in until who sends it says so, and the receipt is the earlier one's.
 * SENDING_FORGED: `once` is none. SENDING_FULL, SENDING_FAILED: nothing was taken in, `fault` says why for
 * the log. */
enum sending { SENDING_TAKEN, SENDING_KNOWN, SENDING_OTHER, SENDING_FORGED, SENDING_FULL, SENDING_FAILED };
/* `told`: the fields of the form; borrowed. The page's "once" and files are those of call->form. */
enum sending sending_take(struct call *call, enum case_kind kind, json_t *told, struct receipt *receipt,
                          struct fault *fault);
/* The page after it. */
bool sending_show(struct call *call, enum case_kind kind, enum sending sent, const struct receipt *receipt,
                  struct fault *fault);
/* Where nothing was taken in: what the page says that shows again what was typed, with a new `once` in
 * call->form where the old one is spent. The status of its reply, for after call_show(). */
unsigned sending_sorry(struct call *call, enum sending sent, const struct receipt *receipt);

/* The attachments among what came, borrowed from the request. */
size_t sending_attachments(const struct call *call, struct case_attachment out[REQUEST_FILES_MOST]);
/* A fault that means there is no more room. */
bool sending_is_full(const struct fault *fault);
