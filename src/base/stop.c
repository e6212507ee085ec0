#include "base/stop.h"

#include <signal.h>

static volatile sig_atomic_t asked;

static void ask(int number)
{
    (void)number;
    asked = 1;
}

/* Without SA_RESTART, so that a wait ends. */
void stop_listen(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction before, action = {.sa_handler = ask, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

bool stop_asked(void)
{
    return asked != 0;
}

bool stop_check(struct fault *fault)
{
    return asked == 0 || fault_set(fault, "told to stop: nothing was changed");
}
