#include "base/words.h"
#include "desk/pages.h"

bool page_home(struct call *call, struct fault *fault)
{
    return call_show(call, "home", N_("Tell the watch desk"), fault);
}

bool page_privacy(struct call *call, struct fault *fault)
{
    return call_show(call, "privacy", N_("What becomes of what you tell us"), fault);
}
