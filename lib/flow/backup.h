/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONSENT__FLOW_BACKUP_H
#define CONSENT__FLOW_BACKUP_H

#include "flow/store.h"

consent_status consent__flow_restore(const consent__cx *cx, const char *backup, const char *path,
                                     const consent_options *o);

#endif
