/* SPDX-License-Identifier: Apache-2.0 */
/* An application outside the source tree: finds the header, links, and sees the version it was
 * compiled for. */
#include <consent/version.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
#ifdef HEADERS_ONLY
    const char *loaded = CONSENT_VERSION;
#else
    const char *loaded = consent_version();
#endif
    printf("%s\n", loaded);
    return strcmp(loaded, CONSENT_VERSION) != 0;
}
