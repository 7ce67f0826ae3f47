/* SPDX-License-Identifier: Apache-2.0 */
/* Statuses and the constants of the words in docs/words.md. Every constant is a plain number that
 * never changes and is never reused; each family has a function that gives its name. */
#ifndef CONSENT_STATUS_H
#define CONSENT_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(CONSENT_BUILDING)
#define CONSENT_API __declspec(dllexport)
#else
#define CONSENT_API
#endif
#elif defined(__GNUC__)
#define CONSENT_API __attribute__((visibility("default")))
#else
#define CONSENT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call answers. 0 and 1 are success; everything negative is a failure, in bands. */
typedef int32_t consent_status;

#define CONSENT_OK 0
#define CONSENT_DONE 1 /* nothing more to give, or nothing had to be done */

/* caller: the call itself is wrong */
#define CONSENT_E_ARGUMENT (-1)    /* NULL, empty, too long or out of range */
#define CONSENT_E_ENCODING (-2)    /* text that is not UTF-8 */
#define CONSENT_E_CLOSED (-3)      /* the store was closed */
#define CONSENT_E_AMBIGUOUS (-4)   /* the store holds several policies: name one */
#define CONSENT_E_INPUT (-10)      /* a document breaks its schema or a rule: see where and offset */
#define CONSENT_E_SYNTAX (-11)     /* a document is not JSON, or not the JSON we take */
#define CONSENT_E_LIMIT (-12)      /* a document or text is larger or deeper than the limit */
#define CONSENT_E_REFERENCE (-13)  /* a document names something it does not declare */
#define CONSENT_E_DUPLICATE (-14)  /* a key, id or member stands twice */
#define CONSENT_E_STALE_TEXT (-20) /* the text shown is no longer in force for that point */
#define CONSENT_E_UNKNOWN_TEXT (-21) /* the text shown was never published */

/* outcome: the call is right, the state is not */
#define CONSENT_E_NOT_FOUND (-100)
#define CONSENT_E_CONFLICT (-101)  /* exists already with other content */
#define CONSENT_E_STATE (-102)     /* not allowed in this state */
#define CONSENT_E_REFUSED (-103)   /* a rule of the policy or the profile forbids it */
#define CONSENT_E_BUSY (-104)      /* waited long enough for another writer; try again */
#define CONSENT_E_STOPPED (-105)   /* a function of the caller said stop */

/* storage */
#define CONSENT_E_OPEN (-200)      /* the file cannot be opened (missing, directory, permissions) */
#define CONSENT_E_READONLY (-201)  /* the file or its folder cannot be written */
#define CONSENT_E_FULL (-202)      /* disk full */
#define CONSENT_E_IO (-203)        /* reading or writing failed */
#define CONSENT_E_CORRUPT (-204)   /* the file is damaged */
#define CONSENT_E_NOT_STORE (-205) /* not a store: another format or another application's file */
#define CONSENT_E_NEWER (-206)     /* made by a newer version of the library */
#define CONSENT_E_EXISTS (-207)    /* the file exists already */
#define CONSENT_E_ENGINE (-208)    /* the storage engine failed in a way not named above */

/* format and crypto */
#define CONSENT_E_KEY (-300)       /* wrong key for this store */
#define CONSENT_E_KEY_FORMAT (-301) /* the key itself is missing, truncated or malformed */
#define CONSENT_E_KEY_EXPOSED (-302) /* the key file can be read by others */
#define CONSENT_E_SEAL (-303)      /* a sealed record does not open: changed or moved */
#define CONSENT_E_SIGNATURE (-304) /* a signature does not verify */
#define CONSENT_E_FORMAT (-305)    /* a record, note, proof or receipt is malformed */
#define CONSENT_E_PROOF (-306)     /* a proof does not lead to the root */

/* fatal */
#define CONSENT_E_MEMORY (-901)    /* out of memory */
#define CONSENT_E_RANDOM (-902)    /* no randomness */
#define CONSENT_E_INTERNAL (-999)  /* a defect of the library: please report */

/* Name of a status, such as "CONSENT_E_KEY"; "CONSENT_E_UNNAMED" for a number this library does
 * not know. Static text. Any thread. */
CONSENT_API const char *consent_status_name(consent_status status);

/* The act a subject or guardian says. */
#define CONSENT_DECISION_GRANTED 1
#define CONSENT_DECISION_REFUSED 2
#define CONSENT_DECISION_WITHDRAWN 3

/* How explicit an act or a requirement is, weakest first. */
#define CONSENT_CLASS_NONE 0
#define CONSENT_CLASS_GENERAL 1
#define CONSENT_CLASS_SEPARATE 2
#define CONSENT_CLASS_WRITTEN 3

/* What is done with data. CONSENT_OPERATION_DEFAULT: `use` if declared, else the first declared. */
#define CONSENT_OPERATION_DEFAULT (-1)
#define CONSENT_OPERATION_COLLECT 0
#define CONSENT_OPERATION_STORE 1
#define CONSENT_OPERATION_USE 2
#define CONSENT_OPERATION_SHARE 3
#define CONSENT_OPERATION_TRANSFER 4
#define CONSENT_OPERATION_DISCLOSE 5

/* Why a check answers as it does. Denials in the order in which they are looked for; the first
 * that fails is the reason, all that fail are the blockers. */
#define CONSENT_REASON_SERVICE_STOPPED 0
#define CONSENT_REASON_NO_POLICY_IN_FORCE 1
#define CONSENT_REASON_UNDECLARED_PURPOSE 2
#define CONSENT_REASON_UNDECLARED_OPERATION 3
#define CONSENT_REASON_UNDECLARED_RECIPIENT 4
#define CONSENT_REASON_UNDECLARED_ITEM 5
#define CONSENT_REASON_UNDECLARED_PERMISSION 6
#define CONSENT_REASON_BASIS_UNPROVEN 7
#define CONSENT_REASON_ASSESSMENT_MISSING 8
#define CONSENT_REASON_EXPORT_MECHANISM_MISSING 9
#define CONSENT_REASON_CONTRACT_ENDED 10
#define CONSENT_REASON_UNKNOWN_SUBJECT 11
#define CONSENT_REASON_PROCESSING_RESTRICTED 12
#define CONSENT_REASON_CONTROLLER_CHANGED 13
#define CONSENT_REASON_OBJECTED 14
#define CONSENT_REASON_PRECONDITION_UNMET 15
#define CONSENT_REASON_AGE_UNKNOWN 16
#define CONSENT_REASON_CHILD_RULES_MISSING 17
#define CONSENT_REASON_GUARDIAN_REQUIRED 18
#define CONSENT_REASON_GUARDIAN_UNVERIFIED 19
#define CONSENT_REASON_GUARDIAN_REFUSED 20
#define CONSENT_REASON_GUARDIAN_LAPSED 21
#define CONSENT_REASON_NOT_ASKED 22
#define CONSENT_REASON_REFUSED 23
#define CONSENT_REASON_WITHDRAWN 24
#define CONSENT_REASON_EXPIRED 25
#define CONSENT_REASON_STALE_VERSION 26
#define CONSENT_REASON_SEPARATE_CONSENT_REQUIRED 27
#define CONSENT_REASON_WRITTEN_CONSENT_REQUIRED 28
#define CONSENT_REASON_NOTICE_PENDING 29
#define CONSENT_REASON_PERMISSION_NOT_GRANTED 30
/* allowed because */
#define CONSENT_REASON_CONSENTED 40
#define CONSENT_REASON_GUARDIAN_CONSENTED 41
#define CONSENT_REASON_BASIS_CONTRACT 42
#define CONSENT_REASON_BASIS_HR 43
#define CONSENT_REASON_BASIS_LEGAL_OBLIGATION 44
#define CONSENT_REASON_BASIS_VITAL_INTEREST 45
#define CONSENT_REASON_BASIS_PUBLIC_INTEREST 46
#define CONSENT_REASON_BASIS_PUBLIC_INFORMATION 47
#define CONSENT_REASON_BASIS_LEGITIMATE_INTEREST 48
#define CONSENT_REASON_BASIS_OTHER_LAW 49
#define CONSENT_REASON_EXEMPT 50

/* Names of the constants, as JSON and the command line spell them: "granted", "separate", "share",
 * "NOT_ASKED". NULL for a number that is none. Static text. Any thread. */
CONSENT_API const char *consent_decision_name(int32_t decision);
CONSENT_API const char *consent_class_name(int32_t consent_class);
CONSENT_API const char *consent_operation_name(int32_t operation);
CONSENT_API const char *consent_reason_name(int32_t reason);
/* The same backwards; -1 when the name is none (or NULL). CONSENT_OPERATION_DEFAULT is also -1:
 * for operations an unknown name answers -2. */
CONSENT_API int32_t consent_class_value(const char *name);
CONSENT_API int32_t consent_operation_value(const char *name);

#ifdef __cplusplus
}
#endif
#endif
