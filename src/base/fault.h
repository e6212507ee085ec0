/* fault: one sentence that says what went wrong, carried up unchanged to whoever prints it.
 *
 * A function that can truly fail returns bool and takes a `struct fault *` last. It returns false after
 * fault_set(); a caller on the way up may add what it was doing with fault_while(). The sentence follows
 * git's grammar: no capital, no full stop, the subject in quotes, and what was expected in parentheses:
 *     report.csv:12: 'detected_on' is '2011-02-30' (expected a day that exists, YYYY-MM-DD)
 * Library code never prints one. */
#pragma once
#include <stdbool.h>

struct fault {
    char text[2048];
};

/* Writes the sentence. Always returns false, so that `return fault_set(fault, ...)` reads well. */
bool fault_set(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "what was being done: " before the sentence. Always returns false. */
bool fault_while(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* fault_set with ": " and what errno means behind it, in English as all sentences are, whatever language a
 * bulletin was opened for. Always returns false. */
bool fault_errno(struct fault *fault, const char *format, ...) __attribute__((format(printf, 2, 3)));
