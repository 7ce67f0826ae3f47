/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_PERMISSION_H
#define CONSENT__FLOW_PERMISSION_H

#include "flow/store.h"

consent_status consent__flow_permission_record(const consent__cx *cx, consent_store *s,
                                               const char *subject, const char *name, bool granted);
consent_status consent__flow_permission_list(const consent__cx *cx, consent_store *s,
                                             const char *subject, consent_rows **out);
#define CONSENT__PERMISSION_NAMES 4096 /* one app's */
consent_status consent__flow_permission_diff(const consent__cx *cx, consent_store *s,
                                             const char *policy, const char *version,
                                             const char *platform, const char *const *names,
                                             size_t count, consent_rows **out);
/* Earliest instant at which a refused permission may be asked for again under a policy; INT64_MIN
 * when nothing stands in the way. */
int64_t consent__reask_from(const consent__policy *p, const consent__allowed *a);

#endif
