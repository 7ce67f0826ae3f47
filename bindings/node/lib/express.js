// SPDX-License-Identifier: Apache-2.0
// Middleware in the form of Express and Connect: a route that runs only when the check allows it.

/**
 * may(store, purpose, { subject }): answers 451 with the reason and what to ask next, when the subject's data may
 * not be used for the purpose; 401 when there is no subject. Whatever fails inside is a deny, as in the library.
 */
export function may(store, purpose, { subject = (request) => request.user?.id, query = {} } = {}) {
  return (request, response, next) => {
    const id = subject(request);
    if (typeof id !== 'string' || id === '') {
      answer(response, 401, { answer: 'deny', reason: 'UNKNOWN_SUBJECT' });
      return;
    }
    let found;
    try {
      found = store.check({ subject: id, purpose, ...query });
    } catch (problem) {
      answer(response, 503, { answer: 'deny', error: problem.code ?? problem.name });
      return;
    }
    if (found.allowed) {
      request.consent = found;
      next();
      return;
    }
    answer(response, 451, { answer: 'deny', reason: found.reason, blockers: found.blockers,
      version: found.version, next: JSON.parse(found.next) });
  };
}

function answer(response, status, body) {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
