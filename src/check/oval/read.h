/* read: an OVAL document's XML into a model. No DTD and so no entities, limits on depth and on how much there
 * may be of everything; what is not OVAL's is passed over. */
#pragma once
#include "check/oval/model.h"

/* Into a document that model_init() has made. A fault names NAME:LINE. */
bool read_document(struct oval_document *document, const char *bytes, size_t length, struct fault *fault);
