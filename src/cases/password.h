/* password: what is taken as a new one: long enough and not easily guessed. No rule about kinds of characters
 * (NIST SP 800-63B, 5.1.1.2): they make passwords hard to keep in mind and not hard to guess. */
#pragma once

enum password_judged {
    PASSWORD_GOOD,
    PASSWORD_SHORT,
    PASSWORD_LONG,
    PASSWORD_NAME,  /* little more than the name */
    PASSWORD_SIMPLE /* a run, the same again and again, or what everybody tries first */
};
enum { PASSWORD_LEAST = 12 /* characters */, PASSWORD_MOST = 512 /* bytes */ };
enum password_judged password_judge(const char *password, const char *name);
