// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, QueryInit, Store } from './api.js';

export interface MayOptions<Request> {
  /** The host's id of who is asked about; default: request.user.id. */
  subject?: (request: Request) => string | undefined;
  /** More of the query: policy, operation, items, recipient … */
  query?: Partial<Omit<QueryInit, 'subject' | 'purpose'>>;
}
/** Lets a request through when the subject's data may be used for the purpose; else 451 with reason and next steps. */
export function may<Request extends IncomingMessage & { consent?: Answer }>(store: Store, purpose: string, options?: MayOptions<Request>):
  (request: Request, response: ServerResponse, next: () => void) => void;
