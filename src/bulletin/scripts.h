/* scripts: those that draw, render and read Markdown for a bulletin, in one engine. */
#pragma once
#include "base/script.h"

struct script *scripts_open(struct fault *fault); /* NULL on a fault; script_free() */
